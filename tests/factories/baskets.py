"""Cards of services and services for tests; made by the actions themselves."""

from typing import Any
from uuid import UUID

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from tenants.baskets.actions import cards, entries
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.people.models import Organisation
from tenants.services.confirming import How
from tenants.services.hours import DAY, Hours, Interval, kept
from tenants.services.terms import Cost, Group, Language, Way
from tenants.teams.sides import code_of

OFFICE_HOURS = Hours(((Interval.of("8:00", "16:00"),),) * 5 + ((), ()))
ALWAYS = Hours(((Interval(0, DAY),),) * 7)


def card(by: Actor, of: Organisation | None) -> Card:
    """The card of a kooperant, or of the Lider; the one that is there already."""
    known = Card.objects.filter(organisation=of).first()
    return known or cards.begin(by=by, key=uuid7(), of=code_of(of.pk if of else None))


def said(**values: Any) -> dict[str, Any]:
    """What may be said of a service."""
    return {
        "name": "Poradnia dla rodzin",
        "type_code": "psycholog",
        "about": "Rozmowa z psychologiem, gdy w domu jest trudno.",
        "groups": [Group.FAMILIES, Group.YOUTH],
        "ways": [Way.ON_SITE],
        "access": "Zadzwoń i umów się.",
        "cost": Cost.FREE,
        "hours": kept(OFFICE_HOURS),
        "city": "Wymyślonowo",
        "street": "ul. Zmyślona 1",
        "phone": "77 400 00 01",
        "languages": [Language.POLISH],
        **values,
    }


def drafted(by: Actor, of: Organisation | None, key: UUID | None = None, **values: Any) -> Service:
    """A service that is on a card, and nobody has handed in."""
    return entries.add(by=by, card_id=card(by, of).pk, key=key or uuid7(), values=said(**values))


def filed(by: Actor, of: Organisation | None, how: str = How.OWNER, **values: Any) -> Service:
    """A service that waits for the Lider."""
    return handed_in(by, drafted(by, of, **values), how)


def accepted(by: Actor, of: Organisation | None, how: str = How.OWNER, **values: Any) -> Service:
    """A service in the basket."""
    return taken_in(by, filed(by, of, how, **values))


def taken_in(by: Actor, service: Service) -> Service:
    return entries.accept(by=by, service_id=service.pk, version=service.version)


def changed(by: Actor, service: Service, **values: Any) -> Service:
    """A service of which something else is said; nobody has handed it in yet."""
    latest = service.latest
    as_it_is = {name: getattr(latest, name) for name in said()}
    whole = {**as_it_is, **values}
    return entries.edit(by=by, service_id=service.pk, version=service.version, values=whole)


def handed_in(by: Actor, service: Service, how: str) -> Service:
    return entries.file(by=by, service_id=service.pk, version=service.version, how=how)


def refiled(by: Actor, service: Service, **values: Any) -> Service:
    """Another description, handed to the Lider, without a word on all the rest."""
    return handed_in(by, changed(by, service, **values), "")
