"""The partnerships' indicators as counts and shares, of the region, a powiat or one unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kooperacja.indicators import TOTAL, Indicator, Share
from kooperacja.ui.polish import NBSP, number
from region.monitoring.models import FigureQuerySet, Sums
from region.panel.figures import Compared, counted


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension now and a year before, in words."""

    label: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Block:
    """One indicator with all that is said of it."""

    indicator: Indicator
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """The indicators of a month."""

    compared: Compared
    of_one: bool  # these are the figures of one unit alone
    blocks: tuple[Block, ...]

    @property
    def units(self) -> int:
        """The number of units that published it."""
        return max((units for _, units in self.compared.now.values()), default=0)


def shares_of(
    indicators: Iterable[Indicator],
    month: date | None,
    figures: FigureQuerySet,
    *,
    of_one: bool = False,
) -> Shares | None:
    """Two queries; `figures` are those of the units meant, `of_one` if that is one alone."""
    if month is None:
        return None
    shown = tuple(indicators)
    compared = Compared.of(shown, month, figures)
    blocks = tuple(
        Block(indicator, tuple(_rows(indicator, compared, of_one))) for indicator in shown
    )
    return Shares(compared, of_one, blocks)


def _rows(indicator: Indicator, compared: Compared, of_one: bool) -> Iterable[Row]:
    now, before = compared.now, compared.before
    is_count = indicator.share is Share.NONE
    for dimension in (TOTAL, *indicator.labels) if is_count else indicator.labels:
        is_empty = not counted(now, indicator, dimension) and not counted(
            before, indicator, dimension
        )
        if is_count and dimension != TOTAL and is_empty:
            continue  # a dozen sectors in which nothing happened
        yield Row(
            indicator.label(dimension),
            _words(indicator, dimension, now, of_one),
            _words(indicator, dimension, before, of_one),
        )


def _words(indicator: Indicator, dimension: str, sums: Sums, of_one: bool) -> str:
    value, units = sums.get((indicator.code, dimension), (0, 0))
    if not units:
        return "brak danych"
    if indicator.share is Share.NONE:
        return number(value)
    if of_one and indicator.counts_units:
        return "tak" if value else "nie"
    whole = units if indicator.share is Share.OF_UNITS else counted(sums, indicator)
    return share(value, whole)


def share(part: int, whole: int) -> str:
    """83% (5 z 6); whole percents, and 0 or 100 only where that is exact."""
    if not whole:
        return "nie dotyczy"
    exact = 100 if part == whole else 99
    percent = min(max(round(100 * part / whole), 1 if part else 0), exact)
    return f"{percent}% ({number(part)} z{NBSP}{number(whole)})"
