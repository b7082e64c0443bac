"""Likely duplicates in the basket, and what the Lider says of each (REG §3.3)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, sent, step
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import duplicates
from tenants.baskets.duplicates import Pair, in_order, likely
from tenants.baskets.forms.duplicates import FIRST, TWO, DuplicateForm
from tenants.baskets.models.services import Service
from tenants.baskets.said import changes
from tenants.baskets.standing import entries_on
from tenants.baskets.workflow import INTEGRATING
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_LISTED = "baskets:duplicates"
_WAY = [("Koszyk usług", Service.LIST_PAGE)]


def _named(entry: Any) -> str:
    return f"{entry.name} ({entry.service.card.owner})"


_COLUMNS = (
    Column(
        "pierwsza",
        "Usługa",
        lambda pair: _named(pair.first),
        href=lambda pair: reverse("baskets:duplicate", args=pair.keys),
        is_header=True,
    ),
    Column("druga", "Podobna do niej", lambda pair: _named(pair.second)),
    Column("dlaczego", "Co mają wspólnego", lambda pair: f"rodzaj, podobna nazwa, {pair.why}"),
)


@page(perms.review)
def listing(request: PersonRequest) -> HttpResponse:
    return list_page(
        request,
        Table(
            request,
            likely(entries_on(timezone.localdate())),
            _COLUMNS,
            "Możliwe powtórzenia",
            empty="Żadne dwie usługi w koszyku nie wyglądają na tę samą.",
        ),
        lead="Usługi, które mogły trafić do koszyka dwa razy. Nic nie połączy się samo "
        f"({INTEGRATING}).",
        crumbs=_WAY,
        last="Możliwe powtórzenia",
    )


def _find(person: Person, pk: UUID, other: UUID) -> Pair:
    entries = (one for one in entries_on(timezone.localdate()) if one.service_id in (pk, other))
    found = {one.service_id: one for one in entries}
    if len(found) != 2 or (pk, other) != in_order(pk, other):
        raise Http404
    return Pair(found[pk], found[other], "")


@step(perms.review, _find)
def decide(request: PersonRequest, pair: Pair) -> HttpResponse:
    """Both beside each other, and three answers."""

    def act(verdict: str) -> Service:
        first, second = pair.keys
        if verdict == TWO:
            return duplicates.tell_apart(by=request.actor, first=first, second=second)
        source, target = (second, first) if verdict == FIRST else (first, second)
        return duplicates.merge(by=request.actor, source_id=source, target_id=target)

    return form_page(
        request,
        DuplicateForm(**sent(request), pair=pair),
        act,
        said="Zapisano.",
        to=lambda service: reverse(_LISTED),
        back=reverse(_LISTED),
        template="baskets/duplicate.html",
        title="Czy to ta sama usługa?",
        lead="Usługa, która się skończy, zaprowadzi każdego do tej, która zostaje. Dzień "
        "potwierdzenia żadnej z nich się nie zmieni.",
        pair=pair,
        lines=changes(pair.first, pair.second, timezone.localdate()),
        crumbs=[*_WAY, ("Możliwe powtórzenia", _LISTED)],
        submit="Zapisz",
    )
