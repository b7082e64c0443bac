"""The unit's own types of services: the list, a new one, a change, the end (REG §3.2)."""

from functools import partial

from django.http import HttpResponse
from django.utils.text import capfirst

from kooperacja.pages import form_page, list_page, page, question, row, sent, step
from kooperacja.ui.polish import polish_order, quoted
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.actions import own_types
from tenants.baskets.forms.own_types import EditOwnTypeForm, EndOwnTypeForm, NewOwnTypeForm
from tenants.baskets.models.own_types import OwnType
from tenants.baskets.models.services import Service
from tenants.people.identity import PersonRequest
from tenants.services.added import require_in_use
from tenants.services.added_columns import standing

_BASKET, _GAPS = ("Koszyk usług", Service.LIST_PAGE), ("Czego brakuje", "baskets:gaps")
_ALL = ("Własne rodzaje pomocy", OwnType.LIST_PAGE)
_find = row(OwnType)


_COLUMNS = (
    Column(
        "nazwa",
        "Rodzaj pomocy",
        lambda one: capfirst(one.name),
        sort=polish_order("name"),
        is_header=True,
    ),
    Column("opis", "Na czym polega", "about"),
    *standing("Część rodzaju"),
)


@page(perms.review)
def listing(request: PersonRequest) -> HttpResponse:
    """All types that the unit added, those that ended among them."""
    return list_page(
        request,
        Table(
            request,
            OwnType.objects.all(),
            _COLUMNS,
            "Własne rodzaje pomocy",
            default="nazwa",
            empty="Wystarczają Wam rodzaje z listy województwa.",
        ),
        lead="Rodzaje, których nie ma na liście województwa, a tu są potrzebne. Widzi je tylko ta "
        "jednostka. W katalogu województwa taka usługa stoi w swojej dziedzinie albo pod "
        "szerszym rodzajem.",
        crumbs=[_BASKET, _GAPS],
        last=_ALL[0],
        add=[("Dodaj rodzaj", "baskets:own_type_new", perms.review)],
    )


@step(perms.review)
def new(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        NewOwnTypeForm(**sent(request)),
        partial(own_types.add, by=request.actor),
        said=lambda one: f"Dodano rodzaj {quoted(one.name)}.",
        to=lambda one: OwnType.list_url(),
        back=OwnType.list_url(),
        title="Nowy rodzaj pomocy",
        lead="Sprawdź najpierw, czy nie ma go na liście pod inną nazwą. Dodanego rodzaju nie da "
        "się usunąć, można go tylko zakończyć.",
        crumbs=[_BASKET, _GAPS, _ALL],
        submit="Dodaj rodzaj",
    )


@step(perms.review, _find)
def edit(request: PersonRequest, one: OwnType) -> HttpResponse:
    return form_page(
        request,
        EditOwnTypeForm(**sent(request), instance=one),
        partial(own_types.change, by=request.actor, type_id=one.pk),
        ready=partial(require_in_use, one),
        said="Zapisano rodzaj pomocy.",
        to=OwnType.list_url(),
        title="Zmień rodzaj pomocy",
        eyebrow=one.name,
        crumbs=[_BASKET, _GAPS, _ALL],
        last="Zmiana",
    )


@step(perms.review, _find)
def end(request: PersonRequest, one: OwnType) -> HttpResponse:
    return question(
        request,
        EndOwnTypeForm(**sent(request)),
        partial(own_types.end, by=request.actor, type_id=one.pk),
        said=f"Zakończono rodzaj {quoted(one.name)}.",
        to=OwnType.list_url(),
        crumbs=[_BASKET, _GAPS, _ALL],
        last="Koniec",
        question=f"Zakończyć rodzaj {quoted(one.name)}?",
        consequence="Żadna nowa usługa go nie dostanie. Te, które go mają, zachowują go i dalej "
        "można je po nim znaleźć.",
        clause="§ 3 ust. 3 regulaminu",
        undo="Nie da się tego cofnąć. Ten sam rodzaj trzeba by dodać od nowa pod inną nazwą.",
        button="Zakończ rodzaj",
    )
