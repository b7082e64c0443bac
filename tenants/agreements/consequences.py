"""Everything that ends with the part of a party, shown before it does (POR)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from kooperacja import offers
from kooperacja.offers import Offer
from tenants.agreements import rules
from tenants.agreements.models import Agreement, ContactPerson, Party
from tenants.agreements.standing import Standing
from tenants.agreements.workflow import OVER
from tenants.partnership.consequences import acts_since
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.models import Seat


@dataclass(frozen=True, slots=True)
class EndsWithPart(Offer):
    """Things of another app that end with the part of parties, for the page that warns of it."""

    title: str
    things: Callable[[list[Party]], list[str]]


class Touched(NamedTuple):
    """One kind of thing that ends, in the words of the page that warns of it."""

    title: str
    things: list[str]


def ends_with(party: Party, today: date) -> list[Touched]:
    """Everything that ends with the part of one party."""
    found = [
        Touched("Miejsca w zespole", _seats(party, today)),
        Touched("Osoby wskazane do współpracy", _contacts(party, today)),
        Touched("Dostęp osób, które działają tu tylko za tę Stronę", _roles([party], today)),
    ]
    found += _of_others([party])
    return [one for one in found if one.things]


def ends_with_all(agreement: Agreement, today: date) -> list[Touched]:
    """Everything that ends with an agreement."""
    parties = Standing(agreement).bound(today)
    seats = [seat for party in parties for seat in _seats(party, today)]
    found = [
        Touched("Udział Stron", [f"{one.label}: {one.name_shown}" for one in parties]),
        Touched("Miejsca w zespole", seats),
        Touched("Dostęp osób, które działają tu tylko za te Strony", _roles(parties, today)),
    ]
    found += _of_others(parties)
    return [one for one in found if one.things]


def _of_others(parties: list[Party]) -> list[Touched]:
    return [Touched(offer.title, offer.things(parties)) for offer in offers.of(EndsWithPart)]


def leaves_too_few(party: Party) -> bool:
    """Without this party fewer than two go on, so that the agreement ends too."""
    parts = Standing(party.agreement).parts
    going_on = [one for one in parts if one.ended_on is None and one != party]
    return len(going_on) < rules.LEAST_PARTIES


def done_since(party: Party, day: date) -> list[str]:
    """Acts in the name of a party since a day on which, as is entered now, it was none any more."""
    if (of := party.organisation_id) is None:
        return []
    roles = RoleAssignment.objects.filter(organisation=of).order_by("person", "pk")
    people = dict.fromkeys(roles.values_list("person", flat=True))
    return [words for person in people for words in acts_since(person, of, day)]


def _seats(party: Party, today: date) -> list[str]:
    seats = Seat.objects.on(today).filter(
        team__rests_on=party.agreement_id, organisation=party.organisation_id
    )
    return [str(seat) for seat in seats.exclude(person=None).in_order()]


def _contacts(party: Party, today: date) -> list[str]:
    rows = ContactPerson.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), party=party)
    return [f"{one.full_name}, {one.function}" for one in rows.order_by("from_on", "pk")]


def _roles(parties: list[Party], today: date) -> list[str]:
    """People let in for institutions that are then parties of nothing any more."""
    institutions = {one.organisation_id for one in parties if one.organisation_id}
    agreements = {one.agreement_id for one in parties}
    others = Party.objects.with_part(today).exclude(agreement__in=agreements)
    elsewhere = others.exclude(agreement__state__in=sorted(OVER)).values("organisation")
    held = RoleAssignment.objects.on(today).filter(role=Role.PARTY, organisation__in=institutions)
    rows = held.exclude(organisation__in=elsewhere.exclude(organisation=None))
    return [str(one.person) for one in rows.select_related("person").in_order()]
