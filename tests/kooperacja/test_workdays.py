"""Working days, as Polish offices count them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.workdays import is_workday, workdays_after, workdays_before

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
COUNTS = st.integers(1, 40)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 6),
        date(2026, 4, 6),  # Easter Monday
        date(2026, 6, 4),  # Corpus Christi
        date(2026, 11, 11),
        date(2026, 12, 24),
        date(2026, 11, 28),  # a Saturday
    ],
)
def test_a_free_day_is_no_working_day(day: date) -> None:
    assert not is_workday(day)


def test_christmas_eve_is_free_since_2025_alone() -> None:
    assert [is_workday(date(year, 12, 24)) for year in (2024, 2025)] == [True, False]


def test_a_week_has_five_working_days_where_nothing_is_free() -> None:
    monday = date(2026, 3, 2)
    assert [is_workday(monday + timedelta(days=n)) for n in range(7)] == [True] * 5 + [False] * 2


def test_three_days_after_a_friday_before_a_feast() -> None:
    assert workdays_after(date(2026, 4, 3), 3) == date(2026, 4, 9)
    assert workdays_before(date(2026, 4, 9), 3) == date(2026, 4, 3)


@given(DAYS, COUNTS)
def test_as_many_working_days_lie_between_as_were_counted(day: date, count: int) -> None:
    last = workdays_after(day, count)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(map(is_workday, between)) == count
    assert is_workday(last)


@given(DAYS, COUNTS)
def test_counting_back_comes_to_where_counting_on_began(day: date, count: int) -> None:
    first = workdays_before(day, count)
    assert workdays_after(first - timedelta(days=1), count) < day
    assert workdays_after(first, count) >= day
