"""Numbers of minutes (REG §2.9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.meetings.numbering import Number, following

NUMBERS = st.builds(Number, st.integers(2020, 2030), st.integers(1, 9999))


@given(NUMBERS)
def test_a_number_is_read_as_it_is_written(number: Number) -> None:
    assert Number.read(str(number)) == number
    assert Number.read(f" {number.number} / {number.year} ") == number


@pytest.mark.parametrize("text", ["", "3", "3/", "0/2027", "03/2027", "3/27", "3/2027/1", "٣/2027"])
def test_anything_else_is_no_number(text: str) -> None:
    assert Number.read(text) is None


@given(st.integers(1, 20), st.lists(NUMBERS), st.integers(2031, 2035))
def test_a_series_has_no_gap_and_no_number_twice(
    count: int, others: list[Number], year: int
) -> None:
    given_ = [*others]
    for _ in range(count):
        given_.append(following(given_, year))
    series = [one.number for one in given_ if one.year == year]
    assert series == list(range(1, count + 1))


def test_numbers_are_ordered_by_year_and_number() -> None:
    assert str(Number(2027, 3)) == "3/2027"
    assert sorted([Number(2027, 1), Number(2026, 10), Number(2026, 9)]) == [
        Number(2026, 9),
        Number(2026, 10),
        Number(2027, 1),
    ]
