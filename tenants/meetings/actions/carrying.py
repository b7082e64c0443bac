"""Items that were postponed or passed on come by themselves onto the next agenda (REG §2.5)."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import next_in
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.workflow import MeetingState
from tenants.teams.models import Team

_COPIED = ("title", "text", "kind", "minutes", "presenter", "subject_kind", "subject")


def due_for(team: Team) -> "QuerySet[AgendaItem]":
    """Items of closed meetings that wait for a team and stand on no agenda of it."""
    postponed = Q(outcome=Outcome.POSTPONED, meeting__team=team)
    passed_on = Q(outcome=Outcome.PASSED_ON, passed_to=team)
    carried = AgendaItem.objects.filter(carries=OuterRef("pk"))
    stands = Exists(carried.exclude(meeting__state=MeetingState.CANCELLED))
    rows = AgendaItem.objects.filter(postponed | passed_on, meeting__state=MeetingState.CLOSED)
    return rows.exclude(stands).select_related("meeting__team").order_by("meeting__ends_at", "pk")


def carry_to(by: Actor, meeting: Meeting) -> None:
    """Add what waits for its team at the end of an agenda."""
    first = next_in(meeting.items, "position")
    for position, item in enumerate(due_for(meeting.team), start=first):
        copied: dict[str, Any] = {name: getattr(item, name) for name in _COPIED}
        AgendaItem(meeting=meeting, position=position, carries=item, **copied).save()
        record(by=by, verb="AGENDA_ITEM_ADDED", obj=meeting)


def carry_to_next(by: Actor, team: Team) -> None:
    """The same for the next meeting of a team that is already planned; else it waits for one."""
    ahead = (MeetingState.PLANNED, MeetingState.CONVENED)
    coming = team.meetings.filter(state__in=ahead, starts_at__gt=timezone.now())
    if meeting := coming.order_by("starts_at", "pk").first():
        carry_to(by, meeting)
