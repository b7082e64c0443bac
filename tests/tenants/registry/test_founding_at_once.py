"""Two who found the region at once found one, and invite once."""

import threading

from django.db import connections

from kooperacja.audit.actor import named
from tenants.registry import founding
from tenants.registry.models import Invitation
from tenants.registry.region import Region, RegionEntry
from tests.tenants.registry.test_founding import ASKED


def test_two_at_once_found_one_region(fresh_database: str) -> None:
    Region.objects.all().delete()
    start, told = threading.Barrier(2), []

    def run(name: str) -> None:
        start.wait()
        founded = founding.found_region(by=named(name), **ASKED)
        told.append((founded.is_new, founded.is_sent))
        connections.close_all()

    both = [threading.Thread(target=run, args=(name,)) for name in ("Anna", "Ewa")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) == [(False, False), (True, True)]
    assert (Region.objects.count(), Invitation.objects.count()) == (1, 1)
    assert RegionEntry.objects.filter(verb="FOUNDED").count() == 1
