"""An edition of the basket as a file: on paper, as a leaflet, for a spreadsheet, for programs."""

import json
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from kooperacja.audit.record import record
from kooperacja.documents.drawing import FORMATS, drawn
from kooperacja.documents.length import is_long
from kooperacja.downloads import asked_before_file, handed_out
from kooperacja.pages import page, question, sent, step
from kooperacja.tenancy.context import writing
from kooperacja.ui.files import file_name, file_response
from kooperacja.ui.polish import pl_date
from kooperacja.ui.sheets import Sheet
from tenants.baskets import perms, printing
from tenants.baskets.editions import Changes, read
from tenants.baskets.models.editions import Edition
from tenants.baskets.printing import paper_of, since_of, title_of
from tenants.baskets.views.editions import WAY, find
from tenants.people.identity import PersonRequest
from tenants.people.models import Person
from tenants.services.terms import Group

_FACTS = (
    *("Kto pomaga", "Rodzaj", "Na czym polega", "Dla kogo", "Wiek", "Gdzie", "Teren"),
    "Podstawa prawna",
    *("Co zrobić", "Kto kieruje", "Decyzja administracyjna", "Warunki", "Potrzebne dokumenty"),
    *("Koszt", "Godziny", "Dni, które się różnią", "Uwagi o godzinach", "Wolne miejsca"),
    *("Czas oczekiwania", "Działa", "Osoba do kontaktu", "Telefon", "Adres e-mail"),
    *("Strona internetowa", "Adres", "Języki", "Dostępność: jest", "Dostępność: brak", "Uwagi"),
)


def _of_kind(person: Person, pk: UUID, kind: str) -> tuple[Edition, str]:
    return find(person, pk), kind


def _group(request: PersonRequest) -> str:
    group = request.GET.get("dla", "")
    if group and group not in Group.values:
        raise Http404
    return group


@page(perms.read_edition, _of_kind)
def printed(request: PersonRequest, edition: Edition, kind: str) -> HttpResponse:
    """The edition, or its leaflet for a group; one that takes long is made in the background."""
    group = _group(request)
    name = file_name(title_of(edition, group), f".{kind}")
    if asked := asked_before_file(request, what=name, back=edition.url):
        return asked
    paper, context = paper_of(edition, request.person, group)
    if is_long(paper, context, FORMATS[kind]):
        return redirect(_prepare_at(edition, kind, group))
    content = drawn(paper, context, FORMATS[kind], by=request.actor)
    _told(request, edition, kind, group)
    return file_response(content, name=name, content_type=FORMATS[kind])


def _told(request: PersonRequest, edition: Edition, kind: str, group: str = "") -> None:
    data = {"format": [None, kind.upper()], "group": [None, group]}
    with writing(), transaction.atomic():
        record(by=request.actor, verb="EDITION_PRINTED", obj=edition, data=data)


def _prepare_at(edition: Edition, kind: str, group: str) -> str:
    return f"{edition.url_of('prepare')}?{urlencode({'plik': kind, 'dla': group})}"


@step(perms.read_edition, find, again=True, act="plik wydania koszyka")
def prepare(request: PersonRequest, edition: Edition) -> HttpResponse:
    """The file of an edition that is too long to wait for."""
    kind, group = "docx" if request.GET.get("plik") == "docx" else "pdf", _group(request)
    title = title_of(edition, group)
    return question(
        request,
        forms.Form(**sent(request)),
        partial(
            printing.prepare,
            by=request.actor,
            edition=edition,
            group=group,
            name=file_name(title, f".{kind}"),
            again_at=_prepare_at(edition, kind, group),
        ),
        crumbs=[*WAY, (f"Wydanie nr {edition.number}", edition.url)],
        last="Plik",
        question=f"Przygotować plik {kind.upper()}: {title}?",
        consequence="Jest długi, więc plik przygotujemy w tle. Damy znać, gdy będzie gotowy; "
        "pobierzesz go przez 7 dni.",
        undo="Niczego w wydaniu to nie zmienia.",
        danger=False,
        button="Przygotuj plik",
        said="",
        to=lambda prepared: prepared.url,
        back=edition.url,
    )


@page(perms.read_edition, _of_kind)
def sheet(request: PersonRequest, edition: Edition, kind: str) -> HttpResponse:
    """The services as a table, each with what changed since the edition before."""
    if asked := asked_before_file(request, what=_what(edition, kind), back=edition.url):
        return asked
    services, gone = _said(request, edition)
    rows = [
        [one["name"], one["change"], *(one["facts"].get(label, "") for label in _FACTS)]
        for one in (*services, *gone)
    ]
    place = str(request.tenant.name)
    facts = (place, f"Stan na {pl_date(edition.issued_on)}")
    title = title_of(edition, "")
    return handed_out(request, Sheet(title, ("Usługa", "Zmiana", *_FACTS), rows, facts), kind)


@page(perms.read_edition, find)
def as_json(request: PersonRequest, edition: Edition) -> HttpResponse:
    """The same for programs."""
    if asked := asked_before_file(request, what=_what(edition, "json"), back=edition.url):
        return asked
    services, gone = _said(request, edition)
    said = {
        "partnership": str(request.tenant.name),
        "edition": edition.number,
        "issued_on": edition.issued_on.isoformat(),
        "services": services,
        "ended": gone,
    }
    content = json.dumps(said, ensure_ascii=False, indent=1)
    _told(request, edition, "json")
    name = file_name(title_of(edition, ""), ".json")
    return file_response(content, name=name, content_type="application/json; charset=utf-8")


def _what(edition: Edition, kind: str) -> str:
    return f"{title_of(edition, '')} ({kind.upper()})"


def _said(
    request: PersonRequest, edition: Edition
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Services of the edition, and those that ended since the one before, for its reader."""
    reach_for = partial(perms.reach_for, request.person)
    every = read(edition, reach_for)
    since = since_of(edition, every, reach_for) or Changes([], [], [])
    words = {id(one): "nowa" for one in since.new}
    words |= {id(one.printed): f"zmieniona: {one.in_words}" for one in since.changed}
    kept = [
        {"name": one.name, "change": words.get(id(one), ""), "facts": one.facts} for one in every
    ]
    return kept, [{"name": one.name, "change": "zakończona", "facts": {}} for one in since.ended]
