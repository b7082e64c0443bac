"""The figures of the whole region or of one unit: now, a year before, and month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from kooperacja.indicators import TOTAL, Indicator
from kooperacja.ui.polish import counted, pl_date, pl_in_month, pl_month, pl_of_month
from region.monitoring.models import FigureQuerySet, Sums
from region.monitoring.rules import month_end, month_of, months_after, months_up_to
from region.panel.charts import LineChart, line_chart
from region.panel.rules import MEMBERS

MONTHS = 24


def value_of(sums: Sums, indicator: Indicator, dimension: str = TOTAL) -> int:
    return sums.get((indicator.code, dimension), (0, 0))[0]


@dataclass(frozen=True, slots=True)
class Periods:
    """The month that is shown and the one a year before; only units that know both are compared."""

    month: date
    today: date
    units: frozenset[UUID]  # that published the month
    units_before: frozenset[UUID]

    @classmethod
    def of(cls, month: date | None, today: date, figures: FigureQuerySet) -> Self | None:
        """One query; `figures` are those of the units meant."""
        if month is None:
            return None
        before = months_after(month, -12)
        found = figures.publishers(MEMBERS, [month, before])
        nobody: frozenset[UUID] = frozenset()
        return cls(month, today, found.get(month, nobody), found.get(before, nobody))

    @property
    def before(self) -> date:
        return months_after(self.month, -12)

    @property
    def both(self) -> frozenset[UUID]:
        return self.units & self.units_before

    @property
    def are_same(self) -> bool:
        """Every unit that is counted is compared, or none is."""
        return not self.both or self.both == self.units

    @property
    def month_name(self) -> str:
        return pl_month(self.month)

    def said(self, indicator: Indicator) -> str:
        """The day or the month of a figure that is shown."""
        is_now = self.month == month_of(self.today)
        if indicator.is_flow:
            return pl_in_month(self.month) + (", do dziś" if is_now else "")
        return f"stan na {pl_date(self.today if is_now else month_end(self.month))}"

    def said_before(self, indicator: Indicator) -> str:
        """The day or the month with which it is compared."""
        if indicator.is_flow:
            return pl_in_month(self.before)
        return f"stan na {pl_date(month_end(self.before))}"

    def since(self, indicator: Indicator) -> str:
        """The words after a difference."""
        return f"wobec {pl_of_month(self.before)}" if indicator.is_flow else "przez rok"

    @property
    def compared(self) -> str:
        """The units that are compared, where others are counted too."""
        if self.are_same:
            return ""
        return counted(len(self.both), "jednostka", "jednostki", "jednostek")


@dataclass(frozen=True, slots=True)
class Compared:
    """Sums of some indicators: of all units now, and of those that are compared, now and before."""

    now: Sums
    same: Sums
    before: Sums

    @classmethod
    def of(
        cls, indicators: Iterable[Indicator], periods: Periods | None, figures: FigureQuerySet
    ) -> Self:
        """Three queries at most; `figures` are those of the units meant."""
        if periods is None:
            return cls({}, {}, {})
        labels = {indicator.code: (*indicator.labels, TOTAL) for indicator in indicators}
        now = figures.sums(labels, periods.month)
        if not periods.both:
            return cls(now, {}, {})
        compared = figures.filter(tenant__in=periods.both)
        before = compared.sums(labels, periods.before)
        return cls(now, now if periods.are_same else compared.sums(labels, periods.month), before)


@dataclass(frozen=True, slots=True)
class Change:
    """One dimension in numbers now and its growth in a year, with its bar."""

    label: str
    value: int
    growth: int | None  # of the units that are compared
    most: int  # the longest bar's value

    @property
    def text(self) -> str:
        if self.growth is None:
            return "brak danych"
        return f"{self.growth:+d}".replace("-", "−") if self.growth else "bez zmian"

    @property
    def bar(self) -> float:
        return round(100 * self.value / self.most, 1) if self.most else 0


@dataclass(frozen=True, slots=True)
class Month:
    """One row of the table beside a chart."""

    name: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """An indicator as a page shows it."""

    indicator: Indicator
    periods: Periods | None
    compared: Compared
    trend: list[Month]
    chart: LineChart

    @property
    def total(self) -> Change:
        return self._change(TOTAL)

    @property
    def changes(self) -> list[Change]:
        return [self._change(code) for code in self.indicator.labels]

    def _change(self, dimension: str) -> Change:
        of, sums = self.indicator, self.compared
        grown = value_of(sums.same, of, dimension) - value_of(sums.before, of, dimension)
        return Change(
            label=of.label(dimension),
            value=value_of(sums.now, of, dimension),
            growth=grown if sums.before else None,
            most=max((value_of(sums.now, of, code) for code in of.labels), default=0),
        )

    @property
    def said(self) -> str:
        """The day or the month of the figures, or ""."""
        return self.periods.said(self.indicator) if self.periods else ""

    @property
    def since(self) -> str:
        return self.periods.since(self.indicator) if self.periods else "przez rok"


def figures_of(indicator: Indicator, periods: Periods | None, rows: FigureQuerySet) -> Figures:
    """Four queries at most; `rows` are the region's figures or one tenant's."""
    compared = Compared.of([indicator], periods, rows)
    month = periods.month if periods else None
    months = months_up_to(month, MONTHS) if month else []
    totals = rows.trend(indicator.code, months[0]) if months else {}
    trend = [Month(pl_month(month), totals.get(month)) for month in months]
    chart = line_chart(indicator.title, [(row.name, row.value) for row in trend])
    return Figures(indicator, periods, compared, trend, chart)
