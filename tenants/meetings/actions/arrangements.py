"""Arrangements are made, reported and passed on (REG §2; POR §2.3.3)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications import reminders
from kooperacja.notifications.base import send, settle
from kooperacja.notifications.reminders import Due
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import StaleForm, insert_once, next_in
from tenants.meetings import perms
from tenants.meetings.actions.listing import ask_to_list
from tenants.meetings.actions.minutes import require_held
from tenants.meetings.actions.planning import locked
from tenants.meetings.addressed import genitive_of
from tenants.meetings.arranged import told_of, told_to_chair
from tenants.meetings.models.arrangements import Arrangement, ArrangementSkip
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.notifications import (
    AboutArrangement,
    ArrangementDue,
    ArrangementMade,
    ArrangementOverdue,
)
from tenants.meetings.workflow import ArrangementState, MinutesState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Seat, Team

DUE_DAYS = timedelta(days=7)  # before its day it is reminded of, once
# After its day it is told of once: a server that stood for some days tells it late.
_LATE_DAYS = timedelta(days=14)


@transaction.atomic
def arrange(
    *, by: Actor, meeting_id: UUID, key: UUID, seat: UUID, item: UUID | None, values: dict[str, Any]
) -> Arrangement:
    """Make an arrangement of a meeting that was held; whoever has the seat is to do it."""
    meeting = locked(by, meeting_id)
    require_arranging(meeting)
    if item and not meeting.items.filter(pk=item).exists():
        raise ValidationError({"item": "Tego punktu nie ma w porządku obrad."})
    owner = _owner(meeting.team, seat, by.today)
    row = Arrangement(
        id=key, team=meeting.team, meeting=meeting, item_id=item, made_on=meeting.day, **owner
    )
    return _made(by, row, values)


def arrange_between(
    *,
    by: Actor,
    team: Team,
    key: UUID,
    seat: UUID | None,
    source: tuple[str, UUID],
    made_on: date,
    values: dict[str, Any],
) -> Arrangement:
    """Make an arrangement between meetings, in the transaction of the matter that it comes from.

    Without a seat it is the Lider's. Whoever calls it has the team locked and asked who may.
    """
    kind, pk = source
    owner = _owner(team, seat, by.today) if seat else {}
    row = Arrangement(id=key, team=team, source_kind=kind, source=pk, made_on=made_on, **owner)
    return _made(by, row, values)


def require_arranging(meeting: Meeting) -> None:
    """It was held, and its minutes are not approved yet: they list what was arranged."""
    require_held(meeting)
    if Minutes.objects.filter(meeting=meeting, state=MinutesState.APPROVED).exists():
        raise Problem(
            "Protokół tego spotkania jest zatwierdzony",
            "Wymienia wszystkie ustalenia. Nowe zapisz po następnym spotkaniu.",
            kept=NOTHING_SAVED,
            at=meeting,
        )


def _owner(team: Team, seat_id: UUID, day: date) -> dict[str, UUID | None]:
    """The institution and person of a seat that is taken on a day."""
    seat = Seat.objects.on(day).filter(pk=seat_id, team=team).first()
    if seat is None:
        raise ValidationError({"seat": "To miejsce w zespole wygasło. Wybierz inne."})
    return {"organisation_id": seat.organisation_id, "person_id": seat.person_id}


def _made(by: Actor, row: Arrangement, values: dict[str, Any]) -> Arrangement:
    """Number it in the series of its team and year, while the team is locked."""
    row.text, row.due_on = values["text"], values["due_on"]
    if row.due_on < row.made_on:
        what = "spotkanie" if row.meeting_id else "dzień ustalenia"
        raise ValidationError({"due_on": f"Termin jest wcześniej niż {what}."})
    row.year = row.made_on.year
    row.number = next_in(Arrangement.objects.filter(team=row.team_id, year=row.year))
    insert_once(row)
    entry = record(by=by, verb="ARRANGEMENT_MADE", obj=row)
    made = ArrangementMade
    send(_message(made, row), to=told_of(row, by.today), dedupe=_dedupe(made, row.pk))
    ask_to_list(row, cause=entry.pk)
    publish_figures(Arrangement, cause=entry.pk)
    return row


def _message(kind: type[AboutArrangement], row: Arrangement) -> AboutArrangement:
    return kind(row.pk, number=row.serial, team=genitive_of(row.team), due_on=row.due_on)


def _dedupe(kind: type[AboutArrangement], pk: UUID) -> str:
    return f"{_occasion(kind)}:{pk}"


def _occasion(kind: type[AboutArrangement]) -> str:
    return kind.code.lower().replace("_", "-")


def _locked(arrangement_id: UUID, version: int) -> Arrangement:
    row: Arrangement = lock_in_team(
        Arrangement.objects.select_related("team", "meeting"), arrangement_id
    )
    if row.is_open and row.version != version:
        raise StaleForm(row)
    return row


def require_open(row: Arrangement) -> None:
    require_may(row, ArrangementState.DONE)


@transaction.atomic
def report_done(*, by: Actor, arrangement_id: UUID, version: int, done_on: date) -> Arrangement:
    """Say that it was done, and on which day."""
    row = _locked(arrangement_id, version)
    perms.report.require(Person.objects.acting(by), row)
    require_open(row)
    if not row.made_on <= done_on <= by.today:
        since = "spotkania" if row.meeting_id else "dnia ustalenia"
        raise ValidationError({"done_on": f"Podaj dzień od {since} do dziś."})
    return _closed(by, row, ArrangementState.DONE, closed_on=done_on)


@transaction.atomic
def report_not_done(*, by: Actor, arrangement_id: UUID, version: int, reason: str) -> Arrangement:
    """Say why it was not done and will not be."""
    row = _locked(arrangement_id, version)
    perms.report.require(Person.objects.acting(by), row)
    require_open(row)
    return _closed(by, row, ArrangementState.NOT_DONE, closed_on=by.today, reason=reason)


@transaction.atomic
def pass_on(
    *, by: Actor, arrangement_id: UUID, key: UUID, version: int, seat: UUID, due_on: date
) -> Arrangement:
    """Give it to whoever has another seat: it goes on under a new number."""
    row = _locked(arrangement_id, version)
    perms.pass_on.require(Person.objects.acting(by), row)
    require_open(row)
    owner = _owner(row.team, seat, by.today)
    if owner == {"organisation_id": row.organisation_id, "person_id": row.person_id}:
        raise ValidationError({"seat": "To ustalenie ma już tego wykonawcę. Wybierz innego."})
    same = {name: getattr(row, name) for name in ("meeting_id", "item_id", "source_kind", "source")}
    new = Arrangement(id=key, team=row.team, made_on=by.today, **same, **owner)
    _made(by, new, {"text": row.text, "due_on": due_on})
    _closed(by, row, ArrangementState.PASSED_ON, closed_on=by.today, passed_to=new)
    return new


def _closed(by: Actor, row: Arrangement, to: ArrangementState, **values: Any) -> Arrangement:
    entry = move(row, to, by=by, on=by.today, **values)
    for kind in (ArrangementMade, ArrangementDue, ArrangementOverdue):
        settle(dedupe=_dedupe(kind, row.pk))
    ask_to_list(row, cause=entry.pk)
    publish_figures(Arrangement, cause=entry.pk)
    return row


@transaction.atomic
def skip_once(*, by: Actor, meeting_id: UUID, arrangement_id: UUID, skip: bool) -> Meeting:
    """Leave an open arrangement out of one meeting's agenda, or take it back there."""
    meeting = locked(by, meeting_id)
    row = Arrangement.objects.get(pk=arrangement_id, team=meeting.team_id)
    kept = ArrangementSkip.objects.filter(arrangement=row, meeting=meeting)
    if kept.exists() == skip:
        return meeting
    if skip:
        require_open(row)
        ArrangementSkip.objects.create(arrangement=row, meeting=meeting)
    else:
        kept.delete()
    record(by=by, verb="ARRANGEMENT_SKIPPED" if skip else "ARRANGEMENT_UNSKIPPED", obj=meeting)
    return meeting


def remind(*, arrangement_id: UUID, day: date) -> None:
    """Remind of one that is still to be done: once before its day and once after it."""
    reminders.remind(arrangement_id, lambda: _reminder(arrangement_id, day))


def _reminder(arrangement_id: UUID, day: date) -> Due | None:
    rows = Arrangement.objects.select_related("team").select_for_update(of=("self",))
    row = rows.get(pk=arrangement_id)
    kind: type[AboutArrangement] = ArrangementDue
    if row.due_on < day:
        kind = ArrangementOverdue
    if not row.is_open or not day - _LATE_DAYS <= row.due_on <= day + DUE_DAYS:
        return None
    return Due(
        _message(kind, row),
        occasion=_occasion(kind),
        to=told_of(row, day),
        runs=told_to_chair(row, day),
    )


def to_remind(day: date) -> list[UUID]:
    """Open ones near their day."""
    near = Arrangement.objects.open().filter(due_on__range=(day - _LATE_DAYS, day + DUE_DAYS))
    return list(near.order_by("due_on", "pk").values_list("pk", flat=True))
