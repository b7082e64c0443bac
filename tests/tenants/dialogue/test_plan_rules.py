"""Periods of plans and terms of activities are reckoned right for any days (REG §2.10)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.dialogue.models.plan import span_of
from tenants.dialogue.rules import Period, carried, following, is_late, uncovered_from
from tests.budget import cases

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
PERIODS = st.builds(lambda one, other: Period(min(one, other), max(one, other)), DAYS, DAYS)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("period", "next_one"),
    [
        ((date(2026, 1, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 12, 31))),
        ((date(2026, 7, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 6, 30))),
        ((date(2027, 2, 1), date(2028, 2, 29)), (date(2028, 3, 1), date(2029, 3, 31))),
        ((date(2026, 3, 10), date(2026, 3, 19)), (date(2026, 3, 20), date(2026, 3, 29))),
    ],
)
def test_the_next_period_is_as_long(period: tuple[date, date], next_one: tuple[date, date]) -> None:
    assert following(Period(*period)) == Period(*next_one)


@settings(max_examples=cases(100))
@given(PERIODS)
def test_the_next_period_begins_where_this_one_ends(period: Period) -> None:
    after = following(period)
    assert after.first == period.last + DAY
    assert after.last >= after.first
    assert not after.overlaps(period)


@settings(max_examples=cases(100))
@given(PERIODS, PERIODS)
def test_periods_overlap_when_they_share_a_day(one: Period, other: Period) -> None:
    shared = any(
        one.covers(other.first + n * DAY) for n in range((other.last - other.first).days + 1)
    )
    assert one.overlaps(other) is other.overlaps(one) is shared


@settings(max_examples=cases(100))
@given(st.lists(PERIODS, max_size=4), DAYS)
def test_the_first_day_without_a_plan_is_found(periods: list[Period], day: date) -> None:
    found = uncovered_from(periods, day)
    assert found >= day
    assert not any(one.covers(found) for one in periods)
    between = (day + n * DAY for n in range((found - day).days))
    assert all(any(one.covers(each) for one in periods) for each in between)


@settings(max_examples=cases(100))
@given(PERIODS, PERIODS)
def test_a_term_that_is_carried_lies_in_the_new_period(term: Period, into: Period) -> None:
    new = carried(term, into)
    assert into.contains(new)
    assert (new == into) or term.contains(new)


def test_late_is_what_was_not_over_by_its_term() -> None:
    term = date(2026, 3, 3)
    assert not is_late(term, None, term)
    assert is_late(term, None, term + DAY)
    assert not is_late(term, term, term + 9 * DAY)
    assert is_late(term, term + DAY, term + DAY)


def test_a_period_is_said_in_words() -> None:
    assert span_of(Period(date(2026, 1, 1), date(2026, 12, 31))) == "2026 rok"
    assert span_of(Period(date(2026, 1, 1), date(2027, 12, 31))) == "lata 2026–2027"
    said = span_of(Period(date(2026, 3, 1), date(2026, 5, 31)))
    assert said.replace("\u00a0", " ") == "okres od 1 marca 2026 r. do 31 maja 2026 r."
