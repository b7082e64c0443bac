"""Writes of the region's types: a coordinator of the ROPS adds, changes and ends them (REG §3.2)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.ui.problems import Missing, Refused
from kooperacja.writes import AlreadySaved, insert_once, one_at_a_time, save_edited
from tenants.region_types import reading
from tenants.region_types.models import RegionType
from tenants.registry.journal import note
from tenants.registry.perms import held_in_region
from tenants.registry.workflow import RegionVerb
from tenants.services.added import free_code, require_fitting, require_in_use, told
from tenants.services.vocabulary import vocabulary


def add(*, by: Actor, key: UUID, values: dict[str, Any]) -> RegionType:
    """Add a type, which every unit may give to its services at once."""
    _require_coordinator(by)
    with transaction.atomic(using="shared"):
        _wait_for_turn()
        if saved := RegionType.objects.filter(pk=key).first():
            raise AlreadySaved(saved)
        require_fitting(values, vocabulary())
        row = RegionType(pk=key, code=free_code(values["name"]), added_on=by.today, **values)
        insert_once(row)
        _note(by, RegionVerb.TYPE_ADDED, row)
    reading.forget()
    return row


def change(*, by: Actor, type_id: UUID, version: int, values: dict[str, Any]) -> RegionType:
    """Say something else of a type; its code stays."""
    _require_coordinator(by)
    with transaction.atomic(using="shared"):
        _wait_for_turn()
        row = _locked(type_id)
        require_in_use(row)
        require_fitting(values, vocabulary(), row.code)
        changed = save_edited(row, version, values)
        for name in sorted(changed):
            _note(by, RegionVerb.TYPE_CHANGED, row, told(name, *changed[name]))
    reading.forget()
    return row


def end(*, by: Actor, type_id: UUID, why: str) -> RegionType:
    """End a type: no other service is given it, those that have it keep it."""
    _require_coordinator(by)
    with transaction.atomic(using="shared"):
        row = _locked(type_id)
        if row.ended_on:
            raise AlreadySaved(row)
        row.ended_on, row.ended_why = by.today, why
        row.version += 1
        row.save(update_fields=["ended_on", "ended_why", "version"])
        _note(by, RegionVerb.TYPE_ENDED, row, f"powód: {why}" if why else "")
    reading.forget()
    return row


def _require_coordinator(by: Actor) -> None:
    if by.account_id is None or not held_in_region(by.account_id).exists():
        raise Refused("Nie możesz tego zrobić", "Typy usług dodaje koordynator ROPS.")


def _wait_for_turn() -> None:
    """Two can't give the same name at once, and each sees what the other has just added."""
    one_at_a_time("region_types")
    reading.forget()


def _locked(type_id: UUID) -> RegionType:
    row = RegionType.objects.select_for_update().filter(pk=type_id).first()
    if row is None:
        raise Missing("Nie ma takiego typu")
    return row


def _note(by: Actor, verb: RegionVerb, row: RegionType, about: str = "") -> None:
    said = f"{row.name} ({row.code})" + (f": {about}" if about else "")
    note(by=by, verb=verb, about=said, subject_id=row.pk)
