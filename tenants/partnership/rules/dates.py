"""When what began on one day and ended on another holds."""

from datetime import date


def holds_on(day: date, from_on: date, ended_on: date | None) -> bool:
    """Whether what began on one day and ended on another holds on a third.

    It holds on its first day and no longer on the day it ended: a resignation takes effect
    on the day it was received (REG §1.6).
    """
    return from_on <= day and (ended_on is None or day < ended_on)
