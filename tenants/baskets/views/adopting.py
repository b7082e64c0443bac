"""Services of the directory that the Lider may take over, and those that follow their master (REG §3.2–3.3)."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.polish import polish_order, quoted
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import adopting, hidden_places
from tenants.baskets.following import within
from tenants.baskets.forms.adopting import AdoptForm, LocalForm, PlaceForm
from tenants.baskets.models.adoptions import Adoption
from tenants.baskets.models.services import Service
from tenants.baskets.standing import members_on
from tenants.baskets.views.cards import WAY
from tenants.baskets.views.services import crumbs_of, find_service
from tenants.baskets.workflow import INTEGRATING
from tenants.masters.models import MasterService
from tenants.masters.standing import offered
from tenants.people.identity import PersonRequest
from tenants.people.models import Organisation, Person
from tenants.services.described import listed_facts
from tenants.services.said import sections

_LIST = "baskets:masters"
_WAY = [*WAY, ("Z katalogu województwa", _LIST)]
_COLUMNS = (
    Column(
        "usluga",
        "Usługa",
        "name",
        sort=polish_order("name"),
        href=lambda one: reverse("baskets:master", args=[one.pk]),
        is_header=True,
    ),
    Column("instytucja", "Instytucja", "card", sort=polish_order("card__name")),
    Column("dla", "Dla kogo", "first_groups"),
)


@page(perms.review)
def listing(request: PersonRequest) -> HttpResponse:
    """Services of kooperanci that are in the directory and not yet in the basket."""
    today = timezone.localdate()
    members = Organisation.objects.filter(pk__in=members_on(today)).exclude(regon="")
    adopted = Adoption.objects.filter(detached_on=None).values_list("master_id", flat=True)
    rows = offered(members.values_list("regon", flat=True), today).exclude(pk__in=list(adopted))
    table = Table(
        request,
        rows,
        _COLUMNS,
        "Usługi z katalogu województwa",
        default="usluga",
        empty="Żaden kooperant nie ma w katalogu usługi, której by tu jeszcze nie było.",
    )
    return list_page(
        request,
        table,
        title="Usługi z katalogu województwa",
        lead="Opisuje je i potwierdza sama instytucja, raz dla wszystkich jednostek. Tutaj ustala się "
        "tylko to, co jest inaczej na miejscu.",
        crumbs=WAY,
        last="Z katalogu województwa",
    )


def find_master(person: Person, pk: UUID) -> MasterService:
    """A service of an institution that is a kooperant here."""
    master = MasterService.objects.select_related("card").filter(pk=pk).first()
    here = Organisation.objects.filter(pk__in=members_on(timezone.localdate()))
    if master is None or not here.filter(regon=master.card.regon).exists():
        raise Missing("Nie ma takiej usługi w katalogu")
    return master


@page(perms.review, find_master)
def show(request: PersonRequest, master: MasterService) -> HttpResponse:
    """The service as its institution describes it."""
    today = timezone.localdate()
    adopted = Adoption.objects.filter(master_id=master.pk, detached_on=None)
    values = {
        "master": master,
        "sections": sections(listed_facts(master), today),
        "adopted": adopted.select_related("service").first(),
        "is_offered": master.is_offered(today),
    }
    return render(request, "baskets/master.html", values)


@step(perms.review, find_master)
def adopt(request: PersonRequest, master: MasterService) -> HttpResponse:
    return form_page(
        request,
        AdoptForm(**sent(request), within=within(current_tenant().code)),
        partial(adopting.adopt, by=request.actor, master_id=master.pk),
        ready=partial(adopting.require_offered, master, request.actor),
        said="Przyjęto do koszyka. Zmiany z katalogu będą przychodzić same.",
        to=lambda service: service.url,
        back=reverse("baskets:master", args=[master.pk]),
        title="Przyjęcie z katalogu",
        eyebrow=master.name,
        lead=f"Wypełnij tylko to, co jest tu inaczej niż na karcie instytucji ({INTEGRATING}).",
        crumbs=[*_WAY, (master.name, reverse("baskets:master", args=[master.pk]))],
        submit="Przyjmij do koszyka",
    )


def _find_followed(person: Person, pk: UUID) -> Service:
    service: Service = find_service(person, pk)
    if service.followed is None:
        raise Missing("Tej usługi nie przyjęto z katalogu")
    return service


@step(perms.review, _find_followed)
def local(request: PersonRequest, service: Service) -> HttpResponse:
    adoption = service.followed
    return form_page(
        request,
        LocalForm(
            **sent(request),
            within=within(current_tenant().code),
            adoption=adoption,
            initial={"version": service.version},
        ),
        partial(adopting.set_local, by=request.actor, service_id=service.pk),
        said="Zapisano.",
        to=service.url,
        title="Co jest u nas inaczej",
        eyebrow=service.name,
        lead=f"Puste pole: tak jak na karcie w katalogu ({adoption.origin}).",
        crumbs=crumbs_of(service),
    )


@step(perms.review, _find_followed)
def look_at(request: PersonRequest, service: Service) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=service),
        partial(adopting.look_at, by=request.actor, service_id=service.pk),
        said="Przejrzano.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Czy zmiany usługi {quoted(service.name)} są przejrzane?",
        consequence="Zniknie z „Co dziś”. Opis w koszyku zostaje taki, jaki jest.",
        clause=INTEGRATING,
        undo="Zmiany zostają w historii opisu.",
        button="Przejrzane",
        danger=False,
    )


@step(perms.review, find_service)
def detach(request: PersonRequest, service: Service) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(adopting.detach, by=request.actor, service_id=service.pk),
        said="Odłączono. Usługę prowadzi się teraz tutaj.",
        to=service.url,
        crumbs=crumbs_of(service),
        question=f"Odłączyć usługę {quoted(service.name)} od katalogu?",
        consequence="Opis zostanie taki, jaki jest, a zmiany i potwierdzenia z katalogu przestaną "
        "przychodzić. Odtąd potwierdza go instytucja tutaj.",
        clause=INTEGRATING,
        undo="Usługę z katalogu można potem przyjąć jeszcze raz.",
        button="Odłącz",
        danger=False,
    )


def _find_hidden(person: Person, pk: UUID) -> Service:
    service: Service = find_service(person, pk)
    adoption = getattr(service, "adoption", None)
    if adoption is None or adoption.detached_on is None:
        raise Missing("Tego adresu nie ukryto")
    return service


@step(perms.review, _find_hidden)
def place(request: PersonRequest, service: Service) -> HttpResponse:
    return question(
        request,
        PlaceForm(**sent(request), row=service),
        partial(hidden_places.settle_place, by=request.actor, service_id=service.pk),
        said="Zapisano.",
        to=service.url,
        crumbs=crumbs_of(service),
        last="Adres",
        question=f"Czy adres usługi {quoted(service.name)} jest chroniony?",
        consequence="Instytucja oznaczyła tak adres w katalogu już po odłączeniu tej usługi. Dopóki "
        "tego nie przejrzysz, adres widzi tylko ośrodek.",
        clause=INTEGRATING,
        undo="Usuniętego adresu nie da się przywrócić; można go wpisać jeszcze raz.",
        button="Zapisz",
        danger=False,
    )
