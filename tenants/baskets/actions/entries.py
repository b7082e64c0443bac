"""Services are described by their institution and taken into the basket by the Lider (REG §3.2–3.5)."""

from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.base import send, settle_all
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, save_edited
from tenants.baskets import perms
from tenants.baskets.actions import dues
from tenants.baskets.actions.cards import require_kept
from tenants.baskets.actions.gaps import fill
from tenants.baskets.actions.hidden_places import require_settled
from tenants.baskets.actions.keeping import (
    bump,
    differs,
    kept,
    require_editable,
    under_way,
)
from tenants.baskets.actions.missing import settle_given
from tenants.baskets.actions.redrawing import draw_anew
from tenants.baskets.actions.rounds import settle
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.notifications import ServiceAccepted, ServiceFiled, ServiceReturned
from tenants.baskets.standing import belongs
from tenants.baskets.told import office, voices
from tenants.baskets.workflow import EDITED, INTEGRATING, SUBMITTING, EntryState
from tenants.people.actions.invitations import publish_figures
from tenants.people.followers import follow
from tenants.people.models import Person
from tenants.services.visibility import Visibility, strictest


@transaction.atomic
def add(*, by: Actor, card_id: UUID, key: UUID, values: dict[str, Any]) -> Service:
    """Put a service on a card; nobody but its owner and the office sees it yet."""
    card: Card = Card.objects.select_for_update().get(pk=card_id)
    perms.keep_card.require(Person.objects.acting(by), card)
    require_kept(card)
    service = Service(id=key, card=card, name=values["name"])
    insert_once(service)
    ServiceEntry.objects.create(service=service, number=1, **values)
    record(by=by, verb="SERVICE_ADDED", obj=service)
    return service


@transaction.atomic
def edit(*, by: Actor, service_id: UUID, version: int, values: dict[str, Any]) -> Service:
    """Say otherwise what a service is; what stands in the basket stays until the Lider accepts it."""
    service = kept(by, service_id, values)
    require_editable(service, by)
    entry = service.latest
    if service.version != version and differs(entry, values):
        raise StaleForm(entry)
    if entry.state in EDITED:
        try:
            changed = list(save_edited(entry, entry.version, values))
        except AlreadySaved:
            raise AlreadySaved(service) from None
    else:
        changed = differs(entry, values)
        if not changed:
            raise AlreadySaved(service)
        ServiceEntry.objects.create(service=service, number=entry.number + 1, **values)
    if not service.entries.filter(state__in=_SEEN).exists():
        service.name = values["name"]
    bump(service, "name")
    record(by=by, verb="SERVICE_EDITED", obj=service, data={"fields": sorted(changed)})
    return service


_SEEN = (EntryState.ACCEPTED, EntryState.REPLACED)


@transaction.atomic
def file(*, by: Actor, service_id: UUID, version: int, how: str) -> Service:
    """Hand it to the Lider, saying how its truth was made sure of, if it was."""
    service, entry = under_way(by, service_id, version, EntryState.FILED)
    said: dict[str, Any] = {
        "filed_on": by.today,
        "filed_by_name": by.name[:200],
        "confirmed_how": how,
    }
    move(entry, EntryState.FILED, by=by, on=by.today, reason="", **said)
    hide_at_once(service, entry)
    settle_given(by, service.card)
    bump(service)
    follow(ServiceEntry)
    settle_all(begin=f"service-returned:{service.pk}:")
    send(
        ServiceFiled(service_id=service.pk, service=entry.name, owner=service.card.owner),
        to=office(by),
        dedupe=f"service-filed:{service.pk}:{entry.number}:{entry.version}",
    )
    return service


_LEVELS = ("sees_service", "sees_contact", "sees_place")


def hide_at_once(service: Service, filed: ServiceEntry) -> None:
    """A stricter level holds from the day it is told, in older editions too (REG §3.4).

    No address of a protected place is kept.
    """
    hidden = [_tighten(entry, filed) for entry in service.entries.filter(state__in=_SEEN)]
    if filed.is_protected:
        service.entries.update(is_protected=True, street="", postal_code="", seat={})
    if filed.is_protected or any(hidden):
        draw_anew()


def _tighten(entry: ServiceEntry, filed: ServiceEntry) -> bool:
    """Give an entry the stricter of both levels; False where it has them."""
    stricter = {}
    for name in _LEVELS:
        now, told = Visibility(getattr(entry, name)), Visibility(getattr(filed, name))
        if strictest(now, told) != now:
            stricter[name] = told
    for name, level in stricter.items():
        setattr(entry, name, level)
    if stricter:
        entry.save(update_fields=stricter)
    return bool(stricter)


