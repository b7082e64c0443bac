"""A unit is counted once, by the median of what it measured."""

import pytest

from kooperacja.indicators import by_median

LIMITS = ((7, "WEEK"), (14, "FORTNIGHT"))


@pytest.mark.parametrize(
    ("days", "dimension"),
    [
        ([7], "WEEK"),
        ([0, 7, 90], "WEEK"),
        ([7, 8], "FORTNIGHT"),
        ([14], "FORTNIGHT"),
        ([14, 15], "LONGER"),
        ([1, 20, 300], "LONGER"),
    ],
)
def test_the_median_counts_up_to_the_limit_and_not_beyond(days: list[int], dimension: str) -> None:
    assert by_median(days, LIMITS, "LONGER") == {dimension: 1}


def test_a_unit_that_measured_nothing_is_not_counted() -> None:
    assert by_median([], LIMITS, "LONGER") == {}
