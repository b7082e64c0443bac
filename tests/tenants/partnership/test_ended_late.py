"""A role that ends with an earlier day: what was done by it since is named first (REG §1.3.a, §9)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tenants.partnership.models import Membership
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.factories import voting
from tests.tenants.reading import PARTNERSHIP, text_of


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def membership(lead: Person) -> Membership:
    """Of an institution whose coordinator has voted today."""
    of: Organisation = make.organisation()
    made = make_partnership.member(of)
    coordinator = made.coordinators.get().person
    RoleAssignment.objects.create(
        person=coordinator,
        role=Role.PARTNER_COORDINATOR,
        organisation=of,
        from_on=make.ESTABLISHED,
    )
    voting.vote(voting.opened(lead), coordinator, of)
    return made


def end(client: Client, at: str, day: date, **answered: str) -> Any:
    return client.post(f"{PARTNERSHIP}{at}/koniec/", {"ended_on": day.isoformat(), **answered})


def test_votes_of_a_coordinator_are_named_before_it_ends_earlier(
    keeper: Client, membership: Membership, today: date
) -> None:
    seat, day = membership.coordinators.get(), today - timedelta(days=5)

    page = end(keeper, f"koordynatorzy/{seat.pk}", day)

    assert page.status_code == 422
    assert "głos „za” z" in text_of(page)
    seat.refresh_from_db()
    assert seat.ended_on is None
    answered = page.context["form"].asked.key
    assert end(keeper, f"koordynatorzy/{seat.pk}", day, answered=answered).status_code == 302
    seat.refresh_from_db()
    assert seat.ended_on == day


def test_what_came_before_the_end_is_not_asked_about(
    keeper: Client, membership: Membership, today: date
) -> None:
    seat = membership.coordinators.get()

    assert end(keeper, f"koordynatorzy/{seat.pk}", today).status_code == 302


def test_workers_whom_a_former_head_indicated_are_named(
    keeper: Client, membership: Membership, today: date
) -> None:
    worker = make_partnership.worker(membership, from_on=today - timedelta(days=1))
    post = worker.indicated_by.posts.get()

    page = end(keeper, f"funkcje/{post.pk}", today - timedelta(days=30))

    assert page.status_code == 422
    assert f"wskazanie do ZZK: {worker.person}" in text_of(page)
    post.refresh_from_db()
    assert post.ended_on is None


def test_acts_of_somebody_else_are_not_asked_about(
    keeper: Client, membership: Membership, today: date
) -> None:
    head = make.head(membership.organisation)

    at = f"funkcje/{head.posts.get().pk}"
    assert end(keeper, at, today - timedelta(days=30)).status_code == 302
