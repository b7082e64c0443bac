"""Each unit as the region sees it: its state, its newest figures and their shade."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from kooperacja.indicators import TOTAL, Indicator
from kooperacja.ui.polish import sort_key
from region.monitoring.models import Figure
from region.panel.known import known_of
from region.panel.rules import NOT_OPENED, Known, Stage, detail_of, stage_of
from region.panel.units import UnitNow, kind_here
from tenants.registry.models import Unit
from tenants.registry.rules import UnitLevel


@cache
def _address(code: str, indicator: str) -> str:
    return f"{reverse('panel:unit', args=[code])}?wskaznik={indicator}"


@dataclass(frozen=True)
class UnitFigures(UnitNow):
    """A unit with the newest figures of one indicator, as a tile and as a row.

    All that is shown of it is compared, so that equal units are drawn once.
    """

    revision: int
    period_on: date | None
    figures: tuple[tuple[str, int], ...]  # value of each dimension that was published
    indicator: Indicator

    @cached_property
    def values(self) -> dict[str, int]:
        return dict(self.figures)

    @property
    def total(self) -> int | None:
        return self.values.get(TOTAL)

    @property
    def shade(self) -> int:
        """0 for none, then by the fixed bounds of the indicator."""
        return sum(1 for bound in self.indicator.levels if (self.total or 0) >= bound)

    @property
    def initial(self) -> str:
        """The letter of its state, as a poll compares it."""
        return _initial(None if self.is_new else self.state_code)

    @property
    def href(self) -> str:
        return _address(self.code, self.indicator.code)

    @property
    def cells(self) -> list[tuple[str, int | None]]:
        """Label and value of every dimension; none where nothing was published."""
        return [(label, self.values.get(code)) for code, label in self.indicator.labels.items()]


@dataclass(frozen=True)
class County:
    """The tiles of one powiat, the powiat's own first; cities with county rights stand together."""

    code: str
    name: str
    tiles: list[UnitFigures]


@dataclass(frozen=True)
class Board:
    """All units of the region, in Polish order, with the newest figures of one indicator."""

    indicator: Indicator
    units: list[UnitFigures]
    known: dict[str, tuple[UUID, Known]]  # by code, of those that are tenants
    only: Stage | None = None  # those in this stage alone are on the map

    @cached_property
    def revision(self) -> int:
        return max((unit.revision for unit in self.units), default=0)

    @cached_property
    def month(self) -> date | None:
        """The month the region is in: the newest that anybody published."""
        return max((unit.period_on for unit in self.units if unit.period_on), default=None)

    @property
    def states(self) -> str:
        return "".join(unit.initial for unit in self._by_code)

    @property
    def _by_code(self) -> list[UnitFigures]:
        return sorted(self.units, key=lambda unit: unit.code)

    @cached_property
    def counts(self) -> Counter[Stage]:
        """The number of units in each stage; they add up to all."""
        return Counter(unit.stage for unit in self.units)

    @property
    def counted(self) -> str:
        """The numbers of the strip, as a poll compares them."""
        return ".".join(str(self.counts[stage]) for stage in Stage)

    @property
    def not_begun(self) -> int:
        return self.counts[Stage.NOT_BEGUN]

    @cached_property
    def shown(self) -> list[UnitFigures]:
        """The units on the map: of the stage asked for, else those that have begun."""
        return [
            unit
            for unit in self.units
            if (unit.stage == self.only if self.only else unit.has_begun)
        ]

    @property
    def every_county(self) -> list[County]:
        return self._counties(self.units)

    @property
    def counties(self) -> list[County]:
        """Those that have units on the map."""
        return self._counties(self.shown)

    def _counties(self, units: list[UnitFigures]) -> list[County]:
        groups: dict[str, list[UnitFigures]] = {}
        for unit in units:
            groups.setdefault("" if unit.is_city else unit.county_code, []).append(unit)
        cities = groups.pop("", [])
        counties = [
            County(code, tiles[0].county, sorted(tiles, key=lambda unit: not unit.is_county))
            for code, tiles in groups.items()
        ]
        counties.sort(key=lambda county: sort_key(county.name))
        if cities:
            counties.append(County("", "Miasta na prawach powiatu", cities))
        return counties

    @property
    def fresh(self) -> int:
        """The number of open units that published figures of the region's month."""
        asked = (unit for unit in self.units if unit.is_open and unit.period_on)
        return sum(1 for unit in asked if unit.period_on == self.month)

    @property
    def opened(self) -> int:
        return sum(1 for unit in self.units if unit.is_open)

    def changed(self, since: int, states: str, among: list[UnitFigures]) -> list[UnitFigures]:
        before = dict(zip((unit.code for unit in self._by_code), states, strict=False))
        return [
            unit for unit in among if unit.revision > since or before.get(unit.code) != unit.initial
        ]


