"""A kooperant takes its card into the directory of the voivodeship, for all units at once (REG §3.2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.actions import ask_outside
from kooperacja.ui.polish import quoted
from kooperacja.ui.problems import NOTHING_DONE, Problem
from tenants.baskets import perms
from tenants.baskets.actions.cards import require_kept
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import ServiceEntry
from tenants.baskets.workflow import EntryState
from tenants.masters.outbox import BEGIN
from tenants.people.models import Person
from tenants.services.confirming import How
from tenants.services.described import facts_of
from tenants.services.vocabulary import vocabulary


@transaction.atomic
def begin(*, by: Actor, card_id: UUID, key: UUID) -> Card:
    """Ask that the card be kept in the directory by whoever acts, with its services of the basket.

    Where the REGON has a card there already, this asks to be let in to it, and brings nothing.
    """
    by.require_proof()
    card = (
        Card.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=card_id)
    )
    perms.begin_master.require(Person.objects.acting(by), card)
    require_kept(card)
    require_regon(card)
    assert card.organisation is not None
    payload = {
        "account_id": by.account_id,
        "by_name": by.name[:200],
        "name": card.organisation.name,
        "regon": card.organisation.regon,
        "services": [_said(entry) for entry in _of_basket(card, by.today)],
    }
    ask_outside(kind=BEGIN, payload=payload, dedupe=f"master-begin:{key}")
    record(by=by, verb="MASTER_BEGUN", obj=card)
    return card


def require_regon(card: Card) -> None:
    """Refuse a card whose owner no other unit could recognise."""
    if card.organisation is None or not card.organisation.regon:
        raise Problem(
            "Ta instytucja nie ma tu numeru REGON",
            "Po numerze REGON poznają ją inne jednostki. Poproś Lidera, żeby wpisał go do rejestru.",
            kept=NOTHING_DONE,
            at=card,
        )


def _of_basket(card: Card, day: date) -> list[ServiceEntry]:
    rows = ServiceEntry.objects.filter(service__card=card, state=EntryState.ACCEPTED)
    rows = rows.select_related("service").order_by("service__created_at", "pk")
    return [one for one in rows if not one.service.is_over(day)]


def _said(entry: ServiceEntry) -> dict[str, Any]:
    """The description, and its confirmation where the institution itself gave it."""
    service, shared = entry.service, vocabulary().shared(entry.type_code)
    if shared is None:
        raise Problem(
            f"Usługa {quoted(service.name)} ma rodzaj, który zna tylko ta jednostka",
            "Zmień jej rodzaj na taki z listy województwa.",
            kept=NOTHING_DONE,
            at=service,
        )
    is_own = service.confirmed_how == How.OWNER
    return {
        "id": service.pk,
        "cycle": service.cycle,
        "facts": facts_of(entry) | {"type_code": shared.code},
        "confirmed_on": service.confirmed_on if is_own else None,
        "confirmed_by_name": service.confirmed_by_name if is_own else "",
    }
