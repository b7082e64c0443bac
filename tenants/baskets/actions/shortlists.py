"""Shortlists for a family: services are picked, put in order, taken off (REG §3.4)."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import AlreadySaved, StaleForm, insert_once
from tenants.baskets import perms
from tenants.baskets.family import offered
from tenants.baskets.models.services import Service
from tenants.baskets.models.shortlists import Shortlist, ShortlistItem, free_number
from tenants.people.models import Person


@transaction.atomic
def begin(*, by: Actor, key: UUID, services: Sequence[str]) -> Shortlist:
    """A new list of the services, in the order in which they were picked."""
    perms.see_basket.require(Person.objects.acting(by))
    shortlist = Shortlist(id=key, number=free_number(Shortlist.objects), changed_on=by.today)
    insert_once(shortlist)
    _put(shortlist, _known(by, services), before=[])
    record(by=by, verb="SHORTLIST_BEGUN", obj=shortlist)
    return shortlist


@transaction.atomic
def add(*, by: Actor, shortlist_id: UUID, services: Sequence[str]) -> Shortlist:
    """Put further services at its end; one that is there stays at its place."""
    shortlist = _locked(by, shortlist_id)
    before = list(shortlist.items.values_list("service", flat=True))
    new = [one for one in _known(by, services) if one not in before]
    if not new:
        raise AlreadySaved(shortlist)
    _put(shortlist, new, before=before)
    return _noted(by, shortlist)


@transaction.atomic
def arrange(*, by: Actor, shortlist_id: UUID, version: int, order: Sequence[UUID]) -> Shortlist:
    """Its services in another order; those that are left out are taken off."""
    shortlist = _locked(by, shortlist_id)
    if shortlist.version != version:
        raise StaleForm(shortlist)
    items = {item.service_id: item for item in shortlist.items.all()}
    shortlist.items.exclude(service__in=order).delete()
    for place, service in enumerate(order):
        items[service].place = place
        items[service].save(update_fields=["place"])
    return _noted(by, shortlist)


def lead_on(source: Service, target: Service) -> None:
    """Lists name the service that stays instead of the one that was the same, and each of them once."""
    there = ShortlistItem.objects.filter(service=target).values("shortlist")
    ShortlistItem.objects.filter(service=source, shortlist__in=there).delete()
    ShortlistItem.objects.filter(service=source).update(service=target)


@transaction.atomic
def forget_old(*, day: date) -> None:
    """Lists that nobody changed for a month pass away."""
    Shortlist.objects.filter(changed_on__lt=day - timedelta(days=Shortlist.DAYS)).delete()


def _locked(by: Actor, shortlist_id: UUID) -> Shortlist:
    shortlist = Shortlist.objects.select_for_update().get(pk=shortlist_id)
    perms.see_basket.require(Person.objects.acting(by))
    return shortlist


def _known(by: Actor, services: Sequence[str]) -> list[UUID]:
    """Those of them that may be offered: a form that was open for long may name others."""
    wanted = set(services)
    known = [seen.entry.service_id for seen in offered(by.today)]
    return [one for one in known if str(one) in wanted]


def _put(shortlist: Shortlist, services: list[UUID], *, before: Sequence[UUID]) -> None:
    if len(before) + len(services) > Shortlist.MOST:
        words = f"Lista ma być krótka: najwyżej {Shortlist.MOST} usług."
        raise ValidationError({"services": words})
    for place, service in enumerate(services, len(before)):
        ShortlistItem.objects.create(shortlist=shortlist, service_id=service, place=place)


def _noted(by: Actor, shortlist: Shortlist) -> Shortlist:
    shortlist.changed_on, shortlist.version = by.today, shortlist.version + 1
    shortlist.save(update_fields=["changed_on", "version"])
    record(by=by, verb="SHORTLIST_CHANGED", obj=shortlist)
    return shortlist
