"""The year that an indicator counts: the month of a day and the eleven before it."""

from datetime import date


def year_before(as_of: date) -> date:
    """The first day of twelve months, of which that of the day is the last."""
    year, month = divmod(as_of.year * 12 + as_of.month - 12, 12)
    return date(year, month + 1, 1)


YEAR = (
    "w ciągu dwunastu miesięcy, łącznie z tym, którego dotyczy liczba (w bieżącym miesiącu: do "
    "dziś). "
)