def _units() -> "QuerySet[Unit]":
    """Every unit that is or may be a tenant; a city stands for its powiat too."""
    return Unit.objects.filter(
        Q(is_gone=False) | Q(tenant__isnull=False),
        level__in=[UnitLevel.COUNTY, UnitLevel.CITY_COUNTY, UnitLevel.MUNICIPALITY],
    ).order_by("code")


def pulse() -> tuple[int, str]:
    """The region's last revision and the states of its units: what a poll compares."""
    rows = list(
        _units()
        .exclude(level=UnitLevel.CITY_COUNTY)
        .values_list("tenant__status", "tenant__publication__revision")
    )
    return (
        max((revision or 0 for _, revision in rows), default=0),
        "".join(_initial(status) for status, _ in rows),
    )


def _initial(status: str | None) -> str:
    return status[0] if status else "-"


def load(indicator: Indicator, *, totals_only: bool = False, only: Stage | None = None) -> Board:
    """Seven queries for any number of units."""
    rows = list(_units().values_list(*_COLUMNS))
    values: dict[object, dict[str, int]] = {}
    # Nearly all stand in the same month; to name it spares reading two years of figures.
    months = {row[-1] for row in rows if row[-1]}
    newest = Figure.objects.newest(indicator.code).filter(period_on__in=months)
    if totals_only:
        newest = newest.filter(dimension=TOTAL)
    for tenant, dimension, value in newest.values_list("tenant_id", "dimension", "value"):
        values.setdefault(tenant, {})[dimension] = value
    counties = {row[0]: row for row in rows if row[2] != UnitLevel.MUNICIPALITY}
    known, today = known_of(), timezone.localdate()
    units = [
        _now(row, counties.get(row[0][:4]), values, indicator, known.get(row[4], _NOTHING), today)
        for row in rows
        if row[2] != UnitLevel.CITY_COUNTY
    ]
    units.sort(key=lambda unit: (sort_key(unit.name), unit.code))
    of_tenants = {row[0]: (row[4], known[row[4]]) for row in rows if row[4] in known}
    return Board(indicator, units, of_tenants, only)


_NOTHING = Known()


# Columns and no objects: of 351 units those would take as long as all the rest of the page.
_COLUMNS = (
    "code",
    "name",
    "level",
    "rodz",
    "tenant",
    "tenant__status",
    "tenant__publication__revision",
    "tenant__publication__period_on",
)


def _now(
    row: tuple[Any, ...],
    county: tuple[Any, ...] | None,
    values: dict[object, dict[str, int]],
    indicator: Indicator,
    known: Known,
    today: date,
) -> UnitFigures:
    code, name, level, rodz, tenant, status, revision, period_on = row
    own = values.get(tenant, {})
    return UnitFigures(
        code=code,
        name=name,
        kind=kind_here(code, level, rodz),
        county=county[1] if county else code[:4],
        state_code=status or NOT_OPENED,
        stage=stage_of(known, today),
        detail=detail_of(known, today),
        revision=revision or 0,
        period_on=period_on,
        figures=tuple((key, own[key]) for key in (*indicator.labels, TOTAL) if key in own),
        indicator=indicator,
    )


def named(units: Iterable[UnitFigures]) -> str:
    """The words that a screen reader hears of a change: the first few names, then a number."""
    names = [unit.title for unit in units]
    shown = "; ".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} i inne ({len(names)})"
