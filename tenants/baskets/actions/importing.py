"""Rows of a file become institutions, and services in the basket (REG §3.3)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import Fold, fold
from kooperacja.ui.problems import Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, found_or_new
from tenants.baskets.actions import dues
from tenants.baskets.actions.entries import bump, hide_at_once, require_own
from tenants.baskets.actions.rounds import settle
from tenants.baskets.columns import INSTITUTIONS, OWNER, SEEN
from tenants.baskets.models.cards import Card
from tenants.baskets.models.imports import ImportFile, ImportRow, Verdict
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.standing import members_on
from tenants.baskets.workflow import UNDER_WAY, EntryState
from tenants.people.actions.invitations import publish_figures
from tenants.people.actions.organisations import add_organisation, edit_organisation
from tenants.people.models import Organisation

_DAYS = ("counted_on", "valid_from", "valid_until")
_UNSEEN = -1  # no version of anything: it was not there when the row was looked at
_NOW_OTHERWISE = "Zanim to zapisano, ktoś zmienił te dane. Wczytaj ten wiersz jeszcze raz."


def write(by: Actor, file: ImportFile, row: ImportRow) -> None:
    """Write a row; one that can't be written any more says why and stays unwritten."""
    values = dict(row.values)
    try:
        with transaction.atomic():
            if file.kind == INSTITUTIONS:
                _write_institution(by, values)
            else:
                _write_service(by, values, file.how)
    except AlreadySaved:
        return
    except StaleForm:
        row.verdict, row.reason = Verdict.WRONG, _NOW_OTHERWISE
    except Problem as problem:
        row.verdict, row.reason = Verdict.WRONG, f"{problem.title}. {problem.explanation}"[:2000]


def _write_institution(by: Actor, values: dict[str, Any]) -> None:
    """By its REGON, else by its name; what somebody changed since the row was looked at stays."""
    seen = _seen(values)
    rows = Organisation.objects.current().order_by("pk")
    known = rows.filter(regon=values["regon"]).first() if values["regon"] else None
    known = known or _named(rows, values["name"]).first()
    if known is not None:
        edit_organisation(by=by, organisation_id=known.pk, version=seen, values=values)
    else:
        add_organisation(by=by, key=uuid7(), values=values)


def _write_service(by: Actor, values: dict[str, Any], how: str) -> None:
    """A service that is brought in stands in the basket; only a statement confirms it (REG §3.5.a)."""
    owner, seen = values.pop(OWNER), _seen(values)
    for name in _DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    card = _card(by, UUID(owner) if owner else None)
    given = _named(Service.objects.filter(card=card, ended_on=None), values["name"])
    service: Service | None = given.first()
    if service is None:
        if seen != _UNSEEN:
            raise StaleForm(card)
        seen = 0
        service = Service.objects.create(card=card, name=values["name"])
        record(by=by, verb="SERVICE_ADDED", obj=service)
    _describe(by, service.pk, seen, values, how)


def _seen(values: dict[str, Any]) -> int:
    """The version that the row was compared with."""
    seen = values.pop(SEEN, None)
    return _UNSEEN if seen is None else int(seen)


def _describe(by: Actor, service_id: UUID, seen: int, values: dict[str, Any], how: str) -> None:
    rows = Service.objects.select_related("adoption").select_for_update(of=("self",))
    service = rows.get(pk=service_id)
    require_own(service)
    before = service.entries.filter(state=EntryState.ACCEPTED).first()
    if service.entries.filter(state__in=sorted(UNDER_WAY)).exists():
        raise Problem("Ktoś właśnie zmienia ten opis", _NOW_OTHERWISE)
    if before and all(getattr(before, name) == value for name, value in values.items()):
        raise AlreadySaved(service)
    if service.version != seen:
        raise StaleForm(service)
    number = before.number + 1 if before else 1
    entry = ServiceEntry.objects.create(service=service, number=number, **values)
    filed: dict[str, Any] = {
        "filed_on": by.today,
        "filed_by_name": by.name[:200],
        "confirmed_how": how,
    }
    move(entry, EntryState.FILED, by=by, on=by.today, **filed)
    hide_at_once(service, entry)
    if before is not None:
        before.refresh_from_db()
        move(before, EntryState.REPLACED, by=by, on=by.today)
    decided: dict[str, Any] = {"decided_on": by.today, "decided_by_name": by.name[:200]}
    told = move(entry, EntryState.ACCEPTED, by=by, on=by.today, **decided)
    service.name, service.changed_on, service.reviewed_on = entry.name, by.today, by.today
    confirmed: tuple[str, ...] = ()
    if how:
        confirmed = dues.confirmed(service, by.today, how, by.name[:200], today=by.today)
    bump(service, "name", "changed_on", "reviewed_on", *confirmed)
    settle(by, service)
    publish_figures(Service, ServiceEntry, cause=told.pk)


def _named(rows: Any, name: str) -> Any:
    """Rows of this name, diacritics and capitals or not."""
    return rows.alias(plain=Fold("name")).filter(plain=fold(name)).order_by("pk")


def _card(by: Actor, owner: UUID | None) -> Card:
    if owner and owner not in members_on(by.today):
        raise Problem("Ta instytucja nie należy już do Partnerstwa", _NOW_OTHERWISE)
    card, is_new = found_or_new(Card, organisation_id=owner, defaults={"begun_on": by.today})
    if is_new:
        told = record(by=by, verb="CARD_BEGUN", obj=card)
        publish_figures(Card, cause=told.pk)
    return card.stays
