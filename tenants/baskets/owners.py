"""Owners of cards: kooperanci of today and the Lider (REG §3.2)."""

from datetime import date

from django.db.models import QuerySet

from tenants.baskets.models.cards import Card
from tenants.baskets.standing import members_on
from tenants.people.models import Organisation, Person, holds
from tenants.people.perms import OFFICE, is_of_office, own_organisations, voiced_organisations
from tenants.teams.sides import Side


def owners_for(person: Person | None, day: date) -> set[Side]:
    """Those for whom the person may begin a card."""
    members = members_on(day)
    if holds(person, OFFICE):
        return {None, *members}
    return {one for one in voiced_organisations(person) if one in members}


def without_card(person: Person | None, day: date) -> set[Side]:
    """Those of them who have none yet."""
    owners = owners_for(person, day)
    return owners - set(Card.objects.values_list("organisation", flat=True)) if owners else owners


def outside(day: date) -> QuerySet[Organisation]:
    """Institutions of the register that are no kooperanci and have no card: a parish, a KGW, an OSP."""
    carded = Card.objects.exclude(organisation=None).values("organisation")
    rows = Organisation.objects.current().exclude(pk__in=carded)
    return rows.exclude(pk__in=members_on(day)).in_order()


def speaks_for(person: Person | None, card: Card) -> bool:
    """The person says what the owner of the card knows itself, and is not told by it."""
    if card.organisation_id is None:
        return holds(person, OFFICE)
    return card.organisation_id in voiced_organisations(person)


def sides_of(person: Person | None, day: date) -> set[Side]:
    """Institutions of the basket that the person works for: kooperanci, and the Lider (None)."""
    if person is None:
        return set()
    own: set[Side] = set(own_organisations(person) & members_on(day))
    return own | {None} if is_of_office(person) else own
