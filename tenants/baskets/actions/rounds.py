"""Rounds in which owners confirm their services: opened at night, closed by the last answer (REG §3.5.a)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.notifications import reminders
from kooperacja.notifications.reminders import Due, settle_reminders
from kooperacja.ui.polish import counted
from kooperacja.workflow import move
from kooperacja.writes import Taken, insert_once
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.notifications import CardToConfirm
from tenants.baskets.standing import due_on, is_of_lead, of_today
from tenants.baskets.told import office, voices
from tenants.baskets.workflow import CheckState

_EVERY_DAYS = 14
_WAITING = ("usługa czeka", "usługi czekają", "usług czeka")


def to_open(day: date) -> list[UUID]:
    """Cards of kooperanci and the Lider with a service to be confirmed, of which nobody is asked yet."""
    asked = CardCheck.objects.exclude(state=CheckState.DONE).filter(card=OuterRef("pk"))
    due = due_on(day).filter(of_today(day), card=OuterRef("pk"))
    cards = Card.objects.filter(Exists(due), ~Exists(asked)).order_by("begun_on", "pk")
    return list(cards.values_list("pk", flat=True))


@transaction.atomic
def open_round(*, by: Actor, card_id: UUID) -> None:
    """Ask the owner of a card; done twice, it is open once."""
    card = Card.objects.select_for_update().get(pk=card_id)
    if not due_on(by.today).filter(card=card).exists():
        return
    check = CardCheck(card=card, opened_on=by.today)
    try:
        insert_once(check)
    except Taken:
        return
    record(by=by, verb="CARD_CHECK_OPENED", obj=check)


def to_remind(day: date) -> list[UUID]:
    """Rounds in which something is still to be answered, by somebody who belongs here."""
    rows = CardCheck.objects.filter(of_today(day), state=CheckState.OPEN)
    rows = rows.order_by("opened_on", "pk")
    return list(rows.values_list("pk", flat=True))


def remind(*, check_id: UUID, day: date) -> None:
    """Write to the owner on the day it was opened and each two weeks, four times at most."""
    reminders.remind(check_id, lambda: _reminder(check_id, day))


def _reminder(check_id: UUID, day: date) -> Due | None:
    check = CardCheck.objects.select_for_update().get(pk=check_id)
    count = due_on(day).filter(card=check.card_id).count()
    if check.state != CheckState.OPEN or not count:
        return None
    card = Card.objects.select_related("organisation").get(pk=check.card_id)
    stage = (day - check.opened_on).days // _EVERY_DAYS
    return Due(
        CardToConfirm(card.pk, owner=card.owner, services=counted(count, *_WAITING)),
        occasion=f"card-check:{stage}",
        to=office(SYSTEM) if is_of_lead(card, day) else voices(SYSTEM, card),
        runs=office(SYSTEM),
    )


def settle(by: Actor, service: Service) -> None:
    """Close the round of its card once nothing of it is left to be confirmed."""
    rows = CardCheck.objects.select_for_update().filter(card=service.card_id)
    check = rows.exclude(state=CheckState.DONE).first()
    if check is None or due_on(by.today).filter(card=service.card_id).exists():
        return
    move(check, CheckState.DONE, by=by, on=by.today, closed_on=by.today)
    settle_reminders(check.pk)
