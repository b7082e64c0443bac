"""Documentation: all papers of the partnership in one list (REG §2.11)."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kooperacja.documents import documentation as papers
from kooperacja.documents.documentation import Described, Listed
from kooperacja.documents.models import Filing, PreparedFile, StoredFile
from kooperacja.documents.perms import readable
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import localtime, quoted
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from tenants.partnership import perms
from tenants.partnership.actions import documentation as acts
from tenants.partnership.forms.documentation import DocumentsFilter, PaperFilingForm, SymbolsForm
from tenants.people.identity import PersonRequest
from tenants.people.models import Person

LIST = ("Dokumentacja", "partnership:documentation")
_SYMBOLS = ("Symbole JRWA", "partnership:documentation_symbols")


def _columns(told: Mapping[UUID, Described], *, can_keep: bool) -> tuple[Column, ...]:
    """The words of a row are known once the rows of its page are."""

    def of(name: str) -> Any:
        return lambda row: getattr(told[row.pk], name)

    kinds = papers.kinds()
    columns = (
        Column("dzien", "Data", lambda row: localtime(row.stored_at).date(), sort="stored_at"),
        Column("dokument", "Dokument", of("title"), href=_file, is_header=True),
        Column("rodzaj", "Rodzaj", lambda row: kinds[row.kind]),
        Column("czyj", "Czyj", of("institution")),
        Column("symbol", "Symbol JRWA", of("symbol")),
        Column("znak", "Znak sprawy", of("case_mark")),
        Column("oryginal", "Oryginał", of("original")),
    )
    edit = Column("opis", "Opis", lambda row: "Zmień opis", href=_edit)
    return (*columns, edit) if can_keep else columns


def _file(row: StoredFile) -> str:
    return reverse("documents:file", args=[row.pk])


def _edit(row: StoredFile) -> str:
    return reverse("partnership:documentation_edit", args=[row.pk])


@page(perms.see_documentation)
def listing(request: PersonRequest) -> HttpResponse:
    mine = papers.readable_papers(request.person)
    form = DocumentsFilter(request.GET, **_choices(mine))
    chosen = form.chosen
    told: dict[UUID, Described] = {}
    table = Table(
        request,
        papers.files(mine, year=chosen.get("rok", ""), kind=chosen.get("rodzaj", "")),
        _columns(told, can_keep=perms.keep_documentation(request.person)),
        "Dokumentacja",
        default="-dzien",
        empty="Żaden dokument nie odpowiada wybranym warunkom.",
        nothing="Nie ma jeszcze żadnego dokumentu, który możesz otworzyć.",
    )
    told.update(papers.described(table.page.rows, {paper.pk: paper.seen for paper in mine}))
    return list_page(
        request,
        table,
        form,
        lead="Dokumenty Partnerstwa, które możesz otworzyć, według dnia, w którym zapisano je na "
        f"platformie. Dokumentację przechowuje Lider ({perms.see_documentation.clause}).",
        add=[
            ("Pobierz całość", "partnership:documentation_pack", perms.keep_documentation),
            (*_SYMBOLS, perms.keep_documentation),
        ],
    )


@step(perms.keep_documentation)
def pack(request: PersonRequest) -> HttpResponse:
    """All papers in one file, or those of a year and a kind."""

    def act(rok: str, rodzaj: str) -> PreparedFile:
        return acts.prepare_documentation(
            by=request.actor,
            year=rok,
            kind=rodzaj,
            name=file_name("Dokumentacja", ".zip", detail=request.actor.today.isoformat()),
            again_at=request.path,
        )

    return question(
        request,
        DocumentsFilter(**sent(request), **_choices(papers.readable_papers(request.person))),
        act,
        crumbs=[LIST],
        question="Przygotować plik z dokumentacją?",
        consequence="W pliku ZIP będzie lista (XLSX i CSV) i dokumenty, które możesz otworzyć: "
        "wszystkie albo z wybranego roku i rodzaju. Przygotujemy go w tle i damy znać, gdy będzie "
        "gotowy; pobierzesz go przez 7 dni.",
        undo="Niczego w dokumentach to nie zmienia. Pobranie pliku zapisze dziennik.",
        danger=False,
        button="Przygotuj plik",
        said="",
        to=lambda prepared: prepared.url,
        back=reverse(LIST[1]),
        clause=perms.keep_documentation.clause,
    )


def _choices(mine: list[Listed]) -> dict[str, Any]:
    """Years and kinds of which there is a paper."""
    there = {paper.kind for paper in mine}
    return {
        "years": sorted({paper.year for paper in mine}, reverse=True),
        "kinds": {kind: name for kind, name in papers.kinds().items() if kind in there},
    }


def _find(person: Person, pk: UUID) -> tuple[StoredFile, Described]:
    file = get_object_or_404(StoredFile, pk=pk, kind__in=papers.kinds(), key_of=None)
    seen = readable(person, [(file.pk, file.kind)])
    if file.pk not in seen:
        raise Missing("Nie ma takiego dokumentu", perms.see_documentation.why)
    return file, papers.described([file], seen)[file.pk]


@step(perms.keep_documentation, _find)
def edit(request: PersonRequest, file: StoredFile, told: Described) -> HttpResponse:
    filing = Filing.objects.filter(file=file).first() or Filing(file=file)
    return form_page(
        request,
        PaperFilingForm(
            **sent(request),
            instance=filing,
            usual=papers.symbols().by_kind.get(file.kind, ""),
        ),
        partial(acts.describe_document, by=request.actor, file_id=file.pk),
        said="Zapisano opis dokumentu.",
        to=LIST[1],
        title="Opis dokumentu",
        lead=f"Wpisz, jak ośrodek przechowuje u siebie ten dokument: {quoted(told.title)} "
        f"({perms.keep_documentation.clause}).",
        crumbs=[LIST],
    )


@step(perms.keep_documentation)
def symbols(request: PersonRequest) -> HttpResponse:
    """The symbol of each kind, entered once."""
    return form_page(
        request,
        SymbolsForm(**sent(request), kinds=papers.kinds(), symbols=papers.symbols()),
        partial(acts.set_symbols, by=request.actor),
        said="Zapisano symbole JRWA.",
        to=LIST[1],
        title="Symbole JRWA rodzajów dokumentów",
        lead="Symbol z jednolitego rzeczowego wykazu akt Twojego ośrodka obowiązuje każdy dokument "
        "tego rodzaju, który nie ma własnego.",
        crumbs=[LIST],
    )
