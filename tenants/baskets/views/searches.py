"""Searches that a reader keeps: one's own list, what is new in one, its name and its end (REG §3.4)."""

from functools import partial
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.polish import quoted
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import searches
from tenants.baskets.basket import seen_by
from tenants.baskets.forms.basket import BasketFilter
from tenants.baskets.forms.searches import (
    RenameSearchForm,
    SaveSearchForm,
    choices_of,
    words_of,
)
from tenants.baskets.models.searches import SavedSearch
from tenants.baskets.models.services import Service
from tenants.baskets.nearby import nearby
from tenants.baskets.wanted import YES
from tenants.people.identity import PersonRequest, visible

_BASKET = ("Koszyk usług", Service.LIST_PAGE)
_WAY = [_BASKET, ("Zapisane szukania", SavedSearch.LIST_PAGE)]
_find = visible(SavedSearch.objects.all(), perms.keep_search, "Nie ma takiego szukania")
_COLUMNS = (
    Column("nazwa", "Nazwa", "name", is_link=True, is_header=True, sort="name"),
    Column("nowe", "Nowe usługi", lambda one: len(one.news), is_number=True),
    Column("od", "Ostatnio nowe", "news_on", sort="news_on"),
    Column("zapisane", "Zapisane", "saved_on", sort="saved_on"),
)


@page(perms.see_basket)
def listing(request: PersonRequest) -> HttpResponse:
    return list_page(
        request,
        Table(
            request,
            SavedSearch.objects.filter(Q(account_id=request.user.pk)),
            _COLUMNS,
            "Zapisane szukania",
            default="-od",
            empty="Nie masz żadnego. W koszyku wybierz, czego szukasz, i naciśnij „Zapisz to szukanie”.",
        ),
        lead="Widzisz je tylko Ty. Gdy w koszyku pojawi się coś nowego, czego szukasz, powie o tym "
        "dzienne podsumowanie: najwyżej jedna wiadomość dziennie.",
        crumbs=[_BASKET],
        last="Zapisane szukania",
    )


@page(perms.keep_search, _find)
def show(request: PersonRequest, search: SavedSearch) -> HttpResponse:
    """The new services in it, of those that its reader may see now."""
    (rows,) = searches.found_by(request.person, [search])
    values = {
        "search": search,
        "words": words_of(_filter(request, search.choices), search.choices),
        "count": len(rows),
        "news": [one.entry for one in rows if str(one.entry.service_id) in search.news],
        "query": urlencode({name: _sent(one) for name, one in search.choices.items()}),
    }
    return render(request, "baskets/search.html", values)


@step(perms.see_basket)
def new(request: PersonRequest) -> HttpResponse:
    query = request.GET.urlencode()
    choices = choices_of(asked := _filter(request, request.GET))
    words = words_of(asked, choices)
    initial = {"query": query, "name": words[:100]}
    return form_page(
        request,
        SaveSearchForm(**sent(request), initial=initial, read=partial(_filter, request)),
        partial(searches.save_search, by=request.actor),
        said="Zapisano. O nowych usługach powie dzienne podsumowanie.",
        to=lambda search: search.url,
        title="Zapisz to szukanie",
        lead=f"Szukasz: {words}." if words else "",
        crumbs=_WAY,
        submit="Zapisz",
    )


@step(perms.keep_search, _find)
def rename(request: PersonRequest, search: SavedSearch) -> HttpResponse:
    initial = {"version": search.version, "name": search.name}
    return form_page(
        request,
        RenameSearchForm(**sent(request), initial=initial),
        partial(searches.rename_search, by=request.actor, search_id=search.pk),
        said="Zapisano nazwę.",
        to=search.url,
        title="Zmień nazwę",
        eyebrow=search.name,
        crumbs=[*_WAY, (search.name, search.url)],
    )


@step(perms.keep_search, _find)
def end(request: PersonRequest, search: SavedSearch) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(searches.end_search, by=request.actor, search_id=search.pk),
        said="Usunięto zapisane szukanie.",
        to=SavedSearch.list_url(),
        back=search.url,
        crumbs=[*_WAY, (search.name, search.url)],
        question=f"Usunąć szukanie {quoted(search.name)}?",
        consequence="O nowych usługach z tego szukania nie będzie już wiadomości.",
        undo="Takie samo szukanie można zapisać jeszcze raz.",
        button="Usuń",
        danger=False,
    )


def _filter(request: PersonRequest, data: QueryDict | dict[str, object]) -> BasketFilter:
    """The filter with the choices that its reader has in the basket."""
    all_seen = seen_by(partial(perms.reach_for, request.person), timezone.localdate())
    return BasketFilter(data, all_seen, nearby())


def _sent(choice: object) -> str:
    return choice if isinstance(choice, str) else YES