@transaction.atomic
def take_back(*, by: Actor, service_id: UUID, version: int) -> Service:
    """The owner thought better of it."""
    service, entry = under_way(by, service_id, version, EntryState.DRAFT)
    move(entry, EntryState.DRAFT, by=by, on=by.today, filed_on=None, filed_by_name="")
    bump(service)
    settle_all(begin=f"service-filed:{service.pk}:")
    return service


@transaction.atomic
def discard(*, by: Actor, service_id: UUID, version: int) -> Card:
    """Throw away a draft that the Lider has not accepted; with a service that has nothing else."""
    service = kept(by, service_id)
    card: Card = service.card
    entry = service.latest
    if entry.state not in EDITED:
        raise Problem(
            "Nie ma szkicu do usunięcia",
            "Usunąć można tylko opis, którego nie przyjął Lider i który na niego nie czeka.",
            clause=SUBMITTING,
            kept=NOTHING_SAVED,
            at=service,
        )
    if service.version != version:
        raise StaleForm(service)
    record(by=by, verb="SERVICE_DISCARDED", obj=service, why=entry.name)
    settle_all(begin=f"service-returned:{service.pk}:")
    entry.delete()
    if service.entries.exists():
        bump(service)
    else:
        service.reports.all().delete()
        service.delete()
    return card


@transaction.atomic
def accept(*, by: Actor, service_id: UUID, version: int) -> Service:
    """Take it into the basket, in the place of what stood there (REG §3.3)."""
    service, entry = under_way(by, service_id, version, EntryState.ACCEPTED)
    perms.review.require(Person.objects.acting(by))
    require_settled(service)
    if not belongs(service, by.today):
        raise Problem(
            "Ta instytucja nie należy już do Partnerstwa",
            "W koszyku są usługi kooperantów i Lidera.",
            clause=INTEGRATING,
            kept=NOTHING_SAVED,
            at=service,
        )
    before = service.entries.filter(state=EntryState.ACCEPTED).first()
    if before is not None:
        move(before, EntryState.REPLACED, by=by, on=by.today)
    decided: dict[str, Any] = {"decided_on": by.today, "decided_by_name": by.name[:200]}
    told = move(entry, EntryState.ACCEPTED, by=by, on=by.today, **decided)
    service.name, service.changed_on, service.reviewed_on = entry.name, by.today, by.today
    confirmed: tuple[str, ...] = ()
    before_filed = service.confirmed_on is None or service.confirmed_on <= entry.filed_on
    if entry.confirmed_how and before_filed:
        said = (entry.filed_on, entry.confirmed_how, entry.filed_by_name)
        confirmed = dues.confirmed(service, *said, today=by.today)
    bump(service, *("name", "changed_on", "reviewed_on"), *confirmed)
    settle_all(begin=f"service-filed:{service.pk}:")
    settle(by, service)
    _tell_owner(by, service, entry, ServiceAccepted(service_id=service.pk, service=entry.name))
    fill(by, entry)
    publish_figures(Service, ServiceEntry, cause=told.pk)
    return service


@transaction.atomic
def take_in(*, by: Actor, service_id: UUID, version: int, how: str) -> Service:
    """The Lider hands in and accepts at once a service of a card that it keeps itself."""
    service = kept(by, service_id)
    if service.latest.state == EntryState.ACCEPTED:
        raise AlreadySaved(service)
    service = file(by=by, service_id=service_id, version=version, how=how)
    return accept(by=by, service_id=service_id, version=service.version)


@transaction.atomic
def send_back(*, by: Actor, service_id: UUID, version: int, reason: str) -> Service:
    """Ask its institution to mend it, saying what."""
    service, entry = under_way(by, service_id, version, EntryState.RETURNED)
    perms.review.require(Person.objects.acting(by))
    decided: dict[str, Any] = {
        "decided_on": by.today,
        "decided_by_name": by.name[:200],
        "reason": reason,
    }
    move(entry, EntryState.RETURNED, by=by, on=by.today, why=reason, **decided)
    bump(service)
    settle_all(begin=f"service-filed:{service.pk}:")
    returned = ServiceReturned(service_id=service.pk, service=entry.name, reason=reason)
    _tell_owner(by, service, entry, returned)
    return service


def _tell_owner(
    by: Actor, service: Service, entry: ServiceEntry, news: ServiceAccepted | ServiceReturned
) -> None:
    """To its institution; the office knows what it decided on its own card."""
    send(
        news,
        to=voices(by, service.card),
        dedupe=f"{news.code.lower().replace('_', '-')}:{service.pk}:{entry.number}:{entry.version}",
    )
