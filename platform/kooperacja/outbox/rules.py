"""When a message that failed is tried again."""

from datetime import timedelta

FIRST = timedelta(seconds=15)
LONGEST = timedelta(hours=1)


def back_off(attempts: int) -> timedelta:
    """After the n-th attempt: 15 s, 30 s, 1 min …, never more than an hour."""
    doublings = min(attempts - 1, 20)
    return min(LONGEST, FIRST * (1 << doublings))
