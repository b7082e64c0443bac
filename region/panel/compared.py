"""The counts of a month beside those of the same month a year before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.formats import date_format

from kooperacja.indicators import TOTAL, Indicator
from region.monitoring.models import FigureQuerySet, Sums
from region.monitoring.rules import months_after


def month_name(month: date | None) -> str:
    """wrzesień 2026"""
    return date_format(month, "F Y").lower() if month else ""


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
        labels = {one.code: (*one.labels, TOTAL) for one in indicators}
        now, before = (figures.sums(labels, day) for day in (month, months_after(month, -12)))
        return cls(month, now, before)

    @property
    def month_name(self) -> str:
        return month_name(self.month)

    @property
    def year_before(self) -> str:
        return month_name(months_after(self.month, -12)) if self.month else ""
