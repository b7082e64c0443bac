"""Reasons against making two institutions one: each has a card of services."""

from collections.abc import Iterator

from django.urls import reverse

from kooperacja.ui.polish import quoted
from tenants.baskets.models.cards import Card
from tenants.people.models import Organisation
from tenants.people.references import Clash


def of_organisations(source: Organisation, target: Organisation) -> Iterator[Clash]:
    """One institution has one card; a retired one stays with the entry that goes."""
    rows = Card.objects.filter(organisation__in=(source, target)).select_related("merge")
    cards = {one.organisation_id: one for one in rows.order_by("pk")}
    goes, stays = cards.get(source.pk), cards.get(target.pk)
    if goes is None or stays is None or goes.retired:
        return
    if stays.retired:
        yield Clash(
            f"Karta usług, która została, jest przy wpisie {quoted(source)}. Połącz wpisy odwrotnie: "
            "niech zostanie ten.",
            reverse("people:organisation_merge_with", args=[target.pk, source.pk]),
            "Połącz odwrotnie",
        )
    else:
        yield Clash(
            "Obie mają kartę usług, a instytucja ma jedną. Najpierw połącz karty: wybierzesz, która "
            "zostaje i co będzie z każdą usługą.",
            reverse("baskets:card_merge", args=[stays.pk, goes.pk]),
            "Połącz karty usług",
        )
