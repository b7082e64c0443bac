"""Minutes and rectifications that wait for a meeting to approve them (REG §2.9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tenants.meetings.models.meetings import AgendaItem, Outcome
from tenants.meetings.models.minutes import Minutes, Rectification
from tenants.meetings.workflow import MeetingState, MinutesState
from tenants.teams.models import Team

MINUTES, RECTIFICATION = "minutes", "rectification"


@dataclass(frozen=True, slots=True)
class Subject:
    """The matter on which an item is to decide, and the words of that item."""

    kind: str
    pk: UUID
    title: str


def due_for(team: Team, day: date) -> Iterator[Subject]:
    """Matters of a team that wait for its next meeting and stand on no agenda."""
    for minutes in over(day).filter(meeting__team=team):
        if minutes.is_for_meeting and not standing(MINUTES, minutes.pk).exists():
            number = minutes.meeting.serial
            yield Subject(MINUTES, minutes.pk, f"Zatwierdzenie protokołu nr {number}")
    rows = Rectification.objects.filter(minutes__meeting__team=team, approved_on=None)
    for row in rows.select_related("minutes__meeting").order_by("pk"):
        if not standing(RECTIFICATION, row.pk).exists():
            number = row.minutes.meeting.serial
            yield Subject(
                RECTIFICATION, row.pk, f"Zatwierdzenie sprostowania protokołu nr {number}"
            )


def over(day: date) -> "QuerySet[Minutes]":
    """Minutes whose time for remarks is over."""
    rows = Minutes.objects.filter(state=MinutesState.REVIEW, remarks_until__lt=day)
    return rows.select_related("meeting__team").order_by("meeting__starts_at", "pk")


def standing(kind: str, pk: UUID | OuterRef) -> "QuerySet[AgendaItem]":
    """Items by which it is still to be decided; a rectification that was withdrawn is settled too.

    One that was postponed goes on by itself.
    """
    rows = AgendaItem.objects.exclude(meeting__state=MeetingState.CANCELLED)
    goes_on = Exists(rows.filter(carries=OuterRef("pk")))
    waits = Q(outcome=Outcome.POSTPONED) & ~goes_on
    gone = Q(outcome=Outcome.WITHDRAWN, subject_kind=RECTIFICATION)
    rows = rows.filter(subject_kind=kind, subject=pk)
    return rows.filter(~Q(meeting__state=MeetingState.CLOSED) | waits | gone)


def meeting_of(minutes: Minutes) -> AgendaItem | None:
    """The item that is to approve minutes."""
    return standing(MINUTES, minutes.pk).select_related("meeting__team").order_by("pk").first()
