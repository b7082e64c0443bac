"""Answers and a withdrawal at the same moment, with real commits (POR-C §2.4.2)."""

from typing import Any

import pytest
from django.utils import timezone

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from kooperacja.writes import AlreadySaved
from powiat.pzk.models import AskedDelegation
from tenants.registry import directory
from tests.factories import county
from tests.factories import partnership as make_partnership
from tests.powiat.pzk.conftest import County, settled
from tests.tenants.accession.test_at_once import at_once


@pytest.fixture
def here(fresh_database: str) -> County:
    powiat, gmina = directory.find("krapkowicki"), directory.find("gogolin")
    assert powiat and gmina
    with inside(powiat):
        make_partnership.found(powiat)
        return settled(powiat, gmina)


def asked_in(here: County) -> AskedDelegation:
    with inside(here.tenant):
        return here.asked()


def answers(tenant: TenantRef) -> tuple[AskedDelegation, list[Any]]:
    """The request, and the answers that go to the gmina."""
    with inside(tenant):
        rows = Outgoing.objects.filter(kind="LETTER").order_by("id")
        return AskedDelegation.objects.get(), list(rows.values_list("payload", flat=True))


def test_of_two_answers_at_once_one_goes_to_the_gmina(here: County) -> None:
    asked, who = asked_in(here), here.by_head
    results = at_once(
        here.tenant, lambda: county.named(asked, who), lambda: county.refused(asked, who)
    )
    assert sum(isinstance(result, Problem) for result in results) == 1
    now, letters = answers(here.tenant)
    assert [one["payload"]["answer"] for one in letters] == [now.state]


def test_the_same_answer_twice_at_once_is_one(here: County) -> None:
    asked, who = asked_in(here), here.by_head
    results = at_once(here.tenant, *[lambda: county.named(asked, who)] * 2)
    assert sum(isinstance(result, AlreadySaved) for result in results) == 1
    assert len(answers(here.tenant)[1]) == 1


def test_an_answer_while_the_withdrawal_arrives_leaves_it_withdrawn(here: County) -> None:
    asked, who = asked_in(here), here.by_head
    results = at_once(
        here.tenant,
        lambda: county.named(asked, who),
        lambda: county.withdrawn(asked, here.gmina),
    )
    now, letters = answers(here.tenant)
    assert now.state == "WITHDRAWN"
    assert now.became_on == timezone.localdate()
    # Either the answer came first, and the gmina hears of it too late, or nothing went out.
    assert len(letters) == (not isinstance(results[0], Problem))
