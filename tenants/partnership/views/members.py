"""The register of members as of a day, its history and files; workers for ZZK (REG §4.3, §5.1.a)."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from kooperacja.documents.errors import TakesLong
from kooperacja.documents.models import DOCX, PDF, PreparedFile
from kooperacja.downloads import asked_before_file
from kooperacja.pages import list_page, page, question, sent, step
from kooperacja.ui.files import file_response
from kooperacja.ui.polish import pl_date, polish_order
from kooperacja.ui.problems import Problem
from kooperacja.ui.tables import Column, Table
from tenants.partnership import history, perms
from tenants.partnership.actions.register import export_register, prepare_register
from tenants.partnership.forms.members import HistoryFilter, MembersFilter, RosterFilter
from tenants.partnership.models import DesignatedWorker, Membership, Partnership, register_chosen
from tenants.partnership.register import coordinators_of, flags_in_short, level_of
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Person

_FILES = {
    "PDF": ("pdf", PDF),
    "DOCX": ("docx", DOCX),
    "XLSX": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_COLUMNS = (
    Column(
        "nazwa",
        "Instytucja",
        "organisation",
        sort=polish_order("organisation__name"),
        href=lambda member: member.organisation.url,
        is_header=True,
    ),
    Column(
        "sektor",
        "Sektor",
        lambda member: member.organisation.get_sector_display(),
        sort="organisation__sector",
    ),
    Column(
        "siedziba",
        "Siedziba",
        lambda member: member.organisation.city,
        sort=polish_order("organisation__city"),
    ),
    Column("od", "Członek od", "from_on", sort="from_on"),
    Column(
        "koordynator",
        "Koordynator Partnerstwa",
        lambda member: coordinators_of(member) or "brak",
    ),
    Column("stopien", "Zaangażowanie", lambda member: level_of(member) or "nie określono"),
    Column("cechy", "Cechy", flags_in_short),
    Column("wskazani", "Wskazani do ZZK", "workers", sort="workers", is_number=True),
)
_CHANGES = (
    Column("dzien", "Dzień", "day", sort="day"),
    Column(
        "nazwa",
        "Instytucja",
        "organisation",
        sort="organisation",
        href=lambda change: Organisation(pk=change.organisation_id).url,
        is_header=True,
    ),
    Column("zmiana", "Zmiana", "text"),
)
_WORKERS = (
    Column("osoba", "Pracownik", "person", sort=polish_order("person__full_name"), is_header=True),
    Column("stanowisko", "Stanowisko", "position", sort=polish_order("position")),
    Column(
        "instytucja",
        "Instytucja",
        lambda row: row.membership.organisation.name,
        sort=polish_order("membership__organisation__name"),
        href=lambda row: row.membership.organisation.url,
    ),
    Column(
        "sektor",
        "Sektor",
        lambda row: row.membership.organisation.get_sector_display(),
        sort="membership__organisation__sector",
    ),
    Column("od", "Wskazano od", "from_on", sort="from_on"),
    Column("kto", "Kto wskazał", "indicated_by"),
)


@page(perms.see_members)
def register(request: PersonRequest) -> HttpResponse:
    """The members of a day; without one, of today."""
    form = MembersFilter(request.GET if set(request.GET) & set(MembersFilter.base_fields) else None)
    chosen = form.cleaned_data if form.is_valid() else {}
    day = chosen.pop("dzien", None) or timezone.localdate()
    context = {
        "form": form if form.is_bound else MembersFilter(initial={"dzien": day}),
        "day": day,
        "partnership": Partnership.here(),
        "table": _table(request, day, chosen),
        "files": _files_of(day),
    }
    return render(request, "partnership/members.html", context, status=422 if form.errors else 200)


def _files_of(day: date) -> list[tuple[str, str]]:
    """The formats of the whole register of the day, with their addresses."""
    query = urlencode({"dzien": day.isoformat()})
    return [
        (name, f"{reverse(f'partnership:members_{suffix}')}?{query}")
        for name, (suffix, _) in _FILES.items()
    ]


_NONE = "Tego dnia do Partnerstwa nie należał żaden kooperant."
_NONE_CHOSEN = "Żaden kooperant nie odpowiada wybranym warunkom."


def _table(request: PersonRequest, day: date, chosen: dict[str, Any]) -> Table:
    return Table(
        request,
        register_chosen(day, **chosen),
        _COLUMNS,
        f"Kooperanci na dzień {pl_date(day)}",
        default="nazwa",
        id="rejestr",
        empty=_NONE_CHOSEN if any(chosen.values()) else _NONE,
    )


@page(perms.see_members)
def log(request: PersonRequest) -> HttpResponse:
    """The changes of the register, day by day."""
    form = HistoryFilter(request.GET)
    chosen = form.chosen
    table = Table(
        request,
        history.changes(chosen.get("rodzaj", ""), chosen.get("szukaj", "")),
        _CHANGES,
        "Zmiany w rejestrze członków",
        default="-dzien",
        id="historia",
        empty="Nic nie odpowiada wybranym warunkom.",
        nothing="Rejestr nie ma jeszcze żadnej zmiany.",
    )
    return list_page(
        request,
        table,
        form,
        title="Historia rejestru członków",
        lead="Kto przystąpił i odszedł, koordynatorzy, zaangażowanie, cechy i wskazania do ZZK: "
        "§ 5 ust. 1 regulaminu.",
        crumbs=[("Rejestr członków", Membership.list_url())],
        last="Historia",
        is_taken=True,
    )


def _format(person: Person, file_format: str) -> str:
    return file_format


@page(perms.see_members, _format)
def export(request: PersonRequest, file_format: str) -> HttpResponse:
    """The whole register of the day, whatever part of it was on the screen."""
    day = _asked_day(request)
    what = f"rejestr członków na dzień {pl_date(day)} ({file_format})"
    if asked := asked_before_file(request, what=what, back=Membership.list_url()):
        return asked
    try:
        content = export_register(by=request.actor, day=day, file_format=file_format)
    except TakesLong:
        return redirect(_prepare_at(day, file_format))
    suffix, content_type = _FILES[file_format]
    return file_response(content, name=_file_name(day, suffix), content_type=content_type)


def _asked_day(request: PersonRequest) -> date:
    form = MembersFilter({"dzien": request.GET.get("dzien", "")})
    if not form.is_valid():
        raise Problem(
            "Nie ma rejestru na ten dzień",
            " ".join(map(str, form.errors["dzien"])),
            status=422,
            at=Membership,
            action="Przejdź do rejestru",
        )
    return form.cleaned_data["dzien"] or timezone.localdate()


def _file_name(day: date, suffix: str) -> str:
    return f"rejestr-czlonkow-{day.isoformat()}.{suffix}"


def _prepare_at(day: date, file_format: str) -> str:
    chosen = urlencode({"dzien": day.isoformat(), "plik": file_format})
    return f"{reverse('partnership:members_prepare')}?{chosen}"


@step(perms.see_members, again=True, act="plik rejestru członków")
def prepare(request: PersonRequest) -> HttpResponse:
    """The file of a register that is too long to wait for."""
    day = _asked_day(request)
    file_format = "DOCX" if request.GET.get("plik") == "DOCX" else "PDF"

    def act() -> PreparedFile:
        return prepare_register(
            by=request.actor,
            day=day,
            file_format=file_format,
            name=_file_name(day, file_format.lower()),
            again_at=_prepare_at(day, file_format),
        )

    return question(
        request,
        forms.Form(**sent(request)),
        act,
        crumbs=[("Rejestr członków", Membership.list_url())],
        question=f"Przygotować {file_format} rejestru członków?",
        consequence=f"Rejestr na dzień {pl_date(day)} jest długi, więc {file_format} przygotujemy w tle. "
        "Damy znać, gdy będzie gotowy; pobierzesz go przez 7 dni.",
        undo="Niczego w rejestrze to nie zmienia. XLSX pobierzesz od razu.",
        danger=False,
        button=f"Przygotuj {file_format}",
        said="",
        to=lambda prepared: prepared.url,
        back=Membership.list_url(),
    )


@page(perms.see_roster)
def roster(request: PersonRequest) -> HttpResponse:
    """The workers whom members may send to a ZZK today (REG §4.3)."""
    form, day = RosterFilter(request.GET), timezone.localdate()
    return list_page(
        request,
        Table(
            request,
            DesignatedWorker.objects.roster(day, **form.chosen),
            _WORKERS,
            f"Wskazani pracownicy na dzień {pl_date(day)}",
            default="osoba",
            empty="Nikt nie odpowiada wybranym warunkom.",
            nothing="Nikogo jeszcze nie wskazano.",
        ),
        form,
        title="Pracownicy wskazani do ZZK",
        crumbs=[("Członkowie", "partnership:members")],
        lead="Wskazały ich osoby kierujące instytucjami; są uprawnieni i zobowiązani do "
        f"współpracy w zadaniowych zespołach ({perms.see_roster.clause}).",
        is_taken=True,
    )
