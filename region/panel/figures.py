"""The figures of the whole region or of one unit: now, a year ago, and month by month."""

from dataclasses import dataclass
from datetime import date

from kooperacja.indicators import TOTAL, Indicator
from region.monitoring.models import FigureQuerySet
from region.monitoring.rules import months_up_to
from region.panel.charts import LineChart, line_chart
from region.panel.compared import Compared, counted, month_name

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Change:
    """One dimension now and a year before."""

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
    """What a page shows of an indicator."""

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
    trend = [Month(month_name(one), totals.get(one)) for one in months]
    chart = line_chart(indicator.title, [(row.name, row.value) for row in trend])
    return Figures(indicator, compared, trend, chart)
