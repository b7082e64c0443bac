"""Rules of what is said between meetings: pure."""

from datetime import date


def years_before(day: date, years: int) -> date:
    """The same day so many years before; of 29 February the day before it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
