"""Gaps of the basket that the Lider sees to: who is sought, what is planned, what closed them (REG §5.1.h)."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from kooperacja.pages import form_page, list_page, page, question, row, sent, step
from kooperacja.ui.polish import pl_date
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.baskets import perms
from tenants.baskets.actions import gaps
from tenants.baskets.forms.gaps import MarkGapForm, PlanGapForm
from tenants.baskets.models.gaps import Gap, GapRecruitment
from tenants.baskets.views.gaps import BASKET, GAPS
from tenants.baskets.workflow import LACKING, GapState
from tenants.partnership.models import Partnership
from tenants.people.identity import PersonRequest

_MARKED = ("Szukamy i planujemy", Gap.LIST_PAGE)
_find = row(Gap)


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
        _closed,
        sort="closed_on",
        href=lambda one: one.filled_with.url if one.filled_with else "",
    ),
    Column("kogo", "Kogo zapraszamy", _recruited, href=_recruiting),
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
        crumbs=[BASKET, GAPS],
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
        crumbs=[BASKET, GAPS, _MARKED],
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
        crumbs=[BASKET, GAPS, _MARKED],
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
        crumbs=[BASKET, GAPS, _MARKED],
        last="Koniec szukania",
        question=f"Już nie szukacie: {gap}?",
        consequence="Zostanie w spisie jako zamknięty, a w koszyku nadal tego nie będzie.",
        clause=LACKING,
        undo="Ten sam brak można potem oznaczyć jeszcze raz.",
        button="Zamknij",
        danger=False,
    )
