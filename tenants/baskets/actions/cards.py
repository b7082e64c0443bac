"""Cards of services are begun, and say what else their owner has (REG §1.9, §3.2)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved, Taken, insert_once, save_edited
from tenants.baskets import perms
from tenants.baskets.models.cards import Card
from tenants.baskets.owners import owners_for
from tenants.baskets.standing import members_on
from tenants.baskets.workflow import INTEGRATING
from tenants.people.actions.invitations import publish_figures
from tenants.people.actions.organisations import locked_organisation
from tenants.people.models import Person
from tenants.teams.sides import chosen


@transaction.atomic
def begin(*, by: Actor, key: UUID, of: str) -> Card:
    """Begin the card of a kooperant, or of the Lider, for whom the person may."""
    owner = chosen(of, owners_for(Person.objects.acting(by), by.today))
    return _begun(by, Card(id=key, organisation_id=owner, begun_on=by.today))


@transaction.atomic
def begin_community(*, by: Actor, key: UUID, organisation_id: UUID) -> Card:
    """Begin the card of a resource of the community, which the Lider keeps (REG §3.1)."""
    organisation = locked_organisation(organisation_id)
    perms.keep_community.require(Person.objects.acting(by))
    if organisation.pk in members_on(by.today):
        raise ValidationError({"organisation": "To kooperant. Załóż mu zwykłą kartę usług."})
    card = Card(id=key, organisation=organisation, is_community=True, begun_on=by.today)
    return _begun(by, card)


def _begun(by: Actor, card: Card) -> Card:
    try:
        insert_once(card)
    except Taken:
        raise AlreadySaved(Card.objects.get(organisation=card.organisation_id)) from None
    told = record(by=by, verb="CARD_BEGUN", obj=card)
    publish_figures(Card, cause=told.pk)
    return card


def require_kept(card: Card) -> None:
    """Refuse a card that was made one with another."""
    if card.retired:
        raise Problem(
            "Tę kartę połączono z inną",
            f"Usługi tej instytucji są teraz na karcie {quoted(card.stays.owner)}.",
            clause=INTEGRATING,
            kept=NOTHING_SAVED,
            at=card.stays,
            action="Przejdź do karty",
        )


@transaction.atomic
def edit(*, by: Actor, card_id: UUID, version: int, values: dict[str, Any]) -> Card:
    """Say what people of the owner can do, and what it can lend; StaleForm if somebody was quicker."""
    card: Card = Card.objects.select_for_update().get(pk=card_id)
    perms.keep_card.require(Person.objects.acting(by), card)
    require_kept(card)
    changed = save_edited(card, version, values)
    record(by=by, verb="CARD_EDITED", obj=card, data={"fields": sorted(changed)})
    return card
