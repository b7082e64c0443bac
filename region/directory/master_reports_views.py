"""A mistake that a reader of some unit told of is seen to by whoever keeps the master card (REG §3.6)."""

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse

from kooperacja.accounts.factors import actor_of
from kooperacja.accounts.models import Account
from kooperacja.pages import account_page, question, sent
from kooperacja.ui.problems import Missing
from region.directory.master_services_views import crumbs_of
from tenants.masters.actions import reports
from tenants.masters.models import MasterReport
from tenants.masters.standing import may_let_in


def _find_report(account: Account, pk: UUID) -> MasterReport:
    rows = MasterReport.objects.select_related("service__card", "tenant__unit")
    report = rows.filter(pk=pk).first()
    if report is None or not may_let_in(account.pk, report.service.card_id):
        raise Missing("Nie ma takiego zgłoszenia")
    return report


@account_page(_find_report)
def close(request: HttpRequest, report: MasterReport) -> HttpResponse:
    service = report.service
    return question(
        request,
        forms.Form(**sent(request)),
        partial(reports.close, by=actor_of(request), report_id=report.pk),
        said="Zgłoszenie załatwione. Jednostka się o tym dowie.",
        to=service.url,
        crumbs=crumbs_of(service),
        last="Zgłoszony błąd",
        question="Czy to zgłoszenie jest załatwione?",
        consequence=f"{report.tenant.label}: {report.text}",
        undo="Jeśli błąd wróci, można go zgłosić jeszcze raz.",
        button="Załatwione",
        danger=False,
    )
