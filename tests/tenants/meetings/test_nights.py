"""Meetings across midnight and on the nights when the clock turns (REG §2.4-2.6)."""

from datetime import UTC, date, time, timedelta
from typing import Any

import pytest
import recurring_ical_events
from django.utils import timezone
from icalendar import Calendar
from uuid6 import uuid7

from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.meetings import times
from tenants.meetings.actions import holding, planning
from tenants.meetings.forms.meetings import NewMeetingForm
from tenants.meetings.models.meetings import Meeting
from tenants.partnership.models import PartnershipCoordinator
from tenants.people.followers import follow
from tests.factories import meetings as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


def last_sunday(month: int) -> date:
    """The next year's, on which the clock turns in March and in October."""
    day = date(timezone.localdate().year + 1, month, 31)
    return day - timedelta(days=day.isoweekday() % 7)


SPRING, AUTUMN = last_sunday(3), last_sunday(10)
EVE = timedelta(days=1)


@pytest.fixture(autouse=True)
def _inside(partnership: TenantRef):  # type: ignore[no-untyped-def]
    with inside(partnership):
        make.lead()
        yield


def at(day: date, starts: time, ends: time) -> dict[str, Any]:
    both = times.span(day, starts, ends)
    return {"starts_at": both[0], "ends_at": both[1]}


@pytest.mark.parametrize(
    ("day", "starts", "ends", "lasts"),
    [
        (SPRING - 2 * EVE, time(22), time(4), timedelta(hours=6)),
        (SPRING - EVE, time(22), time(4), timedelta(hours=5)),
        (SPRING, time(1, 30), time(3), timedelta(minutes=30)),
        (AUTUMN - EVE, time(22), time(4), timedelta(hours=7)),
        (AUTUMN, time(1, 30), time(2, 30), timedelta(hours=1)),
        (AUTUMN, time(2, 30), time(3, 30), timedelta(hours=2)),
        (AUTUMN - EVE, time(10), time(10), timedelta(hours=25)),
    ],
)
def test_it_lasts_as_long_as_the_clock_goes(
    day: date, starts: time, ends: time, lasts: timedelta
) -> None:
    meeting = make.convened(day, **at(day, starts, ends))
    kept = Meeting.objects.get(pk=meeting.pk)
    assert kept.ends_at - kept.starts_at == lasts
    assert kept.day == day
    event = event_of(kept)
    assert event.start.astimezone(UTC) == kept.starts_at
    assert event.end.astimezone(UTC) == kept.ends_at
    assert event.start.replace(tzinfo=None).time() == starts


def event_of(meeting: Meeting) -> Any:
    """Its event in a reader to which the name of our time zone says nothing."""
    mail = Outgoing.objects.filter(kind="MAIL").order_by("-pk")[0]
    text = mail.payload["calendar"]["text"].replace("Europe/Warsaw", "Zegar na scianie")
    [event] = recurring_ical_events.of(Calendar.from_ical(text)).at(meeting.day)
    return event


@pytest.mark.parametrize(
    ("day", "starts", "ends", "wrong"),
    [
        (SPRING, "02:30", "04:00", ["starts"]),
        (SPRING, "01:00", "02:30", ["ends"]),
        (SPRING - EVE, "23:00", "02:30", ["ends"]),
        (AUTUMN, "02:30", "04:00", []),
    ],
)
def test_an_hour_that_does_not_come_is_refused_beside_its_field(
    day: date, starts: str, ends: str, wrong: list[str]
) -> None:
    data = {"mode": "DIRECT", "day": day.isoformat(), "starts": starts, "ends": ends}
    form = NewMeetingForm(data={**data, "place": "Sala", "key": str(uuid7())}, terms=None)
    assert list(form.errors) == wrong


def test_another_session_may_begin_when_this_one_ends_and_not_before() -> None:
    day = SPRING - EVE
    first = make.convened(day, **at(day, time(22), time(4)))
    early = make.planned(SPRING, **at(SPRING, time(3, 59), time(6)))
    with pytest.raises(Problem, match="ma już zwołane spotkanie"):
        planning.convene(by=make.by(), meeting_id=early.pk, version=early.version)
    assert Meeting.objects.get(pk=early.pk).state == "PLANNED"
    then = make.planned(SPRING, **at(SPRING, time(4), time(6)))
    assert planning.convene(by=make.by(), meeting_id=then.pk, version=0).state == "CONVENED"
    with pytest.raises(Problem, match="ma już zwołane spotkanie"):
        planning.edit_meeting(
            by=make.by(),
            meeting_id=then.pk,
            version=Meeting.objects.get(pk=then.pk).version,
            values=make.values(day, **at(day, time(21), time(22, 1))),
        )
    assert Meeting.objects.get(pk=first.pk).sequence == 0


def test_who_sits_on_the_day_on_which_it_begins_is_asked_and_listed() -> None:
    """Not one whose seat ended the day before, nor one whose seat begins at midnight."""
    day = SPRING - EVE
    ended, stays, begins = (
        make_partnership.member(make_people.organisation()).coordinators.get() for _ in range(3)
    )
    PartnershipCoordinator.objects.filter(pk=ended.pk).update(ended_on=day)
    PartnershipCoordinator.objects.filter(pk=stays.pk).update(ended_on=SPRING)
    PartnershipCoordinator.objects.filter(pk=begins.pk).update(from_on=SPRING)
    follow()
    meeting = make.convened(day, **at(day, time(22), time(4)))
    asked = {row.seat.person for row in meeting.invitations.select_related("seat__person")}
    listed = {row.name for row in holding.sheet(meeting)}
    for one, is_there in ((ended, False), (stays, True), (begins, False)):
        assert (one.person in asked) == is_there
        assert (one.person.full_name in listed) == is_there
