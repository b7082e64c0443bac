"""The owner answers for all due services of a card at once; the office notes whom it can't reach (§3.5.a)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.reminders import settle_reminders
from kooperacja.ui.problems import NOTHING_SAVED, Missing, Problem
from kooperacja.workflow import move
from kooperacja.writes import AlreadySaved, insert_once
from tenants.baskets import perms
from tenants.baskets.actions import reports, services
from tenants.baskets.actions.rounds import settle
from tenants.baskets.links import OPENS_DAYS, opened
from tenants.baskets.models.answers import Answer, CheckAnswer, CheckLink
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck, CheckCall
from tenants.baskets.models.services import Service
from tenants.baskets.said import said_in
from tenants.baskets.standing import answerable_on, unanswered_on
from tenants.baskets.told import reads
from tenants.baskets.workflow import UPDATING, CheckState
from tenants.people.followers import follow
from tenants.people.models import Person
from tenants.services.confirming import ENOUGH_CALLS, How

_DENIED = "Instytucja odpowiedziała, że to nie jej usługa."


@dataclass(frozen=True, slots=True)
class Said:
    """An answer about one service, with the words of a change."""

    answer: str
    text: str = ""


Answers = Mapping[UUID, Said]


@transaction.atomic
def answer(*, by: Actor, card_id: UUID, how: str, answers: Answers) -> Card:
    """Confirm or end due services that are named; what else is said of them waits for its keepers."""
    card: Card = Card.objects.select_for_update().get(pk=card_id)
    perms.keep_card.require(Person.objects.acting(by), card)
    _take(by, card, how, answers)
    return card


@transaction.atomic
def answer_by_link(*, by: Actor, link_id: UUID, answers: Answers) -> CardCheck:
    """The same by the link of a mail, without signing in; a Problem where all was answered before."""
    card_id = CheckLink.objects.values_list("check_round__card", flat=True).get(pk=link_id)
    card = Card.objects.select_for_update().get(pk=card_id)
    link = opened(link_id)
    if link is None or not reads(link, card):
        raise no_such_link()
    if not _take(by, card, How.OWNER, answers):
        raise answered_before(card, link.check_round)
    return link.check_round


def _take(by: Actor, card: Card, how: str, answers: Answers) -> int:
    """Take each answer about a service that still waits for one; tells how many were taken."""
    # All of them first: whoever confirms one elsewhere holds it before the round of the card.
    due = answerable_on(by.today).filter(card=card).order_by("pk").select_for_update(of=("self",))
    taken = [(service, said) for service in due if (said := answers.get(service.pk))]
    for service, said in taken:
        _note(by, service, said.answer, how)
        _follow(by, service, how, said)
    return len(taken)


def _note(by: Actor, service: Service, answer: str, how: str) -> None:
    CheckAnswer.objects.create(
        service=service, answer=answer, how=how, answered_on=by.today, by_name=by.name[:200]
    )


def _follow(by: Actor, service: Service, how: str, said: Said) -> None:
    """Confirm a service that is as described, end one that is over, tell its keepers of the rest."""
    if said.answer == Answer.TRUE:
        services.confirm_kept(by, service, how)
    elif said.answer == Answer.ENDED:
        services.end_kept(by, service, by.today, said.text)
    else:
        record(by=by, verb="SERVICE_ANSWERED", obj=service)
        denied = _DENIED if said.answer == Answer.NOT_OURS else ""
        if words := " ".join(filter(None, (denied, said.text))):
            reports.report_kept(by, service, uuid7(), words)
        settle(by, service)


def no_such_link() -> Missing:
    """The answer to a link that opens nothing, or nothing any more."""
    return Missing(
        "Ten odnośnik nie działa",
        f"Odnośnik działa {OPENS_DAYS.days} dni i tylko na adres, na który go wysłano. Jeśli masz "
        "konto, zaloguj się i potwierdź usługi na ich karcie. Jeśli nie, poproś ośrodek.",
    )


def answered_before(card: Card, check: CardCheck) -> Problem:
    """Tells whoever answers again who did so before, and when."""
    return Problem(
        "Te usługi są już potwierdzone",
        " ".join(told for _, told in said_in(card, check)),
        clause=UPDATING,
        kept=NOTHING_SAVED,
    )


@transaction.atomic
def call(*, by: Actor, check_id: UUID, key: UUID, how: str) -> CardCheck:
    """Note an attempt of which nothing came; after the second one there is no contact."""
    check: CardCheck = CardCheck.objects.select_for_update().get(pk=check_id)
    perms.review.require(Person.objects.acting(by))
    insert_once(
        CheckCall(id=key, check_round=check, called_on=by.today, how=how, by_name=by.name[:200])
    )
    require_no_answer(check)
    record(by=by, verb="CARD_CALLED", obj=check)
    if check.state == CheckState.OPEN and check.calls.count() >= ENOUGH_CALLS:
        move(check, CheckState.SILENT, by=by, on=by.today)
        follow(CardCheck)
    return check


@transaction.atomic
def deny(*, by: Actor, check_id: UUID, how: str) -> CardCheck:
    """Note that an institution won't answer; nobody writes to it of the same for a year."""
    card_id = CardCheck.objects.values_list("card", flat=True).get(pk=check_id)
    card = Card.objects.select_for_update().get(pk=card_id)
    perms.review.require(Person.objects.acting(by))
    due = unanswered_on(by.today).filter(card=card).order_by("pk").select_for_update(of=("self",))
    services_due = list(due)
    check: CardCheck = CardCheck.objects.select_for_update().get(pk=check_id)
    if check.state == CheckState.DENIED:
        raise AlreadySaved(check)
    require_no_answer(check)
    for service in services_due:
        _note(by, service, Answer.DENIED, how)
    move(check, CheckState.DENIED, by=by, on=by.today)
    settle_reminders(check.pk)
    follow(CardCheck)
    return check


def require_no_answer(check: CardCheck) -> None:
    """Raise that its institution has answered: that all is confirmed, or that it won't say."""
    if check.state == CheckState.DONE:
        said = "Usługi z tej karty są potwierdzone."
    elif check.state == CheckState.DENIED:
        said = "Odmówiła potwierdzenia usług z tej karty. Zapytamy ją znowu za rok."
    else:
        return
    raise Problem(
        "Instytucja już odpowiedziała", said, clause=UPDATING, kept=NOTHING_SAVED, at=check
    )
