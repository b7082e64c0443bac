"""The progress of each card in a campaign, and the next step of the office (REG §3.5.a)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
)

from kooperacja.notifications import reminders
from kooperacja.ui.polish import counted, pl_date, sort_key
from tenants.baskets.models.adoptions import OWN
from tenants.baskets.models.answers import Answer
from tenants.baskets.models.campaigns import Campaign, Progress
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.dues import DueDay
from tenants.baskets.models.services import Service
from tenants.baskets.standing import answers_since_due, of_lead, of_today
from tenants.baskets.workflow import CheckState
from tenants.services.confirming import How

_LETTERS = ("wiadomość", "wiadomości", "wiadomości")


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of the office about a card, and its page; without one it waits."""

    words: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class CardProgress:
    """A card in a campaign: how many of its services are settled, and how its owner was reached."""

    card: Card
    progress: Progress
    services: int
    settled: int
    contact: str
    step: Step = Step()
    waits: bool = False  # for an answer


def cards_of(campaign: Campaign, day: date) -> list[CardProgress]:
    """Cards with something to be confirmed in a campaign, by their owners.

    Those of one that has finished stand as on its last day.
    """
    found = _then(campaign) if campaign.has_finished else _now(campaign, day)
    return sorted(found, key=lambda one: (sort_key(one.card.owner), one.card.pk))


def _then(campaign: Campaign) -> Iterator[CardProgress]:
    for one in campaign.cards.select_related("card__organisation"):
        progress = Progress(one.progress)
        yield CardProgress(one.card, progress, one.services, one.settled, one.contact)


def _now(campaign: Campaign, day: date) -> Iterator[CardProgress]:
    services = defaultdict[UUID, list[Any]](list)
    for service in _services(campaign, day):
        services[service.card_id].append(service)
    checks = {check.card_id: check for check in _checks(campaign, services)}
    for card, of in services.items():
        yield _come(campaign, of, checks.get(card), day)


def _services(campaign: Campaign, day: date) -> Any:
    """Services due by the last day of a campaign, also those that were confirmed since its first."""
    later = DueDay.objects.filter(
        service=OuterRef("service"), pk__gt=OuterRef("pk"), from_on__lt=campaign.from_on
    )
    was_due = DueDay.objects.filter(
        ~Exists(later), service=OuterRef("pk"), due_on__lte=campaign.until_on
    )
    said = answers_since_due(OuterRef("pk"), OuterRef("due_on"), day).order_by("-pk")
    rows = Service.objects.filter(
        of_today(day),
        OWN,
        Q(due_on__lte=campaign.until_on) | Exists(was_due),
        Q(ended_on=None) | Q(ended_on__gte=campaign.from_on),
    )
    return (
        rows.annotate(
            is_of_lead=ExpressionWrapper(of_lead(day), BooleanField()),
            said=Subquery(said.values("answer")[:1]),
            said_how=Subquery(said.values("how")[:1]),
            said_on=Subquery(said.values("answered_on")[:1]),
        )
        .select_related("card__organisation")
        .order_by("due_on", "pk")
    )


def _checks(campaign: Campaign, cards: Iterable[UUID]) -> Any:
    """The rounds of these cards in the time of a campaign, the newest of a card last."""
    of_it = ~Q(state=CheckState.DONE) | Q(closed_on__gte=campaign.from_on)
    rows = CardCheck.objects.filter(of_it, card__in=list(cards))
    return (
        rows.annotate(
            letters=reminders.times(OuterRef("pk")), is_over=reminders.over(OuterRef("pk"))
        )
        .prefetch_related("calls")
        .order_by("opened_on", "pk")
    )


def _come(campaign: Campaign, of: list[Any], check: Any, day: date) -> CardProgress:
    left = [one for one in of if not _is_settled(one, campaign, day)]
    waiting = [one for one in left if not one.said]
    since = [one for one in of if one.confirmed_on and one.confirmed_on >= campaign.from_on]
    confirmed = [one for one in since if one not in left]
    progress = _progress(of, left, check)
    return CardProgress(
        of[0].card,
        progress,
        services=len(of),
        settled=len(of) - len(left),
        contact="; ".join(_contacts(of, confirmed, check)),
        step=_step(left, waiting, check, day),
        waits=bool(waiting) and progress != Progress.SILENT,
    )


def _is_settled(service: Any, campaign: Campaign, day: date) -> bool:
    """It has ended, is confirmed until after the campaign, or was confirmed in it and waits for no more."""
    if service.is_over(day) or service.due_on is None or service.due_on > campaign.until_on:
        return True
    return bool(service.due_on > day and service.confirmed_on >= campaign.from_on)


def _progress(of: list[Any], left: list[Any], check: Any) -> Progress:
    said = {one.said for one in left}
    if not left:
        return Progress.DONE
    if said == {Answer.DENIED}:
        return Progress.DENIED
    if None in said and check and check.state == CheckState.SILENT:
        return Progress.SILENT
    has_begun = len(left) < len(of) or said != {None} or (check and check.calls.all())
    return Progress.BEGUN if has_begun else Progress.TODO


def _contacts(of: list[Any], confirmed: list[Any], check: Any) -> Iterator[str]:
    """Letters, attempts without an answer, and the ways in which answers came."""
    if check and check.letters:
        yield counted(check.letters, *_LETTERS)
    for call in check.calls.all() if check else ():
        yield f"bez odpowiedzi: {call.get_how_display()}, {pl_date(call.called_on)}"
    told = {
        f"{'odmowa' if one.said == Answer.DENIED else 'odpowiedź'}: "
        f"{How(one.said_how).label}, {pl_date(one.said_on)}"
        for one in of
        if one.said
    }
    told |= {
        f"odpowiedź: {one.get_confirmed_how_display()}, {pl_date(one.confirmed_on)}"
        for one in confirmed
    }
    yield from sorted(told)


def _step(left: list[Any], waiting: list[Any], check: Any, day: date) -> Step:
    if not left:
        return Step()
    card = left[0].card
    if not waiting:
        return Step("zobacz kartę", card.url)
    if waiting[0].due_on > day:
        return Step(f"termin {pl_date(waiting[0].due_on)}")
    if check is None:
        return Step("napiszemy w nocy")
    if check.is_over and check.state == CheckState.OPEN and not left[0].is_of_lead:
        return Step("zadzwoń", check.call_url)
    return Step("wpisz odpowiedź", card.url_of("check"))
