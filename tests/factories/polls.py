"""Polls of dates for tests, made by the actions that make them."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.meetings import times
from tenants.meetings.actions import polling
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.polls import DatePoll, PollRespondent
from tenants.people.models import Person
from tests.factories import people as make
from tests.factories.meetings import by, planned


def proposed(*days: int, closes: int = 3, **fields: Any) -> dict[str, Any]:
    """Dates of an hour and a half at ten, so many days ahead."""
    today = timezone.localdate()
    spans = [times.span(today + timedelta(days=one), time(10), time(11, 30)) for one in days]
    closes_on = today + timedelta(days=closes)
    return {"about": "Dyżury w ferie", "closes_on": closes_on, "dates": spans} | fields


def poll(meeting: Meeting | None = None, *days: int, **fields: Any) -> DatePoll:
    """An open poll of three dates of a meeting in preparation, unless other days are given."""
    return polling.propose(
        by=by(),
        meeting_id=(meeting or planned()).pk,
        key=uuid7(),
        values=proposed(*(days or (40, 41, 42)), **fields),
    )


def asked_by(poll: DatePoll, person: Person) -> PollRespondent:
    return poll.respondents.get(person=person)


def dates_answered(row: PollRespondent, *words: str, by: Actor | None = None) -> PollRespondent:
    """The answers to its dates in their order; the last one to all that are left."""
    dates = [*row.poll.dates.values_list("pk", flat=True)]
    said = [*words, *[words[-1]] * (len(dates) - len(words))]
    given = dict(zip(dates, said, strict=True))
    if by is None:
        assert row.person is not None
        by = make.by(row.person)
    return polling.answer(by=by, respondent_id=row.pk, answers=given)


def agreed_poll(poll_: DatePoll | None = None) -> DatePoll:
    """A poll closed with its first date."""
    row = poll_ or poll(None, 60, 61)
    first = row.dates.first()
    assert first is not None
    return polling.agree(by=by(), poll_id=row.pk, version=row.version, date_id=first.pk)


def ended_poll() -> DatePoll:
    row = poll(None, 64, 65)
    return polling.end(by=by(), poll_id=row.pk, version=row.version, reason="Ferie w szkołach.")
