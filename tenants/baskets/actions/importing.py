"""Rows of a file become institutions, people, and services in the basket (REG §3.3)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import Fold, fold
from kooperacja.ui.problems import Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, found_or_new
from tenants.baskets.actions import dues
from tenants.baskets.actions.entries import hide_at_once
from tenants.baskets.actions.keeping import bump, require_own
from tenants.baskets.actions.people import Known
from tenants.baskets.actions.rounds import settle
from tenants.baskets.columns import INSTITUTIONS, OWNER, PEOPLE, SEEN, SERVICES
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


class Writer:
    """Writes some rows of a file; what they may be about is asked for once for all of them."""

    def __init__(self, by: Actor, file: ImportFile, rows: Sequence[ImportRow]) -> None:
        self.by, self.file, self.rows = by, file, rows
        self._writes: dict[str, Callable[[dict[str, Any]], None]] = {
            INSTITUTIONS: self._institution,
            PEOPLE: self._person,
            SERVICES: self._service,
        }

    def write(self, row: ImportRow) -> None:
        """Write a row; one that can't be written any more says why and stays unwritten."""
        values = dict(row.values)
        try:
            with transaction.atomic():
                self._writes[self.file.kind](values)
        except AlreadySaved:
            return
        except StaleForm:
            row.verdict, row.reason = Verdict.WRONG, _NOW_OTHERWISE
        except Problem as problem:
            why = f"{problem.title}. {problem.explanation}"
            row.verdict, row.reason = Verdict.WRONG, why[:2000]
        except ValidationError as refused:
            row.verdict, row.reason = Verdict.WRONG, " ".join(refused.messages)[:2000]

    @cached_property
    def _institutions(self) -> dict[str, Organisation]:
        """By REGON, and by name in plain letters."""
        rows = _named(Organisation.objects.current(), self._names, numbers=self._numbers)
        by_name = {fold(one.name): one for one in rows}
        return by_name | {one.regon: one for one in rows if one.regon}

    @cached_property
    def _cards(self) -> dict[UUID | None, Card]:
        """The cards that are kept for the institutions of these rows, and for the Lider."""
        owners = {UUID(one) for row in self.rows if (one := row.values[OWNER])}
        of_them = Q(organisation__in=owners) | Q(organisation=None)
        rows = Card.objects.filter(of_them).select_related("merge__target")
        return {one.organisation_id: one.stays for one in rows}

    @cached_property
    def _services(self) -> dict[tuple[UUID, str], Service]:
        cards = {one.pk for one in self._cards.values()}
        rows = _named(Service.objects.filter(card__in=cards, ended_on=None), self._names)
        return {(one.card_id, fold(one.name)): one for one in rows}

    @cached_property
    def _members(self) -> set[UUID]:
        return members_on(self.by.today)

    @property
    def _names(self) -> list[str]:
        return [fold(row.values["name"]) for row in self.rows]

    @property
    def _numbers(self) -> list[str]:
        return [number for row in self.rows if (number := row.values["regon"])]

    def _institution(self, values: dict[str, Any]) -> None:
        """By its REGON, else by its name; what somebody changed since the row was looked at stays."""
        seen = _seen(values)
        known = self._institutions.get(values["regon"]) if values["regon"] else None
        known = known or self._institutions.get(fold(values["name"]))
        if known is None:
            add_organisation(by=self.by, key=uuid7(), values=values)
            return
        edit_organisation(by=self.by, organisation_id=known.pk, version=seen, values=values)

    @cached_property
    def _people(self) -> Known:
        values = [row.values for row in self.rows]
        return Known.about((UUID(one[OWNER]) for one in values), (one["email"] for one in values))

    def _person(self, values: dict[str, Any]) -> None:
        institution, seen = UUID(values.pop(OWNER)), _seen(values)
        self._people.bring(by=self.by, institution=institution, seen=seen, values=values)

    def _service(self, values: dict[str, Any]) -> None:
        """A service that is brought in stands in the basket; only a statement confirms it (REG §3.5.a)."""
        owner, seen = values.pop(OWNER), _seen(values)
        for name in _DAYS:
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        card = self._card(UUID(owner) if owner else None)
        service = self._services.get((card.pk, fold(values["name"])))
        if service is None:
            if seen != _UNSEEN:
                raise StaleForm(card)
            seen = 0
            service = Service.objects.create(card=card, name=values["name"])
            record(by=self.by, verb="SERVICE_ADDED", obj=service)
        _describe(self.by, service.pk, seen, values, self.file.how)

    def _card(self, owner: UUID | None) -> Card:
        """The card of an institution, or of the Lider; begun where there is none."""
        if owner and owner not in self._members:
            raise Problem("Ta instytucja nie należy już do Partnerstwa", _NOW_OTHERWISE)
        if known := self._cards.get(owner):
            return known
        begun = {"begun_on": self.by.today}
        card, is_new = found_or_new(Card, organisation_id=owner, defaults=begun)
        if is_new:
            record(by=self.by, verb="CARD_BEGUN", obj=card)
        return card


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
    was_open = before is not None and not before.is_protected
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
    if was_open and entry.is_protected:
        # The rest waits for the end of the file.
        publish_figures(Service, ServiceEntry, cause=told.pk)


def _named(rows: Any, names: Sequence[str], numbers: Sequence[str] = ()) -> list[Any]:
    """Rows of these names, diacritics and capitals or not, or of these numbers; the first comes last."""
    wanted = Q(plain__in=names)
    if numbers:
        wanted |= Q(regon__in=numbers)
    return list(rows.alias(plain=Fold("name")).filter(wanted).order_by("-pk"))
