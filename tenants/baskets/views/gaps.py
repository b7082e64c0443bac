"""Gaps of the basket: help that nobody gives, is sought, was looked for in vain (REG §3.1, §5.1.h)."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from kooperacja.pages import form_page, list_page, page, question, row, sent, step
from kooperacja.ui.polish import pl_date, pl_month, polish_order
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.baskets import perms
from tenants.baskets.actions import gaps
from tenants.baskets.basket import seen_by
from tenants.baskets.forms.basket import GapsFilter
from tenants.baskets.forms.gaps import MarkGapForm, PlanGapForm
from tenants.baskets.models.gaps import Gap, GapRecruitment, UnfoundSearch
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import GAP, LACKING, GapState
from tenants.partnership.models import Partnership
from tenants.people.identity import PersonRequest
from tenants.services.finding import found
from tenants.services.terms import Group, is_for
from tenants.services.types import ServiceType
from tenants.services.vocabulary import known_types, vocabulary

_BASKET = ("Koszyk usług", Service.LIST_PAGE)
_GAPS = ("Czego brakuje", "baskets:gaps")
_MARKED = ("Szukamy i planujemy", Gap.LIST_PAGE)
_find = row(Gap)
_COLUMNS = (
    Column("rodzaj", "Rodzaj pomocy", lambda one: capfirst(one.name), is_header=True),
    Column("opis", "Na czym polega", lambda one: one.about),
    Column("dziedzina", "Dziedzina", lambda one: one.area.name),
)
_MARKED_COLUMNS = (
    Column("rodzaj", "Rodzaj pomocy", lambda one: capfirst(one.kind_said), is_header=True),
    Column("dla", "Dla kogo", "get_group_display"),
    Column("stan", "Stan", "state_said"),
    Column("od", "Oznaczono", "opened_on", sort="opened_on"),
    Column("zamknieto", "Zamknięto", "closed_on", sort="closed_on"),
)
_OF_OFFICE = (
    *_MARKED_COLUMNS[:-1],
    Column(
        "zamknieto",
        "Zamknięto",
        lambda one: _closed(one),
        sort="closed_on",
        href=lambda one: one.filled_with.url if one.filled_with else "",
    ),
    Column(
        "kogo",
        "Kogo zapraszamy",
        lambda one: _recruited(one),
        href=lambda one: _recruiting(one),
    ),
)
_STEPS = (
    Column(
        "plan",
        "Gdy ktoś się znajdzie",
        lambda one: "zaplanuj" if one.is_open else "",
        href=lambda one: one.url_of("plan") if one.is_open else "",
    ),
    Column(
        "koniec",
        "Gdy już nie szukacie",
        lambda one: "zamknij" if one.is_open else "",
        href=lambda one: one.url_of("drop") if one.is_open else "",
    ),
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
        crumbs=[_BASKET],
        add=[
            ("Oznacz brak", "baskets:gap_new", perms.review),
            ("Szukamy i planujemy", "baskets:gaps_marked", perms.see_gaps),
            ("Szukane na próżno", "baskets:gaps_unfound", perms.review),
            ("Własne rodzaje pomocy", "baskets:own_types", perms.review),
        ],
        is_taken=True,
    )


def _marks(kind: ServiceType, *, dla: str = Group.ALL, **others: str) -> str:
    """The way to mark this gap for those for whom it was looked for."""
    return f"{reverse('baskets:gap_new')}?{urlencode({'rodzaj': kind.code, 'dla': dla})}"


@page(perms.see_gaps)
def marked(request: PersonRequest) -> HttpResponse:
    """Gaps that the Lider sees to, and those that were closed."""
    reviews = perms.review(request.person)
    return list_page(
        request,
        Table(
            request,
            _with_ends(Gap.objects.all()) if reviews else Gap.objects.all(),
            (*_OF_OFFICE, *_STEPS) if reviews else _MARKED_COLUMNS,
            "Szukamy i planujemy",
            default="-od",
            empty="Nikt nie oznaczył jeszcze, czego brakuje.",
        ),
        lead="Pomoc, której brakuje, a Lider szuka instytucji albo ją planuje. Gdy taka usługa "
        f"wejdzie do koszyka, brak zamknie się sam ({LACKING}).",
        crumbs=[_BASKET, _GAPS],
        last="Szukamy i planujemy",
        add=[
            ("Oznacz brak", "baskets:gap_new", perms.review),
            ("Nabór kooperantów", "accession:recruitments", perms.review),
        ],
        is_taken=True,
    )


def _with_ends(rows: "QuerySet[Gap]") -> "QuerySet[Gap]":
    """With the service that closed each, and whom the office recruits for it, the newest last."""
    recruiting = GapRecruitment.objects.select_related("recruitment").order_by("pk")
    return rows.select_related("filling__service").prefetch_related(
        Prefetch("recruiting", recruiting, to_attr="recruited")
    )


def _closed(gap: Gap) -> str:
    service = gap.filled_with
    return f"{pl_date(gap.closed_on)}: {service.name}" if service else pl_date(gap.closed_on)


def _recruited(gap: Any) -> str:
    entries = [one.recruitment for one in gap.recruited]
    said = [f"{one.institution_name} ({one.get_state_display()})" for one in entries]
    return "; ".join(said) or ("zaproś instytucję" if _may_recruit(gap) else "")


def _recruiting(gap: Any) -> str:
    """The newest entry of recruitment; while there is none, the way to begin it."""
    if gap.recruited:
        return str(gap.recruited[-1].recruitment.url)
    return f"{reverse('accession:recruitment_new')}?brak={gap.pk}" if _may_recruit(gap) else ""


def _may_recruit(gap: Gap) -> bool:
    """It is sought still, and there is a partnership to invite to."""
    return gap.is_open and Partnership.is_active()


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
        crumbs=[_BASKET, _GAPS],
        last="Szukane na próżno",
        add=[("Oznacz brak", "baskets:gap_new", perms.review)],
        is_taken=True,
    )


@step(perms.review)
def mark(request: PersonRequest) -> HttpResponse:
    return form_page(
        request,
        MarkGapForm(**sent(request), initial=_asked(request)),
        partial(gaps.mark, by=request.actor),
        said="Oznaczono brak. Zamknie się sam, gdy taka usługa wejdzie do koszyka.",
        to=Gap.list_url(),
        title="Oznacz, czego brakuje",
        lead=f"Rodzaj pomocy, którego nie ma w koszyku dla tych osób ({LACKING}).",
        crumbs=[_BASKET, _GAPS, _MARKED],
        submit="Oznacz",
    )


def _asked(request: PersonRequest) -> dict[str, str]:
    return {"type_code": request.GET.get("rodzaj", ""), "group": request.GET.get("dla", "")}


@step(perms.review, _find)
def plan(request: PersonRequest, gap: Gap) -> HttpResponse:
    initial = {"version": gap.version, "planned_on": gap.planned_on}
    return form_page(
        request,
        PlanGapForm(**sent(request), initial=initial),
        partial(gaps.plan, by=request.actor, gap_id=gap.pk),
        ready=partial(require_may, gap, GapState.PLANNED),
        said="Zapisano plan.",
        to=Gap.list_url(),
        title="Od kiedy ma działać?",
        eyebrow=str(gap),
        crumbs=[_BASKET, _GAPS, _MARKED],
        last="Plan",
    )


@step(perms.review, _find)
def drop(request: PersonRequest, gap: Gap) -> HttpResponse:
    return question(
        request,
        forms.Form(**sent(request)),
        partial(gaps.drop, by=request.actor, gap_id=gap.pk),
        ready=partial(require_may, gap, GapState.DROPPED),
        said="Zamknięto.",
        to=Gap.list_url(),
        crumbs=[_BASKET, _GAPS, _MARKED],
        last="Koniec szukania",
        question=f"Już nie szukacie: {gap}?",
        consequence="Zostanie w spisie jako zamknięty, a w koszyku nadal tego nie będzie.",
        clause=LACKING,
        undo="Ten sam brak można potem oznaczyć jeszcze raz.",
        button="Zamknij",
        danger=False,
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
