"""Whom messages of the basket reach: who speaks for a kooperant, the office, all members."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.notifications.base import Recipient
from tenants.baskets.models.answers import CheckLink
from tenants.baskets.models.cards import Card
from tenants.baskets.standing import is_of_lead, members_on
from tenants.people.actions.invitations import address_of, holders, recipients
from tenants.people.models import RoleAssignment
from tenants.people.perms import OFFICE, OUTSIDE, VOICES
from tenants.registry.roles import OFFICE_ROLES


def office(by: Actor) -> list[Recipient]:
    """Whoever keeps the basket, but for the one who acts."""
    return recipients(holders(by, *OFFICE))


def voices(by: Actor, card: Card) -> list[Recipient]:
    """Whoever speaks for the kooperant of a card, but for the one who acts; of the Lider's nobody."""
    return voices_of(by, card.organisation_id) if card.organisation_id else []


def voices_of(by: Actor, organisation_id: UUID) -> list[Recipient]:
    return recipients(holders(by, *VOICES, organisation_id=organisation_id))


def reads(link: CheckLink, card: Card) -> bool:
    """The address of a link is still one at which the owner of the card is asked."""
    return link.email.lower() in {one.email.lower() for one in readers(card)}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is asked about a card; without a name where several read that mailbox."""

    recipient: Recipient
    email: str
    name: str


def readers(card: Card) -> list[Reader]:
    """Those who speak for the owner of a card, or else the mailbox of the institution.

    Of a card that the Lider keeps its office is asked.
    """
    shared = card.organisation.email if card.organisation else ""
    if is_of_lead(card, SYSTEM.today):
        people = holders(SYSTEM, *OFFICE)
    else:
        people = holders(SYSTEM, *VOICES, organisation_id=card.organisation_id)
    found = [(person, address_of(person)) for person in people]
    times = Counter(email.lower() for _, email in found)
    asked = {
        email.lower(): Reader(
            recipients([person])[0],
            email,
            "" if times[email.lower()] > 1 or email.lower() == shared.lower() else person.full_name,
        )
        for person, email in found
        if email
    }
    if not asked and shared:
        return [Reader(Recipient(email=shared), shared, "")]
    return list(asked.values())


def members(by: Actor) -> list[Recipient]:
    """People of the Lider and of today's kooperanci, but for the one who acts (REG §3.4)."""
    here = Q(organisation__in=members_on(by.today)) | Q(role__in=OFFICE_ROLES)
    held = RoleAssignment.objects.on(by.today).filter(here).exclude(role__in=OUTSIDE)
    people = {row.person_id: row.person for row in held.select_related("person").order_by("pk")}
    return recipients(person for pk, person in people.items() if pk != by.person_id)
