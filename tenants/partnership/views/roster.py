"""The roster of workers whom heads of members indicated for ZZK (REG §4.3)."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import Fold, fold, pl_date, polish_order
from kooperacja.ui.tables import Column, Table
from tenants.partnership import perms
from tenants.partnership.forms import RosterFilter
from tenants.partnership.models import DesignatedWorker, Membership
from tenants.partnership.people import person_of


@require_safe
def show(request: TenantRequest) -> HttpResponse:
    """Who may be called to a ZZK today."""
    perms.see_roster.require(person_of(request))
    form = RosterFilter(request.GET)
    table = Table(
        request,
        _found(form.cleaned_data if form.is_valid() else {}),
        _COLUMNS,
        f"Wskazani pracownicy na dzień {pl_date(timezone.localdate())}",
        default="osoba",
        empty="Nikt nie odpowiada wybranym warunkom.",
    )
    return render(request, "partnership/roster.html", {"form": form, "table": table})


def _found(chosen: dict[str, Any]) -> Any:
    day = timezone.localdate()
    rows = DesignatedWorker.objects.on(day).filter(membership__in=Membership.objects.on(day))
    rows = rows.annotate(_name=Fold("membership__organisation__name"), _position=Fold("position"))
    for word in fold(chosen.get("szukaj", "")).split():
        rows = rows.filter(Q(_name__contains=word) | Q(_position__contains=word))
    if sector := chosen.get("sektor"):
        rows = rows.filter(membership__organisation__sector=sector)
    return rows.select_related("person", "indicated_by", "membership__organisation")


_COLUMNS = (
    Column(
        "osoba",
        "Pracownik",
        lambda row: row.person.full_name,
        sort=polish_order("person__full_name"),
        is_header=True,
    ),
    Column("stanowisko", "Stanowisko", "position", sort=polish_order("position")),
    Column(
        "instytucja",
        "Instytucja",
        lambda row: row.membership.organisation.name,
        sort=polish_order("membership__organisation__name"),
        href=lambda row: reverse("partnership:organisation", args=[row.membership.organisation_id]),
    ),
    Column(
        "sektor",
        "Sektor",
        lambda row: row.membership.organisation.get_sector_display(),
        sort="membership__organisation__sector",
    ),
    Column("od", "Wskazano od", "from_on", sort="from_on"),
    Column("kto", "Kto wskazał", lambda row: row.indicated_by.full_name),
)
