"""Quality of the descriptions on cards, by what their owners said last (REG §3.2)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.standing import is_silent, said_of, silent_cards
from tenants.services.score import Described, Score, score


def score_of(service: Service, said: ServiceEntry, day: date, *, silent: Collection[UUID]) -> Score:
    """The quality of what was said of a service."""
    described = Described(
        name=said.name,
        about=said.about,
        type_code=said.type_code,
        groups=tuple(said.groups),
        ways=tuple(said.ways),
        has_hours=said.hours is not None or bool(said.hours_about),
        has_contact=bool(said.phone or said.email),
        is_silent=is_silent(service, silent),
        access=said.access,
        cost=said.cost,
        cost_about=said.cost_about,
        features=said.features,
        is_protected=said.is_protected,
        due_on=service.due_on,
        counted_on=said.counted_on,
        is_new=service.reviewed_on is None,
    )
    return score(described, day)


def scores_of(
    card: Card, services: Iterable[tuple[Service, ServiceEntry]], day: date
) -> dict[UUID, Score]:
    """The quality of each service of a card that is given still."""
    silent = silent_cards()
    return {
        service.pk: score_of(service, said, day, silent=silent)
        for service, said in services
        if not service.is_over(day)
    }


def points_of(scores: Iterable[Score]) -> int | None:
    """The points of a card: of its services on average; None where it has none."""
    points = [one.points for one in scores]
    return round(sum(points) / len(points)) if points else None


def points_of_cards(cards: Iterable[Card], day: date) -> dict[UUID, int | None]:
    """The points of each of these cards that has a service."""
    silent, scores = silent_cards(), defaultdict[UUID, list[Score]](list)
    for service, said in said_of(*cards):
        if not service.is_over(day):
            one = score_of(service, said, day, silent=silent)
            scores[service.card_id].append(one)
    return {card_id: points_of(found) for card_id, found in scores.items()}
