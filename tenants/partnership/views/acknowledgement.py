"""Who has read the version in force: one's own word, and the list for the Lider (REG §9)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import polish_order, sort_key
from kooperacja.ui.tables import Column, Table
from tenants.partnership import actions, perms
from tenants.partnership.models import (
    Person,
    RegulationAcknowledgement,
    RegulationVersion,
    RoleAssignment,
)
from tenants.partnership.people import person_of
from tenants.partnership.views.common import say_already_saved

_KEEPERS = "Listę widzi Lider Partnerstwa albo wyznaczony przez niego pracownik ds. sieci."


@require_POST
def acknowledge(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    get_object_or_404(RegulationVersion.objects.only("pk"), pk=pk)
    try:
        actions.acknowledge_regulation(by=actor(request), person=person, regulation_id=pk)
    except actions.AlreadySaved:
        say_already_saved(request)
    else:
        messages.success(request, "Zapisano, że znasz tę wersję regulaminu.")
    return redirect("partnership:regulations")


@require_safe
def listing(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Everybody with a role here who has not read a version yet."""
    person = person_of(request)
    version = get_object_or_404(RegulationVersion, pk=pk)
    perms.see_who_acknowledged.require(person)
    own = RegulationAcknowledgement.objects.filter(regulation=version, person=OuterRef("pk"))
    held = RoleAssignment.objects.on(timezone.localdate())
    people = Person.objects.filter(Exists(held.filter(person=OuterRef("pk"))))
    roles = Prefetch("role_assignments", held.select_related("organisation"), to_attr="held")
    table = Table(
        request,
        people.filter(~Exists(own)).prefetch_related(roles),
        _COLUMNS,
        "Kto nie potwierdził jeszcze, że zna regulamin",
        default="osoba",
        empty="Wszyscy, którzy mają rolę w Partnerstwie, znają tę wersję.",
    )
    context: dict[str, Any] = {
        "version": version,
        "table": table,
        "done": people.filter(Exists(own)).count(),
    }
    return render(request, "partnership/regulation_readers.html", context)


def _places(person: Any) -> str:
    names = {held.organisation.name if held.organisation else "ośrodek" for held in person.held}
    return ", ".join(sorted(names, key=sort_key))


_COLUMNS = (
    Column(
        "osoba",
        "Osoba",
        "full_name",
        sort=polish_order("full_name"),
        is_header=True,
    ),
    Column("gdzie", "Instytucja", _places),
    Column("konto", "Konto", lambda one: "wchodzi" if one.account_id else "zaproszono"),
)
