"""Calendar of the figures: a figure belongs to a month and stands as of one day of it."""

from datetime import date, timedelta


def month_of(day: date) -> date:
    """The first day of the month: the name a month goes by."""
    return day.replace(day=1)


def month_end(month: date) -> date:
    return months_after(month, 1) - timedelta(days=1)


def months_after(month: date, count: int) -> date:
    """The first day of the month so many months later; earlier if `count` is negative."""
    years, month_index = divmod(month.month - 1 + count, 12)
    return date(month.year + years, month_index + 1, 1)


def months_up_to(last: date, count: int) -> list[date]:
    """So many months in order, ending with the month `last`."""
    return [months_after(last, back) for back in range(1 - count, 1)]


def days_due(published: date | None, as_of: date) -> list[date]:
    """Days to compute figures of: ends of the months gone by since, then `as_of`."""
    now = month_of(as_of)
    month, days = published or now, []
    while month < now:
        days.append(month_end(month))
        month = months_after(month, 1)
    return [*days, as_of]
