"""The register of members as of a day (REG §5.1.a)."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import pl_date, polish_order
from kooperacja.ui.tables import Column, Table
from tenants.partnership import perms
from tenants.partnership.forms import MembersFilter
from tenants.partnership.models import Membership, Partnership
from tenants.partnership.people import person_of


@require_safe
def register(request: TenantRequest) -> HttpResponse:
    """Who was a member on a day; without one, today."""
    perms.require(
        perms.can_see_members(person_of(request)), "Rejestr widzą członkowie Partnerstwa."
    )
    form = MembersFilter(request.GET if "dzien" in request.GET else None)
    day = (form.is_valid() and form.cleaned_data["dzien"]) or timezone.localdate()
    context = {
        "form": form if form.is_bound else MembersFilter(initial={"dzien": day}),
        "day": day,
        "partnership": Partnership.objects.first(),
        "table": _table(request, day),
    }
    return render(request, "partnership/members.html", context, status=422 if form.errors else 200)


def _table(request: TenantRequest, day: date) -> Table:
    return Table(
        request,
        Membership.register_on(day),
        _COLUMNS,
        f"Kooperanci na dzień {pl_date(day)}",
        default="nazwa",
        id="rejestr",
        empty="Tego dnia Partnerstwo nie miało jeszcze żadnego kooperanta.",
    )


def _coordinators(member: Any) -> str:
    return ", ".join(seat.person.full_name for seat in member.seats) or "brak"


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
    Column("koordynator", "Koordynator Partnerstwa", _coordinators),
)
