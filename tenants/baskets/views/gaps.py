"""Gaps of the basket: help that nobody gives, and what was looked for in vain (REG §3.1, §5.1.h)."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja.pages import list_page, page
from kooperacja.ui.polish import pl_month, polish_order
from kooperacja.ui.tables import Column, Table
from tenants.baskets import perms
from tenants.baskets.basket import seen_by
from tenants.baskets.forms.basket import GapsFilter
from tenants.baskets.models.gaps import Gap, UnfoundSearch
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import GAP, LACKING
from tenants.people.identity import PersonRequest
from tenants.services.finding import found
from tenants.services.terms import Group, is_for
from tenants.services.types import ServiceType
from tenants.services.vocabulary import known_types, vocabulary

BASKET = ("Koszyk usług", Service.LIST_PAGE)
GAPS = ("Czego brakuje", "baskets:gaps")
_COLUMNS = (
    Column("rodzaj", "Rodzaj pomocy", lambda one: capfirst(one.name), is_header=True),
    Column("opis", "Na czym polega", lambda one: one.about),
    Column("dziedzina", "Dziedzina", lambda one: one.area.name),
)
_UNFOUND_COLUMNS = (
    Column("slowa", "Słowa", "words", sort=polish_order("words"), is_header=True),
    Column("miesiac", "Miesiąc", lambda one: pl_month(one.month), sort="month"),
    Column("ile", "Ile razy", "count", sort="count", is_number=True),
)


@page(perms.see_gaps)
def listing(request: PersonRequest) -> HttpResponse:
    """Types that nobody gives, each with what the Lider does about it."""
    form = GapsFilter(request.GET)
    wanted = {Group.ALL, form.chosen.get("dla", "")}
    rows = Gap.objects.filter(state__in=GAP.open, group__in=wanted).order_by("opened_on", "pk")
    seen_to = {gap.type_code: gap.state_said for gap in rows}
    reviews = perms.review(request.person)
    new = "oznacz brak" if reviews else ""
    state = Column(
        "stan",
        "Co robimy",
        lambda one: seen_to.get(one.code, new),
        href=lambda one: "" if one.code in seen_to or not reviews else _marks(one, **form.chosen),
    )
    return list_page(
        request,
        Table(
            request,
            list(_lacking(request, **form.chosen)),
            (*_COLUMNS, state),
            "Rodzaje pomocy, których nie ma",
            empty="Nie znamy takiego rodzaju pomocy albo go nie brakuje.",
        ),
        form,
        title="Czego brakuje w koszyku",
        lead="Rodzaje pomocy, których w koszyku nie ma wcale albo nie ma dla wybranych osób "
        f"({perms.see_gaps.clause}).",
        crumbs=[BASKET],
        add=[
            ("Oznacz brak", "baskets:gap_new", perms.review),
            ("Szukamy i planujemy", "baskets:gaps_marked", perms.see_gaps),
            ("Szukane na próżno", "baskets:gaps_unfound", perms.review),
            ("Własne rodzaje pomocy", "baskets:own_types", perms.review),
        ],
        is_taken=True,
    )


def _marks(kind: ServiceType, *, dla: str = "", **others: str) -> str:
    """The way to mark this gap for those for whom it was looked for."""
    asked = {"rodzaj": kind.code, "dla": dla or Group.ALL}
    return f"{reverse('baskets:gap_new')}?{urlencode(asked)}"


@page(perms.review)
def unfound(request: PersonRequest) -> HttpResponse:
    """Searches that found nothing, month by month."""
    return list_page(
        request,
        Table(
            request,
            UnfoundSearch.objects.all(),
            _UNFOUND_COLUMNS,
            "Szukane na próżno",
            default="-miesiac",
            empty="Każde wyszukiwanie coś znalazło.",
        ),
        lead="Słowa, po których koszyk nie znalazł żadnej usługi. Nie zapisujemy, kto szukał, ani "
        f"numerów i nazwisk ({LACKING}).",
        crumbs=[BASKET, GAPS],
        last="Szukane na próżno",
        add=[("Oznacz brak", "baskets:gap_new", perms.review)],
        is_taken=True,
    )


def _lacking(
    request: PersonRequest, *, szukaj: str = "", dla: str = "", dziedzina: str = ""
) -> Iterator[ServiceType]:
    """Types of which the reader finds no service, the likeliest first where words were looked for."""
    seen = seen_by(partial(perms.reach_for, request.person), timezone.localdate())
    line = vocabulary().line
    fitting = (one.entry for one in seen if not dla or is_for(one.entry.groups, dla))
    given = {code for entry in fitting for code in line(entry.type_code)}
    for one in found(szukaj) if szukaj else known_types():
        is_wanted = not dziedzina or one.area.code == dziedzina
        if is_wanted and not one.is_ended and one.code not in given:
            yield one
