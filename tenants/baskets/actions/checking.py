"""The owner answers for all due services of a card at once; the office notes whom it can't reach (§3.5.a)."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move
from kooperacja.writes import insert_once
from tenants.baskets import perms
from tenants.baskets.actions import services
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, CheckCall
from tenants.baskets.standing import due_on
from tenants.baskets.workflow import UPDATING, CheckState
from tenants.people.followers import follow
from tenants.people.models import Person

TRUE, CHANGED, ENDED = "TRUE", "CHANGED", "ENDED"
_ENOUGH_CALLS = 2


@transaction.atomic
def answer(*, by: Actor, card_id: UUID, how: str, answers: Mapping[UUID, str]) -> Card:
    """Confirm or end due services that are named; one that changed waits until its text is mended."""
    card: Card = Card.objects.select_for_update().get(pk=card_id)
    perms.keep_card.require(Person.objects.acting(by), card)
    # All of them first: whoever confirms one elsewhere holds it before the round of the card.
    due = due_on(by.today).filter(card=card).order_by("pk").select_for_update(of=("self",))
    for service_id in list(due.values_list("pk", flat=True)):
        said = answers.get(service_id)
        if said == TRUE:
            services.confirm(by=by, service_id=service_id, how=how)
        elif said == ENDED:
            services.end(by=by, service_id=service_id, ended_on=by.today, why="")
    return card


@transaction.atomic
def call(*, by: Actor, check_id: UUID, key: UUID, how: str) -> CardCheck:
    """Note an attempt of which nothing came; after the second one there is no contact."""
    check: CardCheck = CardCheck.objects.select_for_update().get(pk=check_id)
    perms.review.require(Person.objects.acting(by))
    insert_once(
        CheckCall(id=key, check_round=check, called_on=by.today, how=how, by_name=by.name[:200])
    )
    if check.state == CheckState.DONE:
        raise Problem(
            "Instytucja już odpowiedziała",
            "Usługi z tej karty są potwierdzone.",
            clause=UPDATING,
            kept=NOTHING_SAVED,
            at=check,
        )
    record(by=by, verb="CARD_CALLED", obj=check)
    if check.state == CheckState.OPEN and check.calls.count() >= _ENOUGH_CALLS:
        move(check, CheckState.SILENT, by=by, on=by.today)
        follow(CardCheck)
    return check
