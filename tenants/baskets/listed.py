"""Services of the basket for the region's directory (REG §3.4, §5.1.g)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kooperacja.tenancy.context import current_tenant
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import ServiceEntry
from tenants.baskets.standing import entries_on, is_silent, silent_cards
from tenants.partnership.models import Partnership
from tenants.services.described import listed_facts
from tenants.services.listed import Levels, ListedFacts, Listing
from tenants.services.types import ServiceType, own_kept
from tenants.services.visibility import Visibility
from tenants.services.vocabulary import vocabulary

_OF_SERVICE = (
    *("stopped_from", "stopped_until", "stopped_why"),
    *("changed_on", "confirmed_on", "reviewed_on"),
)


def listings(day: date) -> Iterator[Listing]:
    """Each service of the basket of a day, cut for both levels of readers outside the tenant."""
    silent = silent_cards()
    lead = Partnership.objects.get()
    masters = dict(Adoption.objects.filter(detached_on=None).values_list("service", "master_id"))
    for entry in entries_on(day):
        levels = Levels(
            service=Visibility(entry.sees_service),
            contact=Visibility(entry.sees_contact),
            place=Visibility(entry.sees_place),
        )
        facts = replace(
            facts_of(entry),
            **_owner(entry.service.card, lead),
            **_type(entry.type),
            valid_until=_last_day(entry),
            is_silent=is_silent(entry.service, silent),
        )
        yield Listing.of(entry.service_id, facts, levels, masters.get(entry.service_id))


def facts_of(entry: ServiceEntry) -> ListedFacts:
    """Everything that an entry says of its service, and the dates of how true it is."""
    return listed_facts(entry, **{name: getattr(entry.service, name) for name in _OF_SERVICE})


def _type(known: ServiceType | None) -> dict[str, Any]:
    """Its type as all units know it, and beside it the unit's own."""
    if known is None or not known.is_own:
        return {}
    shared = vocabulary().shared(known.code)
    return {"type_code": shared.code if shared else "", "own_type": own_kept(known)}


def _owner(card: Card, lead: Partnership) -> dict[str, Any]:
    """Its institution; the Lider is no institution here and goes by its partnership."""
    named = {"owner_name": owner_for_strangers(card, lead)}
    organisation = card.organisation
    if organisation is None:
        return {"owner_id": str(lead.pk), **named}
    return {"owner_id": str(organisation.pk), **named, "owner_number": organisation.regon}


def owner_for_strangers(card: Card, lead: Partnership) -> str:
    """The institution by its name: outside the partnership nobody knows who its Lider is."""
    if card.organisation is not None:
        return card.organisation.name
    return lead.official_name or f"Lider: {current_tenant().name}"


def _last_day(entry: ServiceEntry) -> date | None:
    """The last day on which it is given, where that is known."""
    ended_on = entry.service.ended_on
    days = (entry.valid_until, ended_on - timedelta(days=1) if ended_on else None)
    return min((day for day in days if day), default=None)
