"""Resources that kooperanci and the Lider can lend, and what their people can do (REG §1.9, §3.2)."""

from django.db.models import Q
from django.http import HttpResponse
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone

from kooperacja.pages import list_page, page
from kooperacja.ui.forms import SearchForm
from kooperacja.ui.polish import sort_key
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.baskets.standing import of_today
from tenants.people.identity import PersonRequest
from tenants.services.wording import Phrase, words_in

_COLUMNS = (
    Column("kto", "Kto pomaga", "helper", is_header=True),
    Column("zasoby", "Zasoby do udostępnienia", lambda one: linebreaksbr(one.resources)),
    Column("kompetencje", "Kompetencje", lambda one: linebreaksbr(one.competences)),
)


@page(perms.see_resources)
def listing(request: PersonRequest) -> HttpResponse:
    """Cards on which something is said of either, by their owners' names."""
    form = SearchForm(request.GET)
    return list_page(
        request,
        Table(
            request,
            _found(form.chosen.get("szukaj", "")),
            _COLUMNS,
            "Zasoby i kompetencje",
            empty="Nikt nie ma na karcie tego, czego szukasz. Napisz inaczej, na przykład: sala.",
            nothing="Nikt nie wpisał jeszcze na swoją kartę zasobów ani kompetencji.",
        ),
        form,
        lead="Co kooperanci i Lider mogą udostępnić i co umieją ich pracownicy, według funkcji "
        f"({perms.see_resources.clause}). Każdy wpisuje to na swojej karcie usług.",
        crumbs=[("Koszyk usług", Service.LIST_PAGE)],
        last="Zasoby i kompetencje",
    )


def _found(phrase: str) -> list[Card]:
    told = ~Q(resources="") | ~Q(competences="")
    rows = Card.objects.filter(told, of_today(timezone.localdate(), card=""))
    cards = sorted(rows.select_related("organisation"), key=lambda one: sort_key(one.owner))
    if not phrase:
        return cards
    words = [words_in(one.owner, one.resources, one.competences) for one in cards]
    asked = Phrase(phrase, words)
    return [card for card, said in zip(cards, words, strict=True) if asked.is_in(said)]
