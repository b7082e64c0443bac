"""A reader tells that something is wrong with a service; its keepers see to it (REG §3.5–3.6)."""

from functools import partial

from django import forms
from django.http import HttpResponse

from kooperacja.pages import form_page, question, sent, step
from tenants.baskets import perms
from tenants.baskets.actions import reports
from tenants.baskets.forms.reports import ReportForm
from tenants.baskets.models.checks import ServiceReport
from tenants.baskets.models.services import Service
from tenants.baskets.views.services import crumbs_of, find_service
from tenants.baskets.workflow import TELLING
from tenants.people.identity import PersonRequest, visible

_ROWS = ServiceReport.objects.select_related("service__card__organisation")
_TO_OFFICE = "Dziękujemy. Napisaliśmy do instytucji i do ośrodka."
_TO_MASTER = "Dziękujemy. Przekażemy to opiekunowi karty w katalogu województwa."
_BASKET = ("Koszyk usług", Service.LIST_PAGE)


@step(perms.see_service, find_service)
def new(request: PersonRequest, service: Service) -> HttpResponse:
    return form_page(
        request,
        ReportForm(**sent(request), follows=service.followed is not None),
        partial(reports.report, by=request.actor, service_id=service.pk),
        said=lambda report: _TO_MASTER if report.is_of_master else _TO_OFFICE,
        to=service.url,
        title="Zgłoś błąd",
        eyebrow=service.name,
        lead="Na przykład: nikt nie odbiera telefonu, zmieniły się godziny. Opis się nie zmieni, "
        f"dopóki nie poprawi go instytucja ({TELLING}).",
        crumbs=[_BASKET, (service.name, service.url)],
        submit="Wyślij",
    )


@step(perms.settle_report, visible(_ROWS, perms.settle_report, "Nie ma takiego zgłoszenia"))
def close(request: PersonRequest, report: ServiceReport) -> HttpResponse:
    service = report.service
    return question(
        request,
        forms.Form(**sent(request)),
        partial(reports.close, by=request.actor, report_id=report.pk),
        said="Zgłoszenie załatwione.",
        to=service.url,
        crumbs=crumbs_of(service),
        last="Zgłoszony błąd",
        question="Czy to zgłoszenie jest załatwione?",
        consequence=f"{report.by_name}: {report.text}",
        undo="Jeśli błąd wróci, można go zgłosić jeszcze raz.",
        button="Załatwione",
        danger=False,
    )
