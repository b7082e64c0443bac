"""Arrangements as meetings, minutes and messages show them (REG §2; POR §2.3.3)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from kooperacja.inbox.actions import Task
from kooperacja.notifications.base import Recipient
from tenants.meetings.models.arrangements import Arrangement, ArrangementSkip
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.workflow import MeetingState, MinutesState
from tenants.people.actions.invitations import recipients
from tenants.people.models import Person, RoleAssignment
from tenants.people.perms import SPEAKERS
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tenants.teams.sides import leading


def told_of(row: Arrangement, day: date) -> list[Recipient]:
    """Its owner, of an institution that named nobody its voices; without an owner the chair."""
    seats = Seat.objects.on(day).filter(team=row.team_id, organisation=row.organisation_id)
    if row.person_id and seats.filter(person=row.person_id).exists():
        people = [row.person]
    elif row.person_id is None and row.organisation_id and seats.exists():
        people = _holding(day, SPEAKERS, organisation=row.organisation_id)
    else:
        return told_to_chair(row, day)
    return _readers(row, people)


def told_to_chair(row: Arrangement, day: date) -> list[Recipient]:
    """The people who run its team."""
    return _readers(row, leading(row.team, day, with_helpers=True))


def task_of(row: Arrangement, day: date) -> Task:
    """The line of it in the lists of those who do it; it says nothing of its text."""
    accounts = (one.account_id for one in told_of(row, day))
    return Task(
        subject_id=row.pk,
        number=row.serial,
        team=str(row.team),
        url=row.url,
        due_on=row.due_on,
        accounts=frozenset(account for account in accounts if account),
    )


def _readers(row: Arrangement, people: Iterable[Person | None]) -> list[Recipient]:
    return recipients(person for person in people if teams.read(person, row.team))


def _holding(day: date, roles: Any, **of: Any) -> list[Person | None]:
    held = RoleAssignment.objects.on(day).filter(role__in=roles, **of).order_by("pk")
    return [one.person for one in held.select_related("person")]


def at_meeting(
    meeting: Meeting, minutes: Minutes | None, day: date, *, can_run: bool
) -> dict[str, Any]:
    """Arrangements on the page of a meeting: its own, and those to check at it.

    Its approved `minutes` list them all, so none is added after that.
    """
    is_frozen = minutes is not None and minutes.state == MinutesState.APPROVED
    is_over = meeting.state in (MeetingState.HELD, MeetingState.CLOSED)
    rows = Arrangement.objects.whole(day)
    return {
        "arrangements": rows.filter(meeting=meeting) if is_over else [],
        "to_check": rows.to_check_at(meeting) if meeting.is_open else [],
        "skipped": _skipped(meeting) if can_run and meeting.is_ahead else [],
        "can_arrange": can_run and is_over and not is_frozen,
        "can_skip": can_run and meeting.is_ahead,
        "day": day,
    }


def _skipped(meeting: Meeting) -> Any:
    skips = ArrangementSkip.objects.filter(meeting=meeting).select_related("arrangement")
    return [skip.arrangement for skip in skips.order_by("pk")]


def in_minutes(minutes: Minutes, day: date) -> tuple[list[Arrangement], list[Arrangement]]:
    """Arrangements that a meeting made, and those of earlier ones that were still open at it."""
    meeting = minutes.meeting
    rows = Arrangement.objects.select_related("organisation", "person", "passed_to")
    rows = rows.filter(made_on__lte=day).order_by("year", "number", "pk")
    still = Q(closed_on=None) | Q(closed_on__gte=_before(meeting))
    earlier = rows.earlier_than(meeting).filter(still)
    made = rows.filter(meeting=meeting, passed_from=None)
    return list(_with_team(made, meeting.team)), list(_with_team(earlier, meeting.team))


def _with_team(rows: Any, team: Team) -> Iterator[Arrangement]:
    """Their text is opened with the key of the team, which is known."""
    for row in rows:
        row.team = team
        yield row


def _before(meeting: Meeting) -> date:
    """The day of the meeting before it; where it is the first, its own."""
    earlier = Meeting.objects.took_place().filter(
        team=meeting.team_id, starts_at__lt=meeting.starts_at
    )
    last = earlier.order_by("-starts_at", "-pk").first()
    return (last or meeting).day
