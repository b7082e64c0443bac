"""Two cards of one institution become one: which stays, and what becomes of each service (REG §3.3)."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, sent, step
from kooperacja.ui.polish import quoted
from tenants.baskets import perms
from tenants.baskets.actions import card_merges
from tenants.baskets.forms.card_merges import CardMergeForm
from tenants.baskets.models.merges import CardMerge
from tenants.baskets.two_cards import TwoCards
from tenants.baskets.views.cards import WAY, find_any
from tenants.baskets.workflow import INTEGRATING
from tenants.people.identity import PersonRequest
from tenants.people.models import Person


def _find(person: Person, pk: UUID, other: UUID) -> TwoCards:
    two = TwoCards(find_any(person, pk), find_any(person, other))
    if two.stays == two.goes or None in (card.organisation_id for card in two.both):
        raise Http404
    return two


@step(perms.merge_cards, _find)
def merge(request: PersonRequest, two: TwoCards) -> HttpResponse:
    """Each service of the card that goes, with three ways for it."""
    stays, goes = two.both
    return form_page(
        request,
        CardMergeForm(**sent(request), two=two),
        partial(card_merges.merge, by=request.actor, stays_id=stays.pk, goes_id=goes.pk),
        ready=partial(card_merges.require_mergeable, two, timezone.localdate()),
        said=f"Połączono karty. Została karta {quoted(stays.owner)}.",
        to=_next,
        back=goes.url,
        template="baskets/card_merge.html",
        title="Połączenie dwóch kart jednej instytucji",
        lead=f"Zostanie karta {quoted(stays.owner)}, a karta {quoted(goes.owner)} zniknie z list i z "
        f"katalogu ({INTEGRATING}). Niczego to nie potwierdza i nie usuwa.",
        two=two,
        otherwise=reverse("baskets:card_merge", args=[goes.pk, stays.pk]),
        crumbs=[*WAY, (goes.owner, goes.url)],
        last="Połączenie kart",
        submit="Połącz karty",
    )


def _next(merged: CardMerge) -> str:
    """The entries of both are made one next, where they are two still."""
    gone, stays = merged.source.organisation_id, merged.target.organisation_id
    return reverse("people:organisation_merge_with", args=[gone, stays])
