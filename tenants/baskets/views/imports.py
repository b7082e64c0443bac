"""A file of institutions, people or services: brought in, looked at row by row, written or dropped (REG §3.3)."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render

from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.files import file_response
from kooperacja.ui.search import matching
from kooperacja.ui.sheets import TYPES, XLSX
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.baskets import perms
from tenants.baskets.actions import imports
from tenants.baskets.columns import PEOPLE, SERVICES
from tenants.baskets.forms.imports import ImportForm, RowsFilter
from tenants.baskets.import_template import template as workbook
from tenants.baskets.models.cards import Card
from tenants.baskets.models.imports import WRITTEN, ImportFile, ImportRow, Verdict
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import INTEGRATING, ImportState
from tenants.people.identity import PersonRequest, visible

_WAY = [("Koszyk usług", Service.LIST_PAGE), ("Karty usług", Card.LIST_PAGE)]
_LISTED = [*_WAY, ("Pliki", ImportFile.LIST_PAGE)]
_COLUMNS = (
    Column("plik", "Plik", "name", is_link=True),
    Column("co", "Co w nim jest", lambda one: one.get_kind_display()),
    Column("kiedy", "Wczytano", "came_on"),
    Column("kto", "Kto", "by_name"),
    Column("stan", "Stan", lambda one: one.get_state_display()),
)


def _columns(outcome: str) -> tuple[Column, ...]:
    return (
        Column("wiersz", "Wiersz", "number", is_number=True),
        Column("nazwa", "Nazwa", "name", is_header=True),
        Column("co", outcome, "outcome"),
        Column("dlaczego", "Dlaczego", "why"),
    )


find = visible(ImportFile, perms.see_import, "Nie ma takiego pliku")


@page(perms.bring_in)
def listing(request: PersonRequest) -> HttpResponse:
    return list_page(
        request,
        Table(
            request,
            ImportFile.objects.order_by("-pk"),
            _COLUMNS,
            "Wczytane pliki",
            empty="Nie wczytano jeszcze żadnego pliku.",
        ),
        lead=f"Instytucje, osoby i usługi z arkusza XLSX albo CSV ({INTEGRATING}).",
        crumbs=_WAY,
        last="Pliki",
        add=[("Wczytaj plik", "baskets:import_new", perms.bring_in)],
    )


@step(perms.bring_in)
def new(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        ImportForm(**sent(request)),
        partial(imports.upload, by=request.actor),
        said="Wczytano plik. Sprawdzamy jego wiersze.",
        to=lambda file: file.url,
        back=ImportFile.list_url(),
        template="baskets/import_new.html",
        title="Wczytaj plik",
        lead="Najpierw zobaczysz, co będzie z każdym wierszem. Nic się nie zapisze, dopóki tego nie "
        f"zatwierdzisz ({INTEGRATING}).",
        crumbs=_LISTED,
        submit="Wczytaj",
    )


@page(perms.bring_in, lambda person, kind: kind)
def template(request: PersonRequest, kind: str) -> HttpResponse:
    name = f"wzor-{dict(ImportFile.KINDS)[kind]}.xlsx"
    return file_response(workbook(kind), name=name, content_type=TYPES[XLSX])


@page(perms.see_import, find)
def show(request: PersonRequest, file: ImportFile) -> HttpResponse:
    """How far it is, and what becomes of each row."""
    is_done = file.state == ImportState.DONE
    form = RowsFilter(request.GET, is_done=is_done)
    rows = file.rows.order_by("number")
    chosen = form.chosen
    wanted = matching(rows, chosen.get("szukaj", ""), "name")
    if verdict := chosen.get("co"):
        wanted = wanted.filter(verdict=verdict)
    counts = _counts(rows)
    is_ready = file.state == ImportState.READY
    shown = {
        "file": file,
        "form": form,
        "table": Table(
            request,
            wanted,
            _columns(form.outcome),
            "Wiersze",
            empty="Nie ma takich wierszy.",
        ),
        "counts": counts,
        "verdicts": [(label, counts[code]) for code, label in form.verdicts],
        "is_working": file.state in (ImportState.CHECKING, ImportState.WRITING),
        "is_checking": file.state == ImportState.CHECKING,
        "is_ready": is_ready,
        "has_people": file.kind == PEOPLE and file.state == ImportState.DONE,
        "may_confirm": is_ready and counts["good"] > 0,
    }
    return render(request, "baskets/import.html", shown)


def _counts(rows: Any) -> dict[str, int]:
    """How many rows there are, of each verdict, and how far the work has come."""
    counts: dict[str, int] = rows.aggregate(
        every=Count("pk"),
        judged=Count("pk", ~Q(verdict="")),
        written=Count("pk", Q(is_written=True)),
        good=Count("pk", Q(verdict__in=WRITTEN)),
        **{code: Count("pk", Q(verdict=code)) for code in Verdict.values},
    )
    return counts


@step(perms.see_import, find)
def confirm(request: PersonRequest, file: ImportFile) -> HttpResponse:
    rows: dict[str, int] = {
        code: ImportRow.objects.filter(source=file, verdict=code).count() for code in Verdict.values
    }
    consequence = (
        f"Nowe wiersze: {rows[Verdict.NEW]}, zmienione: {rows[Verdict.CHANGED]}. "
        f"Pominiemy powtórzone ({rows[Verdict.SAME]}) i błędne ({rows[Verdict.WRONG]}). "
    )
    if file.kind == SERVICES:
        consequence += "Usługi trafią do koszyka. " + (
            "Będą potwierdzone: oświadczenie przy imporcie."
            if file.how
            else "Nie będą przez to potwierdzone."
        )
    if file.kind == PEOPLE:
        consequence += "Nikt nie dostanie przez to zaproszenia ani dostępu."
    return question(
        request,
        forms.Form(**sent(request)),
        partial(imports.confirm, by=request.actor, import_id=file.pk),
        ready=partial(require_may, file, ImportState.WRITING),
        said="Zapisujemy dane z pliku.",
        to=file.url,
        crumbs=[*_LISTED, (file.name, file.url)],
        question=f"Zapisać dane z pliku {file.name}?",
        consequence=consequence.strip(),
        clause=INTEGRATING,
        undo="Nie można tego cofnąć jednym krokiem; każdy wpis można potem poprawić osobno.",
        button="Zapisz",
        danger=False,
    )


@step(perms.see_import, find)
def drop(request: PersonRequest, file: ImportFile) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(imports.drop, by=request.actor, import_id=file.pk),
        ready=partial(require_may, file, ImportState.DROPPED),
        said="Odrzucono plik. Niczego z niego nie zapisano.",
        to=file.url,
        crumbs=[*_LISTED, (file.name, file.url)],
        question=f"Odrzucić plik {file.name}?",
        consequence="Niczego z niego nie zapiszemy, a jego wiersze usuniemy.",
        undo="Plik można wczytać jeszcze raz.",
        button="Odrzuć plik",
    )
