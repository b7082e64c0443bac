"""Rules of what is said between meetings: pure."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
# So many days before the last plan ends whoever runs the team is asked for the next one.
AHEAD = timedelta(days=60)


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the day before it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from the first to the last, both of them in it."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "Period") -> bool:
        return self.first <= other.last and other.first <= self.last

    def contains(self, other: "Period") -> bool:
        return self.first <= other.first and other.last <= self.last


def following(period: Period) -> Period:
    """The next period of the same length: in whole months where it consists of them, else in days."""
    first = period.last + _DAY
    if months := _whole_months(period):
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        return Period(first, date(year, month + 1, 1) - _DAY)
    return Period(first, first + (period.last - period.first))


def _whole_months(period: Period) -> int:
    """The months that it consists of; none where it begins or ends in the midst of one."""
    first, last = period.first, period.last
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def carried(term: Period, into: Period) -> Period:
    """The term of an activity that goes on in another plan: what of it lies there, else all of it."""
    if not term.overlaps(into):
        return into
    return Period(max(term.first, into.first), min(term.last, into.last))


def uncovered_from(periods: Iterable[Period], day: date) -> date:
    """The first day, from this one on, that no period covers."""
    for period in sorted(periods):
        if period.covers(day):
            day = period.last + _DAY
    return day


def in_force_from(first: date, adopted_on: date) -> date:
    """The day on which an adopted plan comes into force: its first one, or that of the adoption."""
    return max(first, adopted_on)


def is_late(until: date, ended_on: date | None, day: date) -> bool:
    """Its term is over and it had not ended until then."""
    return until < (ended_on or day)
