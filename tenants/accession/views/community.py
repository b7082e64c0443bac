"""Resources of the local community: the list, one of them, entering and ending it (REG §5.1.e)."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, question, row, sent, step
from kooperacja.ui.polish import polish_order, stopped
from kooperacja.ui.tables import Column, Table
from tenants.accession import perms
from tenants.accession.actions import community
from tenants.accession.forms.community import (
    EditResourceForm,
    EndResourceForm,
    NewResourceForm,
    ResourcesFilter,
)
from tenants.accession.models.community import CommunityResource
from tenants.people.identity import PersonRequest

_COLUMNS = (
    Column("nazwa", "Nazwa", "name", sort=polish_order("name"), is_link=True),
    Column("rodzaj", "Rodzaj", "get_kind_display", sort="kind"),
    Column("miejsce", "Miejscowość", "area", sort=polish_order("area")),
    Column("pomoc", "W czym pomaga", "offers"),
)
_resource = row(CommunityResource)

_LISTED = ("Zasoby społeczności", CommunityResource.LIST_PAGE)


@page(perms.see_resources)
def listing(request: PersonRequest) -> HttpResponse:
    form = ResourcesFilter(request.GET)
    return list_page(
        request,
        Table(
            request,
            CommunityResource.objects.chosen(timezone.localdate(), **form.chosen),
            _COLUMNS,
            "Zasoby społeczności",
            default="nazwa",
            empty="Nikt nie odpowiada wybranym warunkom.",
            nothing="Nikogo jeszcze nie wpisano.",
        ),
        form,
        lead="Kto pomaga w okolicy, choć nie jest członkiem Partnerstwa "
        f"({perms.see_resources.clause}).",
        add=[("Wpisz pomagających", "accession:resource_new", perms.keep_resources)],
        is_taken=True,
    )


@page(perms.see_resources, _resource)
def show(request: PersonRequest, resource: CommunityResource) -> HttpResponse:
    can_change = perms.keep_resources(request.person) and resource.ended_on is None
    context = {"resource": resource, "can_change": can_change}
    return render(request, "accession/resource.html", context)


@step(perms.keep_resources)
def new(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        NewResourceForm(**sent(request), initial={"from_on": timezone.localdate()}),
        partial(community.add_resource, by=request.actor),
        said=lambda resource: stopped(f"Wpisano: {resource}"),
        to=lambda resource: resource.url,
        title="Kto pomaga?",
        lead="Na przykład OSP, koło gospodyń, sołtys, wolontariusze "
        f"({perms.keep_resources.clause}).",
        back=CommunityResource.list_url(),
        crumbs=[_LISTED],
        last="Nowy wpis",
    )


@step(perms.keep_resources, _resource)
def edit(request: PersonRequest, resource: CommunityResource) -> HttpResponse:
    return form_page(
        request,
        EditResourceForm(**sent(request), instance=resource),
        partial(community.edit_resource, by=request.actor, resource_id=resource.pk),
        said="Zapisano zmiany.",
        to=resource.url,
        title="Zmiana wpisu",
        eyebrow=resource.name,
        crumbs=[_LISTED, (resource.name, resource.url)],
    )


@step(perms.keep_resources, _resource)
def end(request: PersonRequest, resource: CommunityResource) -> HttpResponse:
    return question(
        request,
        EndResourceForm(**sent(request)),
        partial(community.end_resource, by=request.actor, resource_id=resource.pk),
        said="Zapisano koniec pomocy.",
        to=resource.url,
        crumbs=[_LISTED, (resource.name, resource.url)],
        question=f"Zakończyć pomoc: {resource.name}?",
        consequence="Wpis zniknie z listy tych, którzy pomagają.",
        clause=perms.keep_resources.clause,
        undo="Wpis zostanie wśród zakończonych. Jeśli pomoc wróci, można ją wpisać od nowa.",
        button="Zakończ",
        danger=False,
    )
