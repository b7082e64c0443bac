"""The calendar of the figures."""

from datetime import date

import pytest

from region.monitoring.rules import days_due, month_end, months_after, months_up_to


@pytest.mark.parametrize(
    ("month", "count", "expected"),
    [
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 1), -27, date(2023, 12, 1)),
    ],
)
def test_months_cross_the_year(month: date, count: int, expected: date) -> None:
    assert months_after(month, count) == expected


def test_february_ends_on_its_own_day() -> None:
    assert month_end(date(2028, 2, 1)) == date(2028, 2, 29)


def test_months_up_to_end_with_the_last() -> None:
    assert months_up_to(date(2026, 2, 1), 3) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_the_first_publication_is_of_this_month_alone() -> None:
    assert days_due(None, date(2026, 9, 14)) == [date(2026, 9, 14)]


def test_months_that_ended_are_closed_on_their_last_days() -> None:
    assert days_due(date(2026, 7, 1), date(2026, 9, 14)) == [
        date(2026, 7, 31),
        date(2026, 8, 31),
        date(2026, 9, 14),
    ]
