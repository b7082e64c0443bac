"""Whatever waits for a team comes by itself onto its next agenda (REG §2.5, §2.9)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import next_in
from tenants.meetings import awaiting, returned
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Meeting, Outcome
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
    team = meeting.team
    for item in due_for(team):
        _add(by, meeting, carries=item, **{name: getattr(item, name) for name in _COPIED})
    for origin in returned.due_for(team):
        _add(by, meeting, carries=origin, **returned.line_of(origin))
    for one in awaiting.due_for(team, by.today):
        kind = ItemKind.DECISION
        _add(by, meeting, title=one.title, kind=kind, subject_kind=one.kind, subject=one.pk)


def _add(by: Actor, meeting: Meeting, **values: Any) -> None:
    AgendaItem(meeting=meeting, position=next_in(meeting.items, "position"), **values).save()
    record(by=by, verb="AGENDA_ITEM_ADDED", obj=meeting)


@transaction.atomic
def carry_due(*, by: Actor, team_id: UUID) -> None:
    """Add what waits for a team to its next agenda, if a meeting is planned."""
    carry_to_next(by, Team.objects.select_for_update().get(pk=team_id))


def teams_awaiting(day: date) -> list[UUID]:
    """Teams whose minutes wait for a meeting to approve them."""
    waiting = Team.objects.filter(pk__in=awaiting.over(day).order_by().values("meeting__team"))
    return [team.pk for team in waiting.order_by("pk") if any(awaiting.due_for(team, day))]


def carry_to_next(by: Actor, team: Team) -> None:
    """The same for the next meeting of a team that is already planned; else it waits for one."""
    ahead = (MeetingState.PLANNED, MeetingState.CONVENED)
    coming = team.meetings.filter(state__in=ahead, starts_at__gt=timezone.now())
    if meeting := coming.order_by("starts_at", "pk").first():
        carry_to(by, meeting)
