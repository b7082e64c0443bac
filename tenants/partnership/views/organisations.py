"""Institutions: the list, one of them, entering and correcting it (REG §1.8, §5.1.a)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, row, sent, step
from kooperacja.ui.polish import polish_order
from kooperacja.ui.tables import Column, Table
from tenants.exchange.actions import PUBLIC, find_institution
from tenants.partnership import perms
from tenants.partnership.actions import organisations as actions
from tenants.partnership.forms.organisations import (
    EditOrganisationForm,
    NewOrganisationForm,
    NumberForm,
    OrganisationsFilter,
)
from tenants.partnership.models import Organisation
from tenants.partnership.people import PersonRequest
from tenants.partnership.views.declarations import state_kind
from tenants.partnership.views.institution import memberships_of, people_of, rights_in

_COLUMNS = (
    Column("nazwa", "Nazwa", "name", sort=polish_order("name"), is_link=True),
    Column("sektor", "Sektor", "get_sector_display", sort="sector"),
    Column("siedziba", "Siedziba", "city", sort=polish_order("city")),
    Column("od", "Członek od", "joined_on", sort="joined_on"),
)
_FORM = "partnership/organisation_form.html"
_organisation = row(Organisation)


@page(perms.see_organisations)
def listing(request: PersonRequest) -> HttpResponse:
    form = OrganisationsFilter(request.GET)
    return list_page(
        request,
        Table(
            request,
            Organisation.objects.chosen(timezone.localdate(), **form.chosen),
            _COLUMNS,
            "Instytucje",
            default="nazwa",
            empty="Żadna instytucja nie odpowiada wybranym warunkom.",
        ),
        form,
        lead="Członkowie Partnerstwa i instytucje, które mogą do niego przystąpić.",
        add=[("Wpisz instytucję", "partnership:organisation_new", perms.keep_organisations)],
    )


@page(perms.see_organisation, _organisation)
def show(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    person = request.person
    memberships = memberships_of(organisation, timezone.localdate())
    declarations = organisation.declarations.order_by("-created_at")
    is_member = any(is_current for _, is_current in memberships)
    context = {
        "organisation": organisation,
        "memberships": memberships,
        "is_member": is_member,
        "declarations": [
            (declaration, state_kind(declaration))
            for declaration in declarations
            if perms.see_declaration(person, declaration)
        ],
        **people_of(organisation),
        **rights_in(person, organisation),
        "can_resign": perms.resign(person, organisation)
        and any(membership.ended_on is None for membership, _ in memberships),
        "may_declare": perms.enter_declarations(person)
        and not is_member
        and not any(declaration.is_open for declaration in declarations),
    }
    return render(request, "partnership/organisation.html", context)


@step(perms.keep_organisations)
def new(request: PersonRequest) -> HttpResponse:
    asked = NumberForm(request.GET if "regon" in request.GET else None, auto_id="asked_%s")
    form = NewOrganisationForm(**sent(request), initial=_known_elsewhere(asked))
    return form_page(
        request,
        form,
        partial(actions.add_organisation, by=request.actor),
        said=lambda organisation: f"Wpisano instytucję „{organisation}”.",
        to=lambda organisation: organisation.url,
        template=_FORM,
        asked=asked,
        is_known="name" in form.initial,
        back=Organisation.list_url(),
    )


def _known_elsewhere(asked: NumberForm) -> dict[str, str]:
    """What the region's other units noted of the institution of a number: public data alone."""
    if not asked.is_valid():
        return {}
    number = asked.cleaned_data["regon"]
    known = find_institution(regon=number)
    return {name: getattr(known, name) for name in PUBLIC} if known else {"regon": number}


@step(perms.edit_organisation, _organisation)
def edit(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return form_page(
        request,
        EditOrganisationForm(**sent(request), instance=organisation),
        partial(actions.edit_organisation, by=request.actor, organisation_id=organisation.pk),
        said="Zapisano zmiany.",
        to=organisation.url,
        template=_FORM,
        organisation=organisation,
        sees_members=perms.see_members(request.person),
    )
