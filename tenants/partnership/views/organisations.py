"""Institutions: the list, one of them, entering and correcting it (REG §1.8, §5.1.a)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.polish import polish_order
from kooperacja.ui.tables import Column, Table
from tenants.exchange.actions import PUBLIC, find_institution
from tenants.partnership import actions, perms
from tenants.partnership.forms import (
    EditOrganisationForm,
    NewOrganisationForm,
    NumberForm,
    OrganisationForm,
    OrganisationsFilter,
)
from tenants.partnership.models import Membership, Organisation
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, save_version, say_already_saved, state_kind
from tenants.partnership.views.institution import memberships_of, people_of, rights_in

_KEEPERS = "Instytucje wpisuje Lider Partnerstwa albo wyznaczony przez niego pracownik ds. sieci."


@require_safe
def listing(request: TenantRequest) -> HttpResponse:
    person = person_of(request)
    perms.see_organisations.require(person)
    form = OrganisationsFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    table = Table(
        request,
        _found(chosen),
        _COLUMNS,
        "Instytucje",
        default="nazwa",
        empty="Żadna instytucja nie odpowiada wybranym warunkom.",
    )
    context = {"form": form, "table": table, "can_add": perms.keep_organisations(person)}
    return render(request, "partnership/organisations.html", context)


def _found(chosen: dict[str, Any]) -> Any:
    day = timezone.localdate()
    found = Organisation.objects.with_joined_on(day)
    if text := chosen.get("szukaj"):
        found = found.matching(text)
    if sector := chosen.get("sektor"):
        found = found.filter(sector=sector)
    if membership := chosen.get("czlonkostwo"):
        is_member = Q(pk__in=Membership.objects.on(day).values("organisation"))
        found = found.filter(is_member if membership == "tak" else ~is_member)
    return found


_COLUMNS = (
    Column(
        "nazwa",
        "Nazwa",
        "name",
        sort=polish_order("name"),
        href=lambda one: reverse("partnership:organisation", args=[one.pk]),
        is_header=True,
    ),
    Column("sektor", "Sektor", lambda one: one.get_sector_display(), sort="sector"),
    Column("siedziba", "Siedziba", "city", sort=polish_order("city")),
    Column("od", "Członek od", "joined_on", sort="joined_on"),
)


@require_safe
def show(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    perms.see_organisation.require(person, organisation)
    day = timezone.localdate()
    memberships = memberships_of(organisation, day)
    declarations = organisation.declarations.order_by("-created_at")
    context = {
        "organisation": organisation,
        "memberships": memberships,
        "is_member": any(is_current for _, is_current in memberships),
        "declarations": [
            (one, state_kind(one)) for one in declarations if perms.see_declaration(person, one)
        ],
        **people_of(organisation),
        **rights_in(person, organisation),
        "can_edit": perms.edit_organisation(person, organisation),
        "can_resign": perms.resign(person, pk)
        and any(one.ended_on is None for one, _ in memberships),
        "sees_members": perms.see_members(person),
        "may_declare": perms.keep_organisations(person)
        and not any(one.is_open for one in declarations)
        and not any(is_current for _, is_current in memberships),
    }
    return render(request, "partnership/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: TenantRequest) -> HttpResponse:
    person = person_of(request)
    perms.keep_organisations.require(person)
    asked = NumberForm(request.GET if "regon" in request.GET else None)
    form = NewOrganisationForm(
        request.POST or None, initial={"key": uuid7(), **_known_elsewhere(asked)}
    )
    back = reverse("partnership:organisations")
    is_valid = form.is_valid()
    # Asked after the check: sent twice at once, the second form may meet the first one's REGON.
    if _was_sent_before(form, request):
        return _already(request, form.data["key"])
    if not is_valid:
        context = {"back": back, "asked": asked, "is_known": "name" in form.initial}
        return form_page(request, "partnership/organisation_form.html", form, **context)
    try:
        organisation = actions.add_organisation(
            by=actor(request), person=person, key=form.cleaned_data["key"], values=form.values()
        )
    except actions.AlreadySaved as saved:
        return _already(request, saved.obj.pk)
    messages.success(request, f"Wpisano instytucję „{organisation.name}”.")
    return redirect("partnership:organisation", pk=organisation.pk)


def _known_elsewhere(asked: NumberForm) -> dict[str, str]:
    """What the region's other units noted of the institution of a number: public data alone."""
    if not asked.is_valid():
        return {}
    number = asked.cleaned_data["regon"]
    known = find_institution(regon=number)
    return {name: getattr(known, name) for name in PUBLIC} if known else {"regon": number}


def _was_sent_before(form: OrganisationForm, request: TenantRequest) -> bool:
    """Whether the row that this form makes is there already."""
    if request.method != "POST":
        return False
    try:
        key = UUID(str(form.data.get("key")))
    except ValueError:
        return False
    return Organisation.objects.filter(pk=key).exists()


def _already(request: TenantRequest, pk: Any) -> HttpResponse:
    say_already_saved(request)
    return redirect("partnership:organisation", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    perms.edit_organisation.require(person, organisation)
    back = reverse("partnership:organisation", args=[pk])
    # A second instance, since a form writes into the one it checks.
    form = EditOrganisationForm(
        request.POST or None,
        instance=Organisation.objects.get(pk=pk) if request.method == "POST" else organisation,
        initial={"version": organisation.version},
    )
    if not form.is_valid():
        return form_page(
            request,
            "partnership/organisation_form.html",
            form,
            back=back,
            organisation=organisation,
            sees_members=perms.see_members(person),
        )
    return save_version(
        request,
        form,
        lambda version, values: actions.edit_organisation(
            by=actor(request), person=person, organisation_id=pk, version=version, values=values
        ),
        said="Zapisano zmiany.",
        back=back,
    )
