"""Who of the local community helps without being a member (REG §5.1.e)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import Problem
from tenants.partnership import perms
from tenants.partnership.actions.common import AlreadySaved, insert_once, save_edited
from tenants.partnership.models import CommunityResource, Person

CLAUSE = "§ 5 ust. 1 lit. e regulaminu"
KEEPERS = "Zasoby społeczności wpisuje Lider albo wyznaczony przez niego pracownik ds. sieci."


@transaction.atomic
def add_resource(
    *, by: Actor, person: Person, key: UUID, values: dict[str, Any]
) -> CommunityResource:
    """Enter who helps, and in what."""
    perms.require(perms.can_keep_resources(person), KEEPERS, CLAUSE)
    resource = CommunityResource(id=key, **values)
    insert_once(resource)
    record(by=by, verb="RESOURCE_ADDED", obj=resource)
    return resource


@transaction.atomic
def edit_resource(
    *, by: Actor, person: Person, resource_id: UUID, version: int, values: dict[str, Any]
) -> CommunityResource:
    """Correct what is said of them; StaleForm if somebody was quicker."""
    resource = _current(person, resource_id)
    changed = save_edited(resource, version, values)
    record(by=by, verb="RESOURCE_EDITED", obj=resource, data={"fields": [None, sorted(changed)]})
    return resource


@transaction.atomic
def end_resource(
    *, by: Actor, person: Person, resource_id: UUID, ended_on: date
) -> CommunityResource:
    """They help no longer; the entry stays, with its last day."""
    perms.require(perms.can_keep_resources(person), KEEPERS, CLAUSE)
    resource: CommunityResource = CommunityResource.objects.select_for_update().get(pk=resource_id)
    if resource.ended_on is not None:
        raise AlreadySaved(resource)
    if ended_on < resource.from_on:
        raise Problem(
            "Tej daty nie można przyjąć",
            f"Pomoc nie mogła się skończyć, zanim się zaczęła ({pl_date(resource.from_on)}).",
            kept="Niczego nie zapisaliśmy.",
        )
    resource.ended_on = ended_on
    resource.version += 1
    resource.save(update_fields=["ended_on", "version"])
    data = {"ended_on": [None, ended_on.isoformat()]}
    record(by=by, verb="RESOURCE_ENDED", obj=resource, data=data)
    return resource


def _current(person: Person, resource_id: UUID) -> CommunityResource:
    perms.require(perms.can_keep_resources(person), KEEPERS, CLAUSE)
    resource: CommunityResource = CommunityResource.objects.select_for_update().get(pk=resource_id)
    if resource.ended_on is not None:
        raise Problem(
            "Ten wpis jest zakończony",
            f"Pomoc skończyła się {pl_date(resource.ended_on)} Jeśli wróciła, wpisz ją od nowa.",
            clause=CLAUSE,
            kept="Niczego nie zapisaliśmy.",
            href=reverse("partnership:resources"),
        )
    return resource
