"""Whom messages about cards and services reach: who speaks for a kooperant, and the office."""

from uuid import UUID

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Recipient
from tenants.baskets.models.cards import Card
from tenants.people.actions.invitations import holders, recipients
from tenants.people.perms import OFFICE, VOICES


def office(by: Actor) -> list[Recipient]:
    """Whoever keeps the basket, but for the one who acts."""
    return recipients(holders(by, *OFFICE))


def voices(by: Actor, card: Card) -> list[Recipient]:
    """Whoever speaks for the kooperant of a card, but for the one who acts; of the Lider's nobody."""
    return voices_of(by, card.organisation_id) if card.organisation_id else []


def voices_of(by: Actor, organisation_id: UUID) -> list[Recipient]:
    return recipients(holders(by, *VOICES, organisation_id=organisation_id))
