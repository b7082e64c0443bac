"""The region's screens: the map of tiles, the table of units, one unit's figures."""

import itertools
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.accounts.sessions import passive
from kooperacja.indicators import Indicator
from kooperacja.ui.tables import Column, Table
from region.monitoring import catalogue
from region.monitoring.models import Figure
from region.panel import board, figures
from region.panel.export import units_csv
from region.panel.forms import UnitsFilter
from region.panel.shares import shares_of
from tenants.registry.perms import region_view

UNITS_A_PAGE = 100


@require_safe
@region_view
def home(request: HttpRequest) -> HttpResponse:
    """The map and the region's figures."""
    now = board.load(catalogue.main(), totals_only=True)
    values = {"board": now, **_of_region(now.month)}
    return render(request, "region/panel/home.html", values | {"legend": _legend(catalogue.main())})


@require_safe
@region_view
def table(request: HttpRequest) -> HttpResponse:
    """All units with the total and each sector."""
    now = board.load(catalogue.main())
    form = UnitsFilter(request.GET or None, board=now)
    values = {"board": now, "form": form, "table": _table(request, form.units())}
    return render(request, "region/panel/table.html", values)


@require_safe
@region_view
def table_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as a file."""
    now = board.load(catalogue.main())
    units = UnitsFilter(request.GET or None, board=now).units()
    response = HttpResponse(
        units_csv(units, catalogue.main()), content_type="text/csv; charset=utf-8"
    )
    name = f"kooperanci-{now.month:%Y-%m}.csv" if now.month else "kooperanci.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@passive
@require_safe
@region_view
def changes(request: HttpRequest) -> HttpResponse:
    """What changed since the page was drawn, as fragments; 204 when nothing did."""
    since, states = _since(request), request.GET.get("stan", "")
    revision, states_now = board.pulse()
    if revision == since and states == states_now:
        return HttpResponse(status=204)
    if len(states) != len(states_now) or since > revision:
        # The register itself changed: pieces would not fit the page any more.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    view = "tabela" if request.GET.get("widok") == "tabela" else "mapa"
    now = board.load(catalogue.main(), totals_only=view == "mapa")
    changed = now.changed(since, states)
    values: dict[str, Any] = {
        "board": now,
        "changed": changed,
        "names": board.named(changed),
        "at": timezone.localtime(),
        "view": view,
    }
    if view == "mapa":
        values |= _of_region(now.month)
    return render(request, "region/panel/_changes.html", values)


@require_safe
@region_view
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit's figures with their trend, definition and clause."""
    now = board.load(catalogue.main())
    found = next((one for one in now.units if one.code == code), None)
    if found is None:
        raise Http404
    rows = Figure.objects.filter(tenant__unit__code=code)
    values = {
        "unit": found,
        "figures": figures.figures_of(catalogue.main(), found.period_on, rows),
        "shares": shares_of(found.period_on, rows, of_one=True),
    }
    if found.is_county:
        of_county = Figure.objects.filter(tenant__unit__code__startswith=code)
        values["of_county"] = shares_of(now.month, of_county)
    return render(request, "region/panel/unit.html", values)


def _of_region(month: date | None) -> dict[str, Any]:
    everybody = Figure.objects.all()
    return {
        "figures": figures.of_region(catalogue.main(), month),
        "shares": shares_of(month, everybody),
    }


def _since(request: HttpRequest) -> int:
    asked = request.GET.get("od", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0


def _table(request: HttpRequest, units: list[board.UnitFigures]) -> Table:
    columns = [
        Column("nazwa", "Jednostka", "name", sort="name", is_header=True),
        Column("powiat", "Powiat", "county", sort="county"),
        Column("stan", "Stan", "state", sort="state"),
        Column("razem", "Razem", "total", sort="total", is_number=True),
        *(_sector_column(code, label) for code, label in catalogue.main().labels.items()),
    ]
    return Table(
        request=request,
        rows=units,
        columns=tuple(columns),
        caption=catalogue.main().title,
        id="jednostki",
        size=UNITS_A_PAGE,
        empty="Żadna jednostka nie pasuje do filtrów. Zmień nazwę albo powiat.",
    )


def _sector_column(code: str, label: str) -> Column:
    return Column(code.lower(), label, lambda one: one.values.get(code), sort=code, is_number=True)


def _legend(indicator: Indicator) -> list[tuple[int, str]]:
    """Each shade with the values it stands for."""
    bounds = indicator.levels
    ranges = [
        f"{low}–{high - 1}" if high - 1 > low else str(low)
        for low, high in itertools.pairwise(bounds)
    ]
    return list(enumerate(["0", *ranges, f"{bounds[-1]} i więcej"]))
