"""The partnerships' indicators as counts and shares, of the region, a powiat or one unit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from kooperacja.indicators import TOTAL, Indicator, Share
from kooperacja.ui.polish import NBSP, in_narrow, number
from kooperacja.ui.polish import counted as words_of
from region.monitoring.models import FigureQuerySet, Sums
from region.panel.figures import Compared, Periods, value_of


@dataclass(frozen=True, slots=True)
class Row:
    """One dimension in words, as many as there are headings."""

    label: str
    cells: tuple[tuple[str, str], ...]  # each with its heading


@dataclass(frozen=True, slots=True)
class Block:
    """One indicator with all that is said of it."""

    indicator: Indicator
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """The indicators of a month."""

    periods: Periods
    of_one: bool  # these are the figures of one unit alone
    blocks: tuple[Block, ...]

    @property
    def units(self) -> int:
        """The number of units that published it."""
        return len(self.periods.units)


def shares_of(
    indicators: Iterable[Indicator],
    periods: Periods | None,
    figures: FigureQuerySet,
    *,
    of_one: bool = False,
) -> Shares | None:
    """Three queries at most; `figures` are those of the units meant, `of_one` if that is one alone."""
    if periods is None:
        return None
    shown = tuple(indicators)
    compared = Compared.of(shown, periods, figures)
    blocks = tuple(_block(indicator, periods, compared, of_one) for indicator in shown)
    return Shares(periods, of_one, blocks)


def _block(indicator: Indicator, periods: Periods, compared: Compared, of_one: bool) -> Block:
    """All units now; where fewer are compared, those now; and the same a year before."""
    now, before = capfirst(periods.said(indicator)), capfirst(periods.said_before(indicator))
    sums = [compared.now, compared.before]
    headings = [now, before]
    if not periods.are_same:
        sums.insert(1, compared.same)
        every = words_of(len(periods.units), "jednostka", "jednostki", "jednostek")
        same = periods.compared
        headings = [f"{now} ({every})", f"{now} ({same})", f"{before} ({same})"]
    headings = [in_narrow(heading) for heading in headings]
    rows = (
        Row(
            indicator.label(dimension),
            tuple(
                (heading, _words(indicator, dimension, of, of_one))
                for heading, of in zip(headings, sums, strict=True)
            ),
        )
        for dimension in _dimensions(indicator, compared)
    )
    return Block(indicator, tuple(headings), tuple(rows))


def _dimensions(indicator: Indicator, compared: Compared) -> Iterable[str]:
    """List the total of a count and where something happened; all of what is a share."""
    if indicator.share is not Share.NONE:
        return indicator.labels
    found = [
        dimension
        for dimension in indicator.labels
        if value_of(compared.now, indicator, dimension)
        or value_of(compared.before, indicator, dimension)
    ]
    return [TOTAL, *found]


def _words(indicator: Indicator, dimension: str, sums: Sums, of_one: bool) -> str:
    value, units = sums.get((indicator.code, dimension), (0, 0))
    if not units:
        return "brak danych"
    if indicator.share is Share.NONE:
        return number(value)
    if of_one and indicator.counts_units:
        return "tak" if value else "nie"
    whole = units if indicator.share is Share.OF_UNITS else value_of(sums, indicator)
    return share(value, whole)


def share(part: int, whole: int) -> str:
    """83% (5 z 6); whole percents, and 0 or 100 only where that is exact."""
    if not whole:
        return "nie dotyczy"
    exact = 100 if part == whole else 99
    percent = min(max(round(100 * part / whole), 1 if part else 0), exact)
    return f"{percent}% ({number(part)} z{NBSP}{number(whole)})"
