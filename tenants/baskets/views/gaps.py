"""Gaps of the basket: types of help that nobody gives, at all or to a group (REG §3.1, §5.1.h)."""

from collections.abc import Iterator
from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja.pages import list_page, page
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.basket import seen_by
from tenants.baskets.forms.basket import GapsFilter
from tenants.baskets.models.services import Service
from tenants.people.identity import PersonRequest
from tenants.services.finding import found
from tenants.services.terms import is_for
from tenants.services.types import ServiceType, types

_COLUMNS = (
    Column("rodzaj", "Rodzaj pomocy", lambda one: capfirst(one.name), is_header=True),
    Column("opis", "Na czym polega", lambda one: one.about),
    Column("dziedzina", "Dziedzina", lambda one: one.area.name),
)


@page(perms.see_gaps)
def listing(request: PersonRequest) -> HttpResponse:
    form = GapsFilter(request.GET)
    return list_page(
        request,
        Table(
            request,
            list(_lacking(request, **form.chosen)),
            _COLUMNS,
            "Rodzaje pomocy, których nie ma",
            empty="Nie znamy takiego rodzaju pomocy albo go nie brakuje.",
        ),
        form,
        title="Czego brakuje w koszyku",
        lead="Rodzaje pomocy, których w koszyku nie ma wcale albo nie ma dla wybranych osób "
        f"({perms.see_gaps.clause}).",
        crumbs=[("Koszyk usług", Service.LIST_PAGE)],
        is_taken=True,
    )


def _lacking(
    request: PersonRequest, *, szukaj: str = "", dla: str = "", dziedzina: str = ""
) -> Iterator[ServiceType]:
    """Types of which the reader finds no service, the likeliest first where words were looked for."""
    seen = seen_by(partial(perms.reach_for, request.person), timezone.localdate())
    given = {one.entry.type_code for one in seen if not dla or is_for(one.entry.groups, dla)}
    for one in found(szukaj) if szukaj else types():
        if one.code not in given and (not dziedzina or one.area.code == dziedzina):
            yield one
