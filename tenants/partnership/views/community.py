"""Resources of the local community: the list, one of them, entering and ending it (REG §5.1.e)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from uuid6 import uuid7

from kooperacja.audit.actor import actor
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.pages import confirm
from kooperacja.ui.polish import Fold, fold, polish_order
from kooperacja.ui.tables import Column, Table
from tenants.partnership import actions, perms
from tenants.partnership.actions.community import CLAUSE, KEEPERS
from tenants.partnership.forms import (
    EditResourceForm,
    EndResourceForm,
    NewResourceForm,
    ResourcesFilter,
)
from tenants.partnership.models import CommunityResource, Person
from tenants.partnership.people import person_of
from tenants.partnership.views.common import form_page, save_version, say_already_saved

_READERS = "Zasoby społeczności widzą członkowie Partnerstwa."


def _keeper(request: TenantRequest) -> Person:
    person = person_of(request)
    perms.require(perms.can_keep_resources(person), KEEPERS, CLAUSE)
    return person


@require_safe
def listing(request: TenantRequest) -> HttpResponse:
    person = person_of(request)
    perms.require(perms.can_see_resources(person), _READERS, CLAUSE)
    form = ResourcesFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    table = Table(
        request,
        _found(chosen),
        _COLUMNS,
        "Zasoby społeczności",
        default="nazwa",
        empty="Nikt nie odpowiada wybranym warunkom.",
    )
    context = {"form": form, "table": table, "can_add": perms.can_keep_resources(person)}
    return render(request, "partnership/resources.html", context)


def _found(chosen: dict[str, Any]) -> Any:
    """Every word somewhere in the name, the place or the offer."""
    current = CommunityResource.objects.on(timezone.localdate())
    is_past = chosen.get("stan") == "zakonczone"
    found = CommunityResource.objects.exclude(pk__in=current.values("pk")) if is_past else current
    if kind := chosen.get("rodzaj"):
        found = found.filter(kind=kind)
    found = found.annotate(_name=Fold("name"), _area=Fold("area"), _offers=Fold("offers"))
    for word in fold(chosen.get("szukaj") or "").split():
        found = (
            found.filter(_name__contains=word)
            | found.filter(_area__contains=word)
            | found.filter(_offers__contains=word)
        )
    return found


_COLUMNS = (
    Column(
        "nazwa",
        "Nazwa",
        "name",
        sort=polish_order("name"),
        href=lambda one: reverse("partnership:resource", args=[one.pk]),
        is_header=True,
    ),
    Column("rodzaj", "Rodzaj", lambda one: one.get_kind_display(), sort="kind"),
    Column("miejsce", "Miejscowość", "area", sort=polish_order("area")),
    Column("pomoc", "W czym pomaga", "offers"),
)


@require_safe
def show(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    perms.require(perms.can_see_resources(person), _READERS, CLAUSE)
    resource = get_object_or_404(CommunityResource, pk=pk)
    can_change = perms.can_keep_resources(person) and resource.ended_on is None
    context = {"resource": resource, "can_change": can_change}
    return render(request, "partnership/resource.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: TenantRequest) -> HttpResponse:
    person = _keeper(request)
    initial = {"klucz": uuid7(), "from_on": timezone.localdate()}
    form = NewResourceForm(request.POST or None, initial=initial)
    if not form.is_valid():
        back = reverse("partnership:resources")
        return form_page(request, "partnership/resource_form.html", form, back=back)
    try:
        resource = actions.add_resource(
            by=actor(request), person=person, key=form.cleaned_data["klucz"], values=form.values()
        )
    except actions.AlreadySaved as saved:
        say_already_saved(request)
        return redirect("partnership:resource", pk=saved.obj.pk)
    messages.success(request, f"Wpisano: {resource.name}.")
    return redirect("partnership:resource", pk=resource.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = _keeper(request)
    resource = get_object_or_404(CommunityResource, pk=pk)
    back = reverse("partnership:resource", args=[pk])
    # A second instance, since a form writes into the one it checks.
    instance = CommunityResource.objects.get(pk=pk) if request.method == "POST" else resource
    version = {"wersja": resource.version}
    form = EditResourceForm(request.POST or None, instance=instance, initial=version)
    if not form.is_valid():
        context = {"back": back, "resource": resource}
        return form_page(request, "partnership/resource_form.html", form, **context)
    return save_version(
        request,
        form,
        lambda version, values: actions.edit_resource(
            by=actor(request), person=person, resource_id=pk, version=version, values=values
        ),
        said="Zapisano zmiany.",
        back=back,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: TenantRequest, pk: UUID) -> HttpResponse:
    person = _keeper(request)
    resource = get_object_or_404(CommunityResource, pk=pk)
    back = reverse("partnership:resource", args=[pk])
    initial = {"ended_on": timezone.localdate()}
    form = EndResourceForm(request.POST or None, from_on=resource.from_on, initial=initial)
    if form.is_valid():
        try:
            actions.end_resource(
                by=actor(request), person=person, resource_id=pk, **form.cleaned_data
            )
        except actions.AlreadySaved:
            say_already_saved(request)
        else:
            messages.success(request, "Zapisano koniec pomocy.")
        return redirect(back)
    return confirm(
        request,
        question=f"Zakończyć pomoc: {resource.name}?",
        consequence=f"Wpis zniknie z listy tych, którzy pomagają. Podstawa: {CLAUSE}.",
        undo="Wpis zostanie wśród zakończonych. Jeśli pomoc wróci, można ją wpisać od nowa.",
        button="Zakończ",
        back=back,
        form=form,
        danger=False,
    )
