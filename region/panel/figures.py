"""The figures of the whole region or of one unit: now, a year before, and month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from kooperacja.indicators import TOTAL, Indicator
from kooperacja.ui.polish import pl_month
from region.monitoring.models import FigureQuerySet, Sums
from region.monitoring.rules import months_after, months_up_to
from region.panel.charts import LineChart, line_chart

MONTHS = 24


def counted(sums: Sums, indicator: Indicator, dimension: str = TOTAL) -> int:
    return sums.get((indicator.code, dimension), (0, 0))[0]


@dataclass(frozen=True, slots=True)
class Compared:
    """Sums of some indicators now and a year before; without a month there are none."""

    month: date | None
    now: Sums
    before: Sums

    @classmethod
    def of(
        cls, indicators: Iterable[Indicator], month: date | None, figures: FigureQuerySet
    ) -> Self:
        """Two queries; `figures` are those of the units meant."""
        if month is None:
            return cls(None, {}, {})
        labels = {indicator.code: (*indicator.labels, TOTAL) for indicator in indicators}
        now, before = (figures.sums(labels, day) for day in (month, months_after(month, -12)))
        return cls(month, now, before)

    @property
    def month_name(self) -> str:
        return pl_month(self.month)

    @property
    def year_before(self) -> str:
        return pl_month(months_after(self.month, -12)) if self.month else ""


@dataclass(frozen=True, slots=True)
class Change:
    """One dimension in numbers now and a year before, with its bar."""

    label: str
    value: int
    before: int | None
    most: int  # the longest bar's value

    @property
    def text(self) -> str:
        if self.before is None:
            return "brak danych"
        if self.value == self.before:
            return "bez zmian"
        return f"{self.value - self.before:+d}".replace("-", "−")

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
        of, now, before = self.indicator, self.compared.now, self.compared.before
        return Change(
            label=of.label(dimension),
            value=counted(now, of, dimension),
            before=counted(before, of, dimension) if before else None,
            most=max((counted(now, of, code) for code in of.labels), default=0),
        )


def figures_of(indicator: Indicator, month: date | None, rows: FigureQuerySet) -> Figures:
    """Three queries; `rows` are the region's figures or one tenant's."""
    compared = Compared.of([indicator], month, rows)
    months = months_up_to(month, MONTHS) if month else []
    totals = rows.trend(indicator.code, months[0]) if months else {}
    trend = [Month(pl_month(month), totals.get(month)) for month in months]
    chart = line_chart(indicator.title, [(row.name, row.value) for row in trend])
    return Figures(indicator, compared, trend, chart)
