"""Working days, as Polish offices count them.

A Saturday is none, nor is a day free by the act of 18 January 1951 on days free from work.
"""

from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_workday(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _free_days(day.year)


def workdays_after(day: date, count: int) -> date:
    """The last of some working days after a day, which itself is not counted."""
    return _nth(day, count, _DAY)


def workdays_before(day: date, count: int) -> date:
    """The first of some working days before a day, which itself is not counted."""
    return _nth(day, count, -_DAY)


def _nth(day: date, count: int, step: timedelta) -> date:
    while count > 0:
        day += step
        count -= is_workday(day)
    return day


# A calendar of the library fills itself as it is asked, so threads must not share one.
@cache
def _free_days(year: int) -> frozenset[date]:
    # It loads the calendars of the whole world, which takes most of a second.
    from holidays import country_holidays

    return frozenset(country_holidays("PL", years=year))
