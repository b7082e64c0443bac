"""The register of the numbers of agreements, and the way they are given (POR-C signatures)."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from kooperacja.pages import form_page, list_page, page, sent, step
from kooperacja.ui.tables import Column, Table
from tenants.agreements import perms
from tenants.agreements.actions import numbers as acts
from tenants.agreements.forms.numbers import NumberRuleForm, NumbersFilter
from tenants.agreements.models import AgreementNumber, NumberRule
from tenants.agreements.views.drafts import LIST
from tenants.people.identity import PersonRequest

_REGISTER = "Numery porozumień"
_COLUMNS = (
    Column("numer", "Numer", "text", sort="text", is_header=True),
    Column("rok", "Rok", "year", sort="year"),
    Column("nadano", "Nadano", "given_on", sort="given_on"),
    Column(
        "porozumienie",
        "Porozumienie",
        lambda row: row.agreement,
        href=lambda row: str(row.agreement.url),
    ),
    Column("stan", "Stan numeru", "state"),
    Column("anulowano", "Anulowano", "cancelled_on", sort="cancelled_on"),
    Column("powod", "Powód", "reason"),
)


@page(perms.see_numbers)
def listing(request: PersonRequest) -> HttpResponse:
    """All numbers, those that were cancelled among them."""
    form = NumbersFilter(request.GET)
    rows = AgreementNumber.objects.select_related("agreement")
    if year := form.chosen.get("rok"):
        rows = rows.filter(year=year)
    if form.chosen.get("stan"):
        rows = rows.exclude(cancelled_on=None)
    table = Table(
        request,
        rows,
        _COLUMNS,
        _REGISTER,
        default="-nadano",
        nothing="Żadnego numeru jeszcze nie nadano. Porozumienie dostaje numer, gdy przekazujesz je "
        "do podpisu.",
        empty="Nie ma numerów, które odpowiadają wybranym warunkom.",
    )
    return list_page(
        request,
        table,
        form,
        lead=_lead(NumberRule.objects.newest()),
        add=[("Zmień sposób numerowania", "agreements:number_rule", perms.write_agreements)],
        crumbs=[LIST],
        is_taken=True,
    )


def _lead(rule: NumberRule) -> str:
    """How the next number is given."""
    way = (
        "Numery nadaje EZD, a ośrodek je wpisuje"
        if rule.is_typed
        else f"Numery nadajemy kolejno w każdym roku, według wzoru {rule.pattern}"
    )
    return (
        f"{way}, gdy porozumienie jest przekazywane do podpisu. Numer porozumienia, które cofnięto do "
        "projektu albo które nie weszło w życie, zostaje tu jako anulowany."
    )


@step(perms.write_agreements)
def rule(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        NumberRuleForm(**sent(request), instance=NumberRule.objects.newest()),
        partial(acts.set_rule, by=request.actor),
        said="Zapisano sposób numerowania.",
        to=reverse("agreements:numbers"),
        title="Sposób numerowania porozumień",
        lead="Zmiana dotyczy następnych numerów; nadane zostają, jakie są.",
        crumbs=[LIST, (_REGISTER, reverse("agreements:numbers"))],
    )
