"""The basket of a day: kooperanci and their accepted services (REG §3.3)."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from kooperacja.ui.polish import polish_order
from tenants.baskets.models.adoptions import OWN
from tenants.baskets.models.answers import Answer, CheckAnswer
from tenants.baskets.models.cards import Card
from tenants.baskets.models.checks import CardCheck
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import CheckState, EntryState
from tenants.partnership.models import Membership, Partnership

_DENIED_FOR = timedelta(days=365)


def members_on(day: date) -> set[UUID]:
    """Kooperanci of a day."""
    return set(Membership.objects.on(day).values_list("organisation", flat=True))


def of_today(day: date, card: str = "card") -> Q:
    """The condition that a card is of a kooperant, or kept by the Lider of a partnership that works.

    `card` is the way to it; of cards themselves there is none.
    """
    way = f"{card}__" if card else ""
    own = Q(**{f"{way}organisation__in": Membership.objects.on(day).values("organisation")})
    return own if Partnership.is_dissolved() else own | of_lead(day, card)


def of_lead(day: date, card: str = "card") -> Q:
    """The condition that the Lider keeps a card: its own, or of a resource of the community."""
    members = Membership.objects.on(day).values("organisation")
    way = f"{card}__" if card else ""
    outside = Q(**{f"{way}is_community": True}) & ~Q(**{f"{way}organisation__in": members})
    return Q(**{f"{way}organisation": None}) | outside


def is_of_lead(card: Card, day: date) -> bool:
    """The Lider alone speaks for the owner of the card."""
    if card.organisation_id is None:
        return True
    return card.is_community and card.organisation_id not in members_on(day)


def belongs(service: Service, day: date) -> bool:
    """Its card is of a kooperant, or kept by the Lider of a partnership that works."""
    return Service.objects.filter(of_today(day), pk=service.pk).exists()


def entries_on(day: date) -> Iterator[ServiceEntry]:
    """The basket of a day: accepted by then, given still, of an owner who belongs here."""
    accepted = ServiceEntry.objects.filter(
        state__in=(EntryState.ACCEPTED, EntryState.REPLACED), decided_on__lte=day
    )
    newer = accepted.filter(service=OuterRef("service"), number__gt=OuterRef("number"))
    rows = accepted.filter(~Exists(newer), of_today(day, "service__card"))
    owners = rows.select_related("service__card__organisation", "service__adoption")
    for entry in owners.order_by(polish_order("name")):
        is_given = entry.valid_until is None or day <= entry.valid_until
        if is_given and not entry.service.is_over(day):
            yield entry


def due_on(day: date) -> "QuerySet[Service]":
    """Services that were to be confirmed again by a day; one that follows its master is confirmed there."""
    return Service.objects.filter(OWN, due_on__lte=day, ended_on=None)


def answerable_on(day: date) -> "QuerySet[Service]":
    """Those of them of which their owner has told nothing since; one who refused may still answer."""
    told = _answers(OuterRef("pk"), OuterRef("due_on")).exclude(answer=Answer.DENIED)
    return due_on(day).filter(~Exists(told))


def unanswered_on(day: date) -> "QuerySet[Service]":
    """Those of them that their owner is asked about."""
    answers = answers_since_due(OuterRef("pk"), OuterRef("due_on"), day)
    return due_on(day).filter(~Exists(answers))


def answers_since_due(service: Any, due: Any, day: date) -> "QuerySet[CheckAnswer]":
    """Answers for which nobody is asked about a service on a day; a refusal is one for a year."""
    return _answers(service, due).exclude(answer=Answer.DENIED, answered_on__lte=day - _DENIED_FOR)


def _answers(service: Any, due: Any) -> "QuerySet[CheckAnswer]":
    """Answers since it is to be confirmed; one moves that day, unless a text must follow."""
    return CheckAnswer.objects.filter(service=service, answered_on__gte=due)


def entries_of(services: Iterable[Service]) -> "QuerySet[ServiceEntry]":
    """The accepted description of each of these services, by name."""
    rows = ServiceEntry.objects.filter(service__in=services, state=EntryState.ACCEPTED)
    return rows.select_related("service__card__organisation").order_by("service__name", "pk")


def silent_cards() -> set[UUID]:
    """Cards whose owner could not be reached here; for each service ask `is_silent`."""
    rows = CardCheck.objects.filter(state=CheckState.SILENT)
    return set(rows.values_list("card", flat=True))


def is_silent(service: Service, cards: Collection[UUID]) -> bool:
    """Nobody was reached who confirms it: of one that follows its master, those who keep that."""
    if adoption := service.followed:
        return adoption.silent_since is not None
    return service.card_id in cards


def changing() -> set[UUID]:
    """Services of which their owner has told something that the Lider has not accepted."""
    rows = ServiceEntry.objects.filter(state__in=(EntryState.FILED, EntryState.RETURNED))
    return set(rows.values_list("service", flat=True))


def said_of(*cards: Card) -> list[tuple[Service, ServiceEntry]]:
    """Services of these cards, each with what was said of it last."""
    entries = Prefetch("entries", ServiceEntry.objects.order_by("-number"), to_attr="said")
    services: Any = Service.objects.filter(card__in=cards).prefetch_related(entries)
    return [(one, one.said[0]) for one in services.select_related("adoption")]
