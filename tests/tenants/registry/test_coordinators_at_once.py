"""Two coordinators who end each other at once leave one."""

import threading

from django.db import connections

from kooperacja.ui.problems import Problem
from tenants.registry import coordinators
from tenants.registry.models import Access
from tenants.registry.region import RegionEntry
from tenants.registry.roles import Role
from tests.factories import accounts


def test_two_who_end_each_other_leave_one(fresh_database: str) -> None:
    Access.objects.filter(tenant=None).delete()
    anna, ewa = (accounts.member(None, Role.ROPS_COORDINATOR) for _ in range(2))
    start, told = threading.Barrier(2), []

    def run(by: accounts.Account, other: accounts.Account) -> None:
        start.wait()
        try:
            coordinators.end(by=accounts.acting(by), access=other.accesses.get())
            told.append("ended")
        except Problem as problem:
            told.append(problem.title)
        connections.close_all()

    both = [threading.Thread(target=run, args=pair) for pair in ((anna, ewa), (ewa, anna))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) == ["Nie możesz tego zrobić", "ended"]
    assert coordinators.working().count() == 1
    assert RegionEntry.objects.count() == 1
