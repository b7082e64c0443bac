"""Reasons against making two institutions one: each has a card of services."""

from collections.abc import Iterator

from tenants.baskets.models.cards import Card
from tenants.people.models import Organisation
from tenants.people.references import Clash


def of_organisations(source: Organisation, target: Organisation) -> Iterator[Clash]:
    """One institution has one card."""
    cards = list(Card.objects.filter(organisation__in=(source, target)).order_by("begun_on", "pk"))
    if len(cards) == 2:
        yield Clash(
            "Obie mają kartę usług, a może być jedna. Dopóki tak jest, wpisów nie można połączyć.",
            cards[0].url,
            "Przejdź do karty usług",
        )
