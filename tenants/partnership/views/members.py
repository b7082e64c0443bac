"""The register of members as of a day, its history and its files (REG §5.1.a)."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from kooperacja.accounts.factors import step_up
from kooperacja.audit.actor import actor
from kooperacja.documents.models import DOCX, PDF
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import Fold, fold, pl_date, polish_order
from kooperacja.ui.problems import Problem
from kooperacja.ui.tables import Column, Table
from tenants.partnership import actions, history, perms
from tenants.partnership.forms import HistoryFilter, MembersFilter
from tenants.partnership.models import Engagement, MembershipFlag, Partnership, register_on
from tenants.partnership.people import person_of
from tenants.partnership.register import coordinators_of, flags_of, level_of

_FILES = {
    "PDF": ("pdf", PDF),
    "DOCX": ("docx", DOCX),
    "XLSX": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_safe
def register(request: TenantRequest) -> HttpResponse:
    """Who was a member on a day; without one, today."""
    perms.see_members.require(person_of(request))
    form = MembersFilter(request.GET if set(request.GET) & set(MembersFilter.base_fields) else None)
    chosen = form.cleaned_data if form.is_valid() else {}
    day = chosen.get("dzien") or timezone.localdate()
    context = {
        "form": form if form.is_bound else MembersFilter(initial={"dzien": day}),
        "day": day,
        "partnership": Partnership.objects.first(),
        "table": _table(request, day, chosen),
        "query": urlencode({"dzien": day.isoformat()}),
    }
    return render(request, "partnership/members.html", context, status=422 if form.errors else 200)


@require_safe
def log(request: TenantRequest) -> HttpResponse:
    """What changed in the register, and when."""
    perms.see_members.require(person_of(request))
    form = HistoryFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    table = Table(
        request,
        history.changes(chosen.get("rodzaj", ""), chosen.get("szukaj", "")),
        _CHANGES,
        "Zmiany w rejestrze",
        default="-dzien",
        id="historia",
        empty="Nic nie odpowiada wybranym warunkom.",
    )
    return render(request, "partnership/members_log.html", {"form": form, "table": table})


@require_safe
def as_pdf(request: TenantRequest) -> HttpResponse:
    return _file(request, "PDF")


@require_safe
def as_docx(request: TenantRequest) -> HttpResponse:
    return _file(request, "DOCX")


@require_safe
def as_xlsx(request: TenantRequest) -> HttpResponse:
    return _file(request, "XLSX")


def _file(request: TenantRequest, file_format: str) -> HttpResponse:
    """The whole register of the day, whatever part of it was on the screen."""
    person = person_of(request)
    perms.see_members.require(person)
    if asked := step_up(request):
        return asked
    form = MembersFilter({"dzien": request.GET.get("dzien", "")})
    if not form.is_valid():
        raise Problem(
            "Nie ma rejestru na ten dzień",
            " ".join(map(str, form.errors["dzien"])),
            status=422,
            href=reverse("partnership:members"),
            action="Przejdź do rejestru",
        )
    day = form.cleaned_data["dzien"] or timezone.localdate()
    made = actions.export_register(
        by=actor(request), person=person, day=day, file_format=file_format
    )
    suffix, kind = _FILES[file_format]
    name = f"rejestr-czlonkow-{day.isoformat()}.{suffix}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition or "attachment"}
    return HttpResponse(
        made, content_type=kind, headers={**headers, "Cache-Control": "private, no-store"}
    )


def _table(request: TenantRequest, day: date, chosen: dict[str, Any]) -> Table:
    return Table(
        request,
        _found(day, chosen),
        _COLUMNS,
        f"Kooperanci na dzień {pl_date(day)}",
        default="nazwa",
        id="rejestr",
        empty="Tego dnia Partnerstwo nie miało kooperantów albo żaden nie odpowiada warunkom.",
    )


def _found(day: date, chosen: dict[str, Any]) -> Any:
    members = register_on(day)
    if words := fold(chosen.get("szukaj", "")).split():
        members = members.alias(_name=Fold("organisation__name"))
        for word in words:
            members = members.filter(_name__contains=word)
    if sector := chosen.get("sektor"):
        members = members.filter(organisation__sector=sector)
    if level := chosen.get("stopien"):
        rows = Engagement.objects.on(day).filter(level=level)
        members = members.filter(pk__in=rows.values("membership"))
    if kind := chosen.get("cecha"):
        marks = MembershipFlag.objects.on(day).filter(kind=kind)
        members = members.filter(pk__in=marks.values("membership"))
    return members


_COLUMNS = (
    Column(
        "nazwa",
        "Instytucja",
        lambda member: member.organisation.name,
        sort=polish_order("organisation__name"),
        href=lambda member: reverse("partnership:organisation", args=[member.organisation_id]),
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
        lambda member: ", ".join(coordinators_of(member)) or "brak",
    ),
    Column("stopien", "Zaangażowanie", lambda member: level_of(member) or "nie określono"),
    Column("cechy", "Cechy", lambda member: "; ".join(flags_of(member))),
    Column("wskazani", "Wskazani do ZZK", "workers", sort="workers", is_number=True),
)

_CHANGES = (
    Column("dzien", "Dzień", "day", sort="day"),
    Column(
        "nazwa",
        "Instytucja",
        "organisation",
        sort="organisation",
        href=lambda change: reverse("partnership:organisation", args=[change.organisation_id]),
        is_header=True,
    ),
    Column("zmiana", "Zmiana", "text"),
)
