"""Types of services that the ROPS adds for the whole region: the list, a new one, a change, the end (REG §3.2)."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from kooperacja.pages import form_page, list_page, question, sent
from kooperacja.ui.polish import polish_order, quoted
from kooperacja.ui.problems import Missing
from kooperacja.ui.tables import Column, Table
from tenants.region_types import actions
from tenants.region_types.forms import EditTypeForm, EndTypeForm, NewTypeForm
from tenants.region_types.models import RegionType
from tenants.registry.perms import RegionRequest, region_page, region_step
from tenants.services.added import require_in_use
from tenants.services.added_columns import standing

_LIST = "added_types:list"
_HOME, _ALL = ("Panel województwa", "panel:home"), ("Typy usług", _LIST)


_COLUMNS = (
    Column(
        "nazwa",
        "Typ usługi",
        lambda row: capfirst(row.name),
        href=lambda row: row.url,
        sort=polish_order("name"),
        is_header=True,
    ),
    *standing("Typ szerszy"),
)


@region_page()
def added(request: RegionRequest) -> HttpResponse:
    """All types that were added, those that ended among them."""
    return list_page(
        request,
        Table(
            request,
            RegionType.objects.all(),
            _COLUMNS,
            "Typy usług dodane w województwie",
            default="nazwa",
            empty="ROPS nie dodał jeszcze żadnego typu.",
        ),
        title="Typy usług",
        lead="Typy, które ROPS dodał do wspólnej listy. W kilka sekund ma je każda jednostka: w "
        "formularzach, wyszukiwaniu i plikach dla programów.",
        crumbs=[_HOME],
        add=[
            ("Dodaj typ", "added_types:new", lambda _: True),
            ("Wszystkie typy", "directory:types", lambda _: True),
        ],
    )


def _find(pk: UUID) -> RegionType:
    if (row := RegionType.objects.filter(pk=pk).first()) is None:
        raise Missing("Nie ma takiego typu")
    return row


@region_step()
def new(request: RegionRequest) -> HttpResponse:
    return form_page(
        request,
        NewTypeForm(**sent(request)),
        partial(actions.add, by=request.actor),
        said=lambda row: f"Dodano typ {quoted(row.name)}. Jednostki zobaczą go za kilka sekund.",
        to=lambda row: reverse(_LIST),
        back=reverse(_LIST),
        crumbs=[_HOME, _ALL],
        title="Nowy typ usługi",
        lead="Dodaj typ, którego brakuje w całym województwie. Sprawdź najpierw, czy nie ma go pod "
        "inną nazwą. Dodanego typu nie da się usunąć, można go tylko zakończyć.",
        submit="Dodaj typ",
    )


@region_step(_find)
def edit(request: RegionRequest, row: RegionType) -> HttpResponse:
    return form_page(
        request,
        EditTypeForm(**sent(request), instance=row),
        partial(actions.change, by=request.actor, type_id=row.pk),
        ready=partial(require_in_use, row),
        said="Zapisano typ. Jednostki zobaczą zmianę za kilka sekund.",
        to=_LIST,
        crumbs=[_HOME, _ALL, (capfirst(row.name), row.url)],
        title="Zmień typ usługi",
        eyebrow=row.name,
        lead="Usługi, które mają ten typ, zachowają go pod nową nazwą. Nową dziedzinę i nowy typ "
        "szerszy katalog województwa przyjmie najpóźniej następnego dnia.",
        last="Zmiana",
    )


@region_step(_find)
def end(request: RegionRequest, row: RegionType) -> HttpResponse:
    return question(
        request,
        EndTypeForm(**sent(request)),
        partial(actions.end, by=request.actor, type_id=row.pk),
        said=f"Zakończono typ {quoted(row.name)}.",
        to=_LIST,
        crumbs=[_HOME, _ALL, (capfirst(row.name), row.url)],
        question=f"Zakończyć typ {quoted(row.name)}?",
        consequence="Żadna nowa usługa go nie dostanie. Te, które go mają, zachowają go i dalej "
        "można je po nim znaleźć.",
        undo="Nie da się tego cofnąć. Ten sam typ trzeba by dodać od nowa pod inną nazwą.",
        button="Zakończ typ",
    )
