"""Whom messages of the basket reach: who speaks for a kooperant, the office, all members."""

from django.db.models import Q

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Recipient
from tenants.baskets.models.cards import Card
from tenants.baskets.standing import members_on
from tenants.people.actions.invitations import holders, recipients
from tenants.people.models import RoleAssignment
from tenants.people.perms import OFFICE, OUTSIDE, VOICES
from tenants.registry.roles import OFFICE_ROLES


def office(by: Actor) -> list[Recipient]:
    """Whoever keeps the basket, but for the one who acts."""
    return recipients(holders(by, *OFFICE))


def voices(by: Actor, card: Card) -> list[Recipient]:
    """Whoever speaks for the kooperant of a card, but for the one who acts; of the Lider's nobody."""
    if card.organisation_id is None:
        return []
    return recipients(holders(by, *VOICES, organisation_id=card.organisation_id))


def members(by: Actor) -> list[Recipient]:
    """People of the Lider and of today's kooperanci, but for the one who acts (REG §3.4)."""
    here = Q(organisation__in=members_on(by.today)) | Q(role__in=OFFICE_ROLES)
    held = RoleAssignment.objects.on(by.today).filter(here).exclude(role__in=OUTSIDE)
    people = {row.person_id: row.person for row in held.select_related("person").order_by("pk")}
    return recipients(person for pk, person in people.items() if pk != by.person_id)
