"""Public pages of the types of services: all of them, one, and both files for programs (REG §5.1.g)."""

from collections.abc import Callable
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import etag, require_safe

from kooperacja.ui.forms import SearchForm, is_search_wrong
from kooperacja.ui.polish import typo
from kooperacja.ui.tables import Column, Table
from region.directory import skos
from tenants.services.finding import found
from tenants.services.types import ServiceType, areas
from tenants.services.vocabulary import known_types, type_of

_COLUMNS = (
    Column(
        "typ",
        "Typ usługi",
        lambda one: typo(capfirst(one.name)),
        href=lambda one: reverse("directory:type", args=[one.code]),
        is_header=True,
    ),
    Column("opis", "Na czym polega", lambda one: typo(one.about)),
    Column("nazwy", "Inne nazwy", lambda one: typo(", ".join(one.synonyms))),
    Column("obszar", "Obszar", lambda one: typo(one.area.name)),
)
_NONE = (
    "Nie znamy takiej usługi. Napisz inaczej albo wybierz „Wyczyść”, a zobaczysz wszystkie typy."
)


@require_safe
def all_types(request: HttpRequest) -> HttpResponse:
    """All types by area, or those that the words may mean."""
    form = SearchForm(request.GET)
    words = form.chosen.get("szukaj", "")
    rows = found(words) if words else []
    values = {
        "form": form,
        "is_search": bool(words) or is_search_wrong(form),
        "table": Table(request, rows, _COLUMNS, "Znalezione typy usług", empty=_NONE),
        "areas": [(area, _offered(area.code)) for area in areas()],
    }
    return render(request, "directory/types.html", values)


@require_safe
def one_type(request: HttpRequest, code: str) -> HttpResponse:
    """A type with the other words for it and its neighbours."""
    one = type_of(code)
    if one is None:
        raise Http404
    values = {
        "one": one,
        "uri": skos.type_uri(code),
        "see_also": [type_of(other) for other in one.see_also],
        "broader": type_of(one.broader),
        "narrower": [other for other in _offered(one.area.code) if other.broader == code],
        "beside": [other for other in _offered(one.area.code) if other != one],
    }
    return render(request, "directory/type.html", values)


def _offered(area: str) -> list[ServiceType]:
    """The types of an area that a service may be given."""
    return [one for one in known_types() if one.area.code == area and not one.is_ended]


def vocabulary_file(
    content: Callable[[], str], content_type: str
) -> Callable[[HttpRequest], HttpResponse]:
    """A file of the vocabulary, not sent again to whoever has it."""

    @require_safe
    @etag(lambda request: sha256(content().encode()).hexdigest())
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(content(), content_type=content_type)

    return view


TURTLE = (skos.turtle, "text/turtle; charset=utf-8")
JSON_LD = (skos.json_ld, "application/ld+json")
types_ttl, types_jsonld = vocabulary_file(*TURTLE), vocabulary_file(*JSON_LD)
