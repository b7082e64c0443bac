"""The region's screens: today with the map of tiles, the table of units, one unit's figures."""

import itertools
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kooperacja.accounts.sessions import passive
from kooperacja.indicators import Indicator
from kooperacja.pages import list_page
from kooperacja.ui.files import file_response
from kooperacja.ui.polish import plural_pl
from kooperacja.ui.tables import Column, Table
from region.monitoring import catalogue
from region.monitoring.models import Figure
from region.panel import board
from region.panel.export import file_name, units_csv
from region.panel.figures import Periods, figures_of
from region.panel.forms import MapForm, UnitsFilter
from region.panel.help import Help, to_help
from region.panel.rules import STAGE_FORMS, Stage
from region.panel.shares import shares_of
from tenants.registry.perms import RegionRequest, region_page

UNITS_A_PAGE = 100


@region_page()
def home(request: RegionRequest) -> HttpResponse:
    """The units in their stages, whom to help, the map and the region's figures."""
    only = _stage(request)
    now = board.load(_chosen(request), totals_only=True, only=only)
    form = MapForm(initial={"wskaznik": now.indicator.code, "etap": only or ""})
    values = {
        "board": now,
        "form": form,
        "legend": _legend(now.indicator),
        "strip": _strip(now),
        "help": _help(request, now),
        **_of_region(now),
    }
    return render(request, "region/panel/home.html", values)


@region_page()
def table(request: RegionRequest) -> HttpResponse:
    """All units with the total and each dimension."""
    now = board.load(_chosen(request))
    form = UnitsFilter(request.GET or None, board=now)
    found = form.found()
    table = _table(request, now.indicator, found)
    # Rows that a filter hides have no place for a piece that changed.
    among = "" if len(found) == len(now.units) else ".".join(unit.code for unit in found) or "-"
    template = "region/panel/table.html"
    return list_page(request, table, form, template=template, board=now, among=among)


@region_page()
def table_csv(request: RegionRequest) -> HttpResponse:
    """The same rows as a file."""
    now = board.load(_chosen(request))
    units = UnitsFilter(request.GET or None, board=now).found()
    name = file_name(now.indicator, now.month)
    content = units_csv(units, now.indicator)
    return file_response(content, name=name, content_type="text/csv; charset=utf-8")


@passive
@region_page()
def changes(request: RegionRequest) -> HttpResponse:
    """Changes since the page was drawn, as fragments; 204 when there are none."""
    since, states = _since(request), request.GET.get("stan", "")
    revision, states_now = board.pulse()
    if revision == since and states == states_now:
        return HttpResponse(status=204)
    if len(states) != len(states_now) or since > revision:
        # The register itself changed: pieces would not fit the page any more.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    view = "tabela" if request.GET.get("widok") == "tabela" else "mapa"
    now = board.load(_chosen(request), totals_only=view == "mapa", only=_stage(request))
    if view == "mapa" and request.GET.get("etapy", now.counted) != now.counted:
        # A unit entered another stage: it stands elsewhere now, or no longer on the map.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    among = request.GET.get("wsrod", "")
    rows = [unit for unit in now.units if not among or unit.code in among.split(".")]
    changed = now.changed(since, states, now.shown if view == "mapa" else rows)
    values: dict[str, Any] = {
        "board": now,
        "changed": changed,
        "names": board.named(changed),
        "at": timezone.localtime(),
        "view": view,
        "among": among,
    }
    if view == "mapa":
        values |= {"help": _help(request, now), **_of_region(now)}
    return render(request, "region/panel/_changes.html", values)


@region_page()
def unit(request: RegionRequest, code: str) -> HttpResponse:
    """One unit's figures with their trend, definition and clause."""
    now = board.load(_chosen(request))
    shown = next((unit for unit in now.units if unit.code == code), None)
    if shown is None:
        raise Http404
    rows, today = Figure.objects.filter(tenant__unit__code=code), timezone.localdate()
    periods = Periods.of(shown.period_on, today, rows)
    values = {
        "unit": shown,
        "figures": figures_of(now.indicator, periods, rows),
        "shares": shares_of(_others(now), periods, rows, of_one=True),
    }
    if shown.is_county:
        of_county = Figure.objects.filter(tenant__unit__code__startswith=code)
        periods = Periods.of(now.month, today, of_county)
        values["of_county"] = shares_of(_others(now), periods, of_county)
    return render(request, "region/panel/unit.html", values)


def _of_region(now: board.Board) -> dict[str, Any]:
    everybody = Figure.objects.all()
    periods = Periods.of(now.month, timezone.localdate(), everybody)
    return {
        "figures": figures_of(now.indicator, periods, everybody),
        "shares": shares_of(_others(now), periods, everybody),
    }


def _help(request: RegionRequest, now: board.Board) -> Help:
    """The most urgent rows, or all if the address asks for them."""
    every = request.GET.get("pomoc") == "wszystkie"
    return to_help(now, timezone.localdate(), every=every)


def _others(now: board.Board) -> list[Indicator]:
    """The indicators beside the one that has the map and its own lines."""
    return [indicator for indicator in catalogue.indicators() if indicator is not now.indicator]


def _chosen(request: RegionRequest) -> Indicator:
    """The indicator that the address names; the first where it names none that is counted."""
    wanted = request.GET.get("wskaznik")
    counts = catalogue.counts()
    return next((indicator for indicator in counts if indicator.code == wanted), counts[0])


def _stage(request: RegionRequest) -> Stage | None:
    """The stage that the address names, if it names one."""
    wanted = request.GET.get("etap")
    return next((stage for stage in Stage if stage == wanted), None)


def _strip(now: board.Board) -> list[tuple[str, int, str, bool]]:
    """The stages as links that filter the map: words, number, address, if it is the one shown."""
    base = f"{reverse('panel:home')}?wskaznik={now.indicator.code}"
    links = [("razem", len(now.units), f"{base}#panel-mapa", now.only is None)]
    for stage in Stage:
        words = plural_pl(now.counts[stage], *STAGE_FORMS[stage])
        href = f"{base}&etap={stage}#panel-mapa"
        links.append((words, now.counts[stage], href, now.only == stage))
    return links


def _since(request: RegionRequest) -> int:
    asked = request.GET.get("od", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0


def _table(request: RegionRequest, indicator: Indicator, units: list[board.UnitFigures]) -> Table:
    columns = [
        Column("nazwa", "Jednostka", "name", sort="name", is_header=True),
        Column("powiat", "Powiat", "county", sort="county"),
        Column("stan", "Stan", "standing", sort="standing"),
        Column("razem", "Razem", "total", sort="total", is_number=True),
        *(_column(code, label) for code, label in indicator.labels.items()),
    ]
    return Table(
        request=request,
        rows=units,
        columns=tuple(columns),
        caption=indicator.title,
        id="jednostki",
        size=UNITS_A_PAGE,
        empty="Żadna jednostka nie pasuje do filtrów. Zmień nazwę albo powiat.",
    )


def _column(code: str, label: str) -> Column:
    return Column(
        code.lower(), label, lambda unit: unit.values.get(code), sort=code, is_number=True
    )


def _legend(indicator: Indicator) -> list[tuple[int, str]]:
    """Each shade with the values it stands for."""
    bounds = indicator.levels
    ranges = [
        f"{low}–{high - 1}" if high - 1 > low else str(low)
        for low, high in itertools.pairwise(bounds)
    ]
    return list(enumerate(["0", *ranges, f"{bounds[-1]} i więcej"]))
