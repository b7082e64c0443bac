"""Whoever is silent in a circulation is reminded, twice at most (REG §2.2)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.meetings import tasks
from tenants.meetings.actions import circulating, planning, reminding
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.rules import reminders
from tenants.partnership.models import Membership
from tenants.people.models import Person
from tests.factories import accounts
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef) -> Iterator[None]:
    with inside(partnership):
        yield


@pytest.fixture
def membership() -> Membership:
    return make_partnership.member(make_people.organisation(name="Bank"))


@pytest.fixture
def coordinator(membership: Membership) -> Person:
    return make.let_in(membership)


@pytest.fixture
def item(coordinator: Person) -> AgendaItem:
    """Circulated since nine days and for one day more."""
    item = make.circulated()
    now = timezone.now()
    Meeting.objects.filter(pk=item.meeting_id).update(
        starts_at=now - timedelta(days=9), ends_at=now + timedelta(days=1)
    )
    return AgendaItem.objects.select_related("meeting__team").get(pk=item.pk)


def remind(day: date | None = None) -> None:
    for meeting, institution in reminding.to_remind(day or timezone.localdate()):
        reminding.remind_silent(
            meeting_id=meeting, institution=institution, day=day or timezone.localdate()
        )


def give(person: Person, item: AgendaItem, institution: object) -> None:
    circulating.give_voice(
        by=make_people.by(person),
        item_id=item.pk,
        institution=institution,  # type: ignore[arg-type]
        choice="YES",
        reason="",
    )


def told() -> list[str]:
    rows = Outgoing.objects.filter(kind="MAIL", payload__code="VOICE_MISSING").order_by("id")
    return [row.payload["email"] for row in rows]


def settled() -> int:
    return Outgoing.objects.filter(kind="INBOX_DONE", dedupe__startswith="voice-missing").count()


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_two_at_most_and_the_last_a_day_before_the_end(first: date, lasts: int) -> None:
    last = first + timedelta(days=lasts)
    days = reminders(first, last)
    assert len(days) <= 2
    assert days == sorted(set(days))
    assert all(first < one < last for one in days)
    assert not days or days[-1] == last - timedelta(days=1)
    assert bool(days) == (lasts > 1)


def test_the_silent_are_reminded_once_for_each_day_and_who_voiced_is_not(
    item: AgendaItem, membership: Membership, coordinator: Person
) -> None:
    lead = make.lead()
    give(coordinator, item, membership.organisation_id)
    for _ in range(2):
        remind()
    assert told() == [lead.email]


def test_a_voice_given_meanwhile_is_seen_in_the_transaction_of_the_reminder(
    item: AgendaItem, membership: Membership, coordinator: Person
) -> None:
    due = reminding.to_remind(timezone.localdate())
    assert (item.meeting_id, membership.organisation_id) in due
    give(coordinator, item, membership.organisation_id)
    for meeting, institution in due:
        reminding.remind_silent(
            meeting_id=meeting, institution=institution, day=timezone.localdate()
        )
    assert coordinator.email not in told()


def test_before_half_of_its_time_nobody_is_reminded(item: AgendaItem) -> None:
    remind(timezone.localdate() - timedelta(days=7))
    assert told() == []


def test_it_is_settled_by_the_voice_and_by_the_end(
    item: AgendaItem, membership: Membership, coordinator: Person
) -> None:
    account = accounts.account()
    Person.objects.filter(pk=coordinator.pk).update(account_id=account.pk)
    remind()
    assert settled() == 0
    give(coordinator, item, membership.organisation_id)
    assert settled() == 1


def test_calling_it_off_settles_it(item: AgendaItem, coordinator: Person) -> None:
    account = accounts.account()
    Person.objects.filter(pk=coordinator.pk).update(account_id=account.pk)
    remind()
    meeting = Meeting.objects.get(pk=item.meeting_id)
    planning.cancel(by=make.by(), meeting_id=meeting.pk, version=meeting.version, reason="Choroba")
    assert settled() == 1
    remind()
    assert len(told()) == 2  # the two of before


def test_the_night_reminds(partnership: TenantRef, item: AgendaItem, coordinator: Person) -> None:
    tasks.remind_in_one(str(partnership.id))
    assert coordinator.email in told()
