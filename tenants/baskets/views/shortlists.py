"""Shortlists for a family: picked from the basket, put in order, printed (REG §3.4)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.documents.drawing import FORMATS, drawn
from kooperacja.pages import form_page, list_page, page, row, sent, step
from kooperacja.ui.files import file_response
from kooperacja.ui.polish import localtime
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import shortlists
from tenants.baskets.basket import chosen
from tenants.baskets.family import FAMILY_LIST, POLISH, WORDS, named, offered, picked, printed, told
from tenants.baskets.forms.shortlists import NewShortlistForm, OrderForm, PickFilter, PickForm
from tenants.baskets.models.services import Service
from tenants.baskets.models.shortlists import Shortlist
from tenants.baskets.said import Seen
from tenants.partnership.models import Partnership
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

_BASKET = ("Koszyk usług", Service.LIST_PAGE)
_WAY = [_BASKET, ("Listy dla rodzin", Shortlist.LIST_PAGE)]
_find = row(Shortlist)
_COLUMNS = (
    Column("numer", "Numer", "number", is_link=True, is_header=True, sort="number"),
    Column("uslugi", "Usługi", "count", is_number=True),
    Column("zmieniona", "Zmieniona", "changed_on", sort="changed_on"),
)


@page(perms.see_basket)
def listing(request: PersonRequest) -> HttpResponse:
    return list_page(
        request,
        Table(
            request,
            Shortlist.objects.annotate(count=Count("items")),
            _COLUMNS,
            "Listy dla rodzin",
            default="-zmieniona",
            empty="Nie ma teraz żadnej listy.",
        ),
        lead="Usługi wybrane dla rodziny, do wydrukowania dużym drukiem. Lista ma tylko numer: "
        f"nie ma w niej żadnych danych o rodzinie. Po {Shortlist.DAYS} dniach bez zmian znika.",
        crumbs=[_BASKET],
        last="Listy dla rodzin",
        add=[("Nowa lista", "baskets:shortlist_new", perms.see_basket)],
    )


@step(perms.see_basket)
def new(request: PersonRequest) -> HttpResponse:
    filters, rows = _to_pick(request)
    return _pick_page(
        request,
        NewShortlistForm(**sent(request), offered=rows),
        partial(shortlists.begin, by=request.actor),
        filters,
        title="Nowa lista dla rodziny",
        back=Shortlist.list_url(),
        crumbs=_WAY,
        submit="Zrób listę",
    )


@step(perms.see_basket, _find)
def add(request: PersonRequest, shortlist: Shortlist) -> HttpResponse:
    filters, rows = _to_pick(request)
    return _pick_page(
        request,
        PickForm(**sent(request), offered=rows),
        partial(shortlists.add, by=request.actor, shortlist_id=shortlist.pk),
        filters,
        title="Dodaj usługi do listy",
        eyebrow=str(shortlist),
        back=shortlist.url,
        crumbs=[*_WAY, (str(shortlist), shortlist.url)],
        submit="Dodaj do listy",
    )


def _to_pick(request: PersonRequest) -> tuple[PickFilter, list[Seen]]:
    """The services that were looked for; of what is sent any may be among them."""
    today = timezone.localdate()
    filters, rows = PickFilter(request.GET), list(offered(today))
    if request.method == "POST":
        return filters, rows
    return filters, chosen(rows, filters.wanted, localtime(timezone.now()))


def _pick_page(
    request: PersonRequest, form: Any, act: Any, filters: PickFilter, **shown: Any
) -> HttpResponse:
    return form_page(
        request,
        form,
        act,
        said="Zapisano listę.",
        to=lambda shortlist: shortlist.url,
        template="baskets/shortlist_pick.html",
        filters=filters,
        lead=f"Najwyżej {Shortlist.MOST} usług; trzy mieszczą się na jednej stronie. Nie ma tu usług, "
        "które mają przerwę, ani tych, z którymi nie ma kontaktu.",
        **shown,
    )


@page(perms.see_basket, _find)
def show(request: PersonRequest, shortlist: Shortlist) -> HttpResponse:
    """The list as the family reads it: in plain Polish, in Ukrainian or easy to read."""
    wanted = request.GET.get("wersja", POLISH)
    version = wanted if wanted in WORDS else POLISH
    rows, gone = picked(shortlist, timezone.localdate())
    lead = Partnership.objects.get()
    offers = [told(seen, version, lead) for seen in rows]
    lacking = [one.name for one in offers if not one.is_reworded]
    shown = {
        "shortlist": shortlist,
        "version": version,
        "others": [(one, words.version) for one, words in WORDS.items() if one != version],
        "words": WORDS[version],
        "offers": offers,
        "gone": gone,
        "without_contact": [one.name for one in offers if not one.has_contact],
        "without_words": lacking if version != POLISH else [],
    }
    return render(request, "baskets/shortlist.html", shown)


@step(perms.see_basket, _find)
def arrange(request: PersonRequest, shortlist: Shortlist) -> HttpResponse:
    initial = {"version": shortlist.version}
    return form_page(
        request,
        OrderForm(**sent(request), services=named(shortlist), initial=initial),
        partial(shortlists.arrange, by=request.actor, shortlist_id=shortlist.pk),
        said="Zapisano listę.",
        to=shortlist.url,
        title="Kolejność usług",
        eyebrow=str(shortlist),
        crumbs=[*_WAY, (str(shortlist), shortlist.url)],
        submit="Zapisz kolejność",
    )


def _to_print(person: Person, pk: UUID, version: str) -> tuple[Shortlist, str]:
    return _find(person, pk=pk), version


@page(perms.see_basket, _to_print)
def paper(request: PersonRequest, shortlist: Shortlist, version: str) -> HttpResponse:
    rows, _ = picked(shortlist, request.actor.today)
    context = printed(shortlist, rows, version, request.actor.today)
    content = drawn(FAMILY_LIST, context, FORMATS["pdf"], by=request.actor)
    name = f"Lista dla rodziny {shortlist.number} {version}.pdf"
    return file_response(content, name=name, content_type=FORMATS["pdf"])
