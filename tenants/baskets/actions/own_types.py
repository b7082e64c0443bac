"""Writes of the unit's own types of services: the Lider adds, changes and ends them (REG §3.2)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.tenancy.context import current_tenant
from kooperacja.writes import AlreadySaved, insert_once, one_at_a_time, save_edited
from tenants.baskets import own_types, perms
from tenants.baskets.actions.listing import relist
from tenants.baskets.models.own_types import OwnType
from tenants.people.models import Person
from tenants.services.added import free_code, require_fitting, require_in_use
from tenants.services.vocabulary import vocabulary


def add(*, by: Actor, key: UUID, values: dict[str, Any]) -> OwnType:
    """Add a type for this unit alone."""
    with transaction.atomic():
        _wait_for_turn()
        perms.review.require(Person.objects.acting(by))
        if saved := OwnType.objects.filter(pk=key).first():
            raise AlreadySaved(saved)
        require_fitting(values, vocabulary())
        code = free_code(values["name"], f"{current_tenant().code}-")
        row = OwnType(pk=key, code=code, added_on=by.today, **values)
        insert_once(row)
        record(by=by, verb="OWN_TYPE_ADDED", obj=row)
    own_types.forget()
    return row


def change(*, by: Actor, type_id: UUID, version: int, values: dict[str, Any]) -> OwnType:
    """Say something else of a type; its code stays, and its services are listed anew."""
    with transaction.atomic():
        _wait_for_turn()
        row = OwnType.objects.select_for_update().get(pk=type_id)
        perms.review.require(Person.objects.acting(by))
        require_in_use(row)
        require_fitting(values, vocabulary(), row.code)
        changed = save_edited(row, version, values)
        record(by=by, verb="OWN_TYPE_CHANGED", obj=row, data=changed)
        relist()
    own_types.forget()
    return row


def end(*, by: Actor, type_id: UUID, why: str, same_as: str) -> OwnType:
    """End a type; its services keep it, and go by the type of the region that is the same, if any."""
    with transaction.atomic():
        _wait_for_turn()
        row = OwnType.objects.select_for_update().get(pk=type_id)
        perms.review.require(Person.objects.acting(by))
        if row.ended_on:
            raise AlreadySaved(row)
        row.ended_on, row.ended_why = by.today, why
        if same := vocabulary().of(same_as):
            row.broader, row.area = same.code, same.area.code
        row.version += 1
        row.save(update_fields=["ended_on", "ended_why", "broader", "area", "version"])
        record(by=by, verb="OWN_TYPE_ENDED", obj=row, why=why)
        relist()
    own_types.forget()
    return row


def _wait_for_turn() -> None:
    """Two can't give the same name at once, and each sees what the other has just added."""
    one_at_a_time(f"own_types:{current_tenant().schema}")
    own_types.forget()
