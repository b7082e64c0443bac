"""The figures of the whole region or of one unit: now, a year ago, and month by month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from kooperacja.indicators import TOTAL, Indicator
from region.monitoring.models import Figure, FigureQuerySet
from region.monitoring.rules import months_after, months_up_to
from region.panel.charts import LineChart, line_chart

MONTHS = 24


def month_name(month: date | None) -> str:
    """wrzesień 2026"""
    return date_format(month, "F Y").lower() if month else ""


@dataclass(frozen=True, slots=True)
class Change:
    """One dimension now and a year before."""

    code: str
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
    month: date | None
    total: Change
    changes: list[Change]
    trend: list[Month]
    chart: LineChart

    @property
    def month_name(self) -> str:
        return month_name(self.month)

    @property
    def year_before(self) -> str:
        return month_name(months_after(self.month, -12)) if self.month else ""


def figures_of(indicator: Indicator, month: date | None, rows: FigureQuerySet) -> Figures:
    """Three queries; `rows` are the region's figures or one tenant's."""
    if month is None:
        return _figures(indicator, None, {}, {}, {})
    months = months_up_to(month, MONTHS)
    return _figures(
        indicator,
        month,
        rows.sums(indicator.code, month),
        rows.sums(indicator.code, months_after(month, -12)),
        rows.trend(indicator.code, months[0]),
    )


def of_region(indicator: Indicator, month: date | None) -> Figures:
    return figures_of(indicator, month, Figure.objects.all())


def _figures(
    indicator: Indicator,
    month: date | None,
    now: Mapping[str, int],
    before: Mapping[str, int],
    trend: Mapping[date, int],
) -> Figures:
    most = max((now.get(code, 0) for code in indicator.labels), default=0)
    months = months_up_to(month, MONTHS) if month else []
    rows = [Month(month_name(one), trend.get(one)) for one in months]

    def change(code: str) -> Change:
        past = before.get(code, 0) if before else None
        return Change(code, indicator.label(code), now.get(code, 0), past, most)

    return Figures(
        indicator=indicator,
        month=month,
        total=change(TOTAL),
        changes=[change(code) for code in indicator.labels],
        trend=rows,
        chart=line_chart(indicator.title, [(row.name, row.value) for row in rows]),
    )
