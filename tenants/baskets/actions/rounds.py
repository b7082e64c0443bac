"""Rounds in which owners confirm their services: opened at night, closed by the last answer (REG §3.5.a)."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.notifications import reminders
from kooperacja.notifications.base import send_line, send_mail
from kooperacja.notifications.reminders import Due, settle_reminders
from kooperacja.ui.polish import counted
from kooperacja.workflow import move
from kooperacja.writes import Taken, insert_once
from tenants.baskets.links import new_token
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service
from tenants.baskets.notifications import AskedCard, CardsToConfirm
from tenants.baskets.standing import answerable_on, due_on, of_today, unanswered_on
from tenants.baskets.told import Reader, office, readers
from tenants.baskets.workflow import CheckState
from tenants.services.confirming import SILENT_AFTER, latest_letter, turn_of

_RENEWED = (CheckState.OPEN, CheckState.DENIED)
_WAITING = ("usługa czeka", "usługi czekają", "usług czeka")


def to_open(day: date) -> list[UUID]:
    """Cards of kooperanci and the Lider with an unanswered service, of which nobody is asked yet."""
    asked = CardCheck.objects.exclude(state=CheckState.DONE).filter(card=OuterRef("pk"))
    waiting = unanswered_on(day).filter(of_today(day), card=OuterRef("pk"))
    cards = Card.objects.filter(Exists(waiting), ~Exists(asked)).order_by("begun_on", "pk")
    return list(cards.values_list("pk", flat=True))


@transaction.atomic
def open_round(*, by: Actor, card_id: UUID) -> None:
    """Ask the owner of a card; done twice, it is open once."""
    card = Card.objects.select_for_update().get(pk=card_id)
    if not unanswered_on(by.today).filter(card=card).exists():
        return
    check = CardCheck(card=card, opened_on=by.today)
    try:
        insert_once(check)
    except Taken:
        return
    record(by=by, verb="CARD_CHECK_OPENED", obj=check)


def to_renew(day: date) -> list[UUID]:
    """Rounds that were answered, whose card has something that is to be confirmed only since then.

    Whoever refused is asked again a year later.
    """
    answered = Max("card__services__answers__answered_on")
    waiting = unanswered_on(day).filter(card=OuterRef("card")).order_by("due_on").values("due_on")
    rows = CardCheck.objects.filter(state__in=_RENEWED).annotate(
        answered=answered, first=Subquery(waiting[:1])
    )
    is_new = Q(answered__gte=F("opened_on"), first__gt=F("answered"))
    rows = rows.filter(is_new | Q(state=CheckState.DENIED, first__isnull=False))
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def renew(*, by: Actor, check_id: UUID) -> None:
    """Close it, though a text is still to be mended: what follows is asked in a round of its own."""
    check = CardCheck.objects.select_for_update().get(pk=check_id)
    if check.state in _RENEWED:
        _close(by, check)


@transaction.atomic
def remind(*, day: date) -> None:
    """Write once to each person about all cards whose turn it is: at once and each two weeks.

    Four times at most about one round, and no more of what was answered.
    """
    asked = defaultdict[str, list[tuple[Reader, CardCheck, AskedCard]]](list)
    rows = CardCheck.objects.filter(of_today(day), state=CheckState.OPEN)
    waiting = Counter(unanswered_on(day).order_by().values_list("card", flat=True))
    for check in rows.select_for_update(of=("self",)).select_related("card__organisation"):
        if not waiting[check.card_id]:
            continue
        card = check.card
        about = AskedCard(card.pk, card.owner, counted(waiting[card.pk], *_WAITING))
        to = readers(card)
        turn = Due(
            CardsToConfirm((about,)),
            occasion=f"card-check:{turn_of(check.opened_on, day)}",
            to=[one.recipient for one in to],
            runs=office(SYSTEM),
        )
        if reminders.take_turn(check.pk, turn):
            send_line(turn.message, to=turn.to, dedupe=f"{turn.occasion}:{check.pk}")
            for one in to:
                asked[one.recipient.key].append((one, check, about))
    for turns in asked.values():
        _write(turns, day)


def _write(turns: list[tuple[Reader, CardCheck, AskedCard]], day: date) -> None:
    """One mail to one person, with a link of its own for each card."""
    cards = tuple(
        replace(about, token=new_token(check, reader.email, reader.name))
        for reader, check, about in turns
    )
    send_mail(CardsToConfirm(cards), to=turns[0][0].recipient, dedupe=f"cards-to-confirm:{day}")


def to_silence(day: date) -> list[UUID]:
    """Rounds in which something is not answered two weeks after the last letter."""
    rows = CardCheck.objects.filter(
        # Whoever left meanwhile and came back is written to once more before.
        ~reminders.lately(OuterRef("pk"), latest_letter(day)),
        of_today(day),
        state=CheckState.OPEN,
        opened_on__lte=day - SILENT_AFTER,
    )
    waiting = unanswered_on(day).filter(card=OuterRef("card"))
    return list(rows.filter(Exists(waiting)).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def give_up(*, by: Actor, check_id: UUID) -> None:
    """There is no contact: four letters and two weeks more brought nothing."""
    check = CardCheck.objects.select_for_update().get(pk=check_id)
    if check.state == CheckState.OPEN:
        move(check, CheckState.SILENT, by=by, on=by.today)


def settle(by: Actor, service: Service) -> None:
    """Close the round of its card once nothing of it is left to be confirmed.

    One in which nobody was to be found, or would answer, is closed by any answer about all of it.
    """
    rows = CardCheck.objects.select_for_update().filter(card=service.card_id)
    check = rows.exclude(state=CheckState.DONE).first()
    if check is None:
        return
    left = due_on(by.today) if check.state == CheckState.OPEN else answerable_on(by.today)
    if not left.filter(card=service.card_id).exists():
        _close(by, check)


def close_of(by: Actor, card: Card) -> None:
    """Nothing of a card is asked any more."""
    for check in CardCheck.objects.select_for_update().filter(card=card):
        if check.state != CheckState.DONE:
            _close(by, check)


def _close(by: Actor, check: CardCheck) -> None:
    move(check, CheckState.DONE, by=by, on=by.today, closed_on=by.today)
    settle_reminders(check.pk)
