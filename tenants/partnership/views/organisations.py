"""Institutions: the list, one of them, entering and correcting it (REG §1.8, §5.1.a)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, row, sent, step
from kooperacja.ui.page_parts import parts_of
from kooperacja.ui.polish import polish_order
from kooperacja.ui.tables import Column, Table
from tenants.exchange.actions import PUBLIC, find_institution
from tenants.partnership import perms
from tenants.partnership.forms import OrganisationsFilter
from tenants.partnership.institutions import chosen_on
from tenants.partnership.views.institution import memberships_of, people_of, rights_in
from tenants.people import perms as people_perms
from tenants.people.actions import organisations
from tenants.people.forms import EditOrganisationForm, NewOrganisationForm, NumberForm
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation

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
            chosen_on(timezone.localdate(), **form.chosen),
            _COLUMNS,
            "Instytucje",
            default="nazwa",
            empty="Żadna instytucja nie odpowiada wybranym warunkom.",
        ),
        form,
        lead="Członkowie Partnerstwa i instytucje, które mogą do niego przystąpić.",
        add=[("Wpisz instytucję", "partnership:organisation_new", people_perms.keep_organisations)],
    )


@page(perms.see_organisation, _organisation)
def show(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    memberships = memberships_of(organisation, timezone.localdate())
    context = {
        "organisation": organisation,
        "memberships": memberships,
        "is_member": any(is_current for _, is_current in memberships),
        **people_of(organisation),
        **rights_in(request.person, organisation),
        "parts": parts_of(Organisation.PAGE, request, organisation, memberships),
    }
    return render(request, "partnership/organisation.html", context)


@step(people_perms.keep_organisations)
def new(request: PersonRequest) -> HttpResponse:
    asked = NumberForm(request.GET if "regon" in request.GET else None, auto_id="asked_%s")
    form = NewOrganisationForm(**sent(request), initial=_known_elsewhere(asked))
    return form_page(
        request,
        form,
        partial(organisations.add_organisation, by=request.actor),
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


@step(people_perms.edit_organisation, _organisation)
def edit(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return form_page(
        request,
        EditOrganisationForm(**sent(request), instance=organisation),
        partial(organisations.edit_organisation, by=request.actor, organisation_id=organisation.pk),
        said="Zapisano zmiany.",
        to=organisation.url,
        template=_FORM,
        organisation=organisation,
        sees_members=perms.see_members(request.person),
    )
