"""Helpers of the local community who are no members (REG §5.1.e)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import pl_date
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved, insert_once, save_edited
from tenants.accession import perms
from tenants.accession.models.community import CommunityResource
from tenants.people import rules
from tenants.people.models import Person


@transaction.atomic
def add_resource(*, by: Actor, key: UUID, values: dict[str, Any]) -> CommunityResource:
    """Enter who helps, and in what."""
    perms.keep_resources.require(Person.objects.acting(by))
    _require_start(by, values)
    resource = CommunityResource(id=key, **values)
    insert_once(resource)
    record(by=by, verb="RESOURCE_ADDED", obj=resource)
    return resource


@transaction.atomic
def edit_resource(
    *, by: Actor, resource_id: UUID, version: int, values: dict[str, Any]
) -> CommunityResource:
    """Correct what is said of them; StaleForm if somebody was quicker."""
    resource = _locked(by, resource_id)
    if resource.ended_on is not None:
        raise Problem(
            "Ten wpis jest zakończony",
            f"Pomoc skończyła się {pl_date(resource.ended_on)} Jeśli wróciła, wpisz ją od nowa.",
            clause=perms.keep_resources.clause,
            kept=NOTHING_DONE,
            at=CommunityResource,
        )
    _require_start(by, values)
    changed = save_edited(resource, version, values)
    record(by=by, verb="RESOURCE_EDITED", obj=resource, data={"fields": [None, sorted(changed)]})
    return resource


@transaction.atomic
def end_resource(*, by: Actor, resource_id: UUID, ended_on: date) -> CommunityResource:
    """They help no longer; the entry stays, with its last day."""
    resource = _locked(by, resource_id)
    if resource.ended_on is not None:
        raise AlreadySaved(resource)
    if ended_on < resource.from_on:
        raise ValidationError({"ended_on": f"Najwcześniej {pl_date(resource.from_on)}"})
    if wrong := rules.end_error(ended_on, resource.from_on, by.today):
        raise ValidationError({"ended_on": wrong})
    resource.end(ended_on, version=resource.version + 1)
    data = {"ended_on": [None, ended_on.isoformat()]}
    record(by=by, verb="RESOURCE_ENDED", obj=resource, data=data)
    return resource


def _require_start(by: Actor, values: dict[str, Any]) -> None:
    if "from_on" in values and (wrong := rules.start_error(values["from_on"], by.today)):
        raise ValidationError({"from_on": wrong})


def _locked(by: Actor, resource_id: UUID) -> CommunityResource:
    resource: CommunityResource = CommunityResource.objects.select_for_update().get(pk=resource_id)
    perms.keep_resources.require(Person.objects.acting(by))
    return resource
