"""The agenda of a meeting is written (REG §2.5)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem
from kooperacja.writes import AlreadySaved, insert_once, next_in, save_edited
from tenants.meetings.actions.planning import locked, too_late
from tenants.meetings.models.decisions import Decision
from tenants.meetings.models.meetings import AgendaItem, Meeting
from tenants.meetings.models.minutes import MinutesText


@transaction.atomic
def add_item(*, by: Actor, meeting_id: UUID, key: UUID, values: dict[str, Any]) -> AgendaItem:
    """Add an item at the end of the agenda."""
    meeting = locked_agenda(by, meeting_id)
    position = next_in(meeting.items, "position")
    item = AgendaItem(id=key, meeting=meeting, position=position, **values)
    insert_once(item)
    record(by=by, verb="AGENDA_ITEM_ADDED", obj=meeting)
    return item


@transaction.atomic
def edit_item(*, by: Actor, item_id: UUID, version: int, values: dict[str, Any]) -> AgendaItem:
    """Change what an item says."""
    item = locked_item(by, item_id)
    changed = save_edited(item, version, values)
    record(by=by, verb="AGENDA_EDITED", obj=item.meeting, data={"fields": sorted(changed)})
    return item


@transaction.atomic
def remove_item(*, by: Actor, item_id: UUID) -> Meeting:
    """Take an item off; those after it move up."""
    try:
        item = locked_item(by, item_id)
    except Missing:
        raise AlreadySaved(None) from None
    require_unended(item)
    item.delete()
    _number(item.meeting)
    record(by=by, verb="AGENDA_ITEM_REMOVED", obj=item.meeting)
    return item.meeting


@transaction.atomic
def move_item(*, by: Actor, item_id: UUID, earlier: bool) -> Meeting:
    """Let an item change places with the one before or after it; at an end it stays."""
    item = locked_item(by, item_id)
    items = list(item.meeting.items.all())
    here = items.index(item)
    there = here - 1 if earlier else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
        _number(item.meeting, items)
        record(by=by, verb="AGENDA_EDITED", obj=item.meeting)
    return item.meeting


def locked_agenda(by: Actor, meeting_id: UUID) -> Meeting:
    """A meeting, locked, whose agenda may still change."""
    meeting = locked(by, meeting_id)
    require_agenda(meeting)
    return meeting


def require_agenda(meeting: Meeting) -> None:
    """Its agenda may still change."""
    if not meeting.is_open:
        raise too_late(meeting)


def require_unended(item: AgendaItem) -> None:
    """It may still be taken off: its meeting is not closed and it did not end."""
    require_agenda(item.meeting)
    if item.outcome:
        raise Problem(
            "Tego punktu nie można usunąć",
            f"Ma już wynik: {item.get_outcome_display()}. Najpierw usuń wynik albo zapisz, że "
            "punkt wycofano.",
            kept=NOTHING_SAVED,
            at=item.meeting,
        )
    if item.papers.exists():
        raise Problem(
            "Tego punktu nie można usunąć",
            "Są przy nim pliki. Najpierw je usuń.",
            kept=NOTHING_SAVED,
            at=item.meeting,
        )
    if any(rows.exists() for rows in _written_of(item)):
        raise Problem(
            "Tego punktu nie można usunąć",
            "Zapisano przy nim decyzję, wyłączenie, ustalenie albo tekst protokołu. Jeśli sprawa "
            "odpadła, zapisz, że punkt wycofano.",
            kept=NOTHING_SAVED,
            at=item.meeting,
        )


def _written_of(item: AgendaItem) -> "Iterator[QuerySet[Any]]":
    """Rows that say what came of an item at its meeting."""
    yield from (item.exclusions.all(), item.arrangements.all())
    yield from (model.objects.filter(item=item) for model in (Decision, MinutesText))


def locked_item(by: Actor, item_id: UUID) -> AgendaItem:
    """An item of such a meeting; Missing where somebody took it off meanwhile."""
    try:
        of = AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id)
        return locked_agenda(by, of).items.get(pk=item_id)
    except AgendaItem.DoesNotExist:
        raise Missing("Tego punktu już nie ma", "Ktoś go właśnie usunął.") from None


def _number(meeting: Meeting, items: list[AgendaItem] | None = None) -> None:
    for position, item in enumerate(items or meeting.items.all(), start=1):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])
