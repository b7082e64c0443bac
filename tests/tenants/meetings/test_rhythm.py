"""The duty to meet "nie rzadziej niż", over any calendar (REG §2.3; POR-C §2.2)."""

import itertools
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tenants.meetings.rhythm import Facts, Rhythm, Span, first_of, last_of, spans, standing
from tenants.people.rules import holds_on
from tenants.regulation.parameters import Period
from tests.budget import cases

DAY = timedelta(days=1)
FROM, UNTIL = date(2023, 11, 1), date(2028, 4, 30)  # two leap years
DAYS = st.dates(FROM, UNTIL)
PERIODS = st.sampled_from(Period.values)
IN_A_YEAR = st.dates(date(2024, 1, 1), date(2024, 12, 31))
SETS = st.frozensets(DAYS, max_size=12)


@st.composite
def courses(draw: st.DrawFn, days: st.SearchStrategy[date] = DAYS) -> Facts:
    """A team with up to four rhythms, one after another or with a break between them."""
    each = st.builds(Rhythm, st.integers(1, 5), PERIODS, days, st.none())
    given_ = sorted(draw(st.lists(each, min_size=1, max_size=4)), key=lambda one: one.from_on)
    rhythms = []
    for one, after in zip(given_, [*given_[1:], None], strict=True):
        end = after.from_on if after else draw(st.none() | DAYS)
        is_short = draw(st.integers(0, 3)) == 0
        rhythms.append(replace(one, ended_on=draw(DAYS) if is_short else end))
    ended_on = draw(st.none() | DAYS)
    return Facts(tuple(rhythms), draw(DAYS), ended_on, draw(SETS), draw(SETS))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _in_force(facts: Facts, day: date) -> Rhythm | None:
    """The rhythm of a day, as `Team.terms_on` finds it."""
    if not holds_on(day, facts.from_on, facts.ended_on):
        return None
    holding = [one for one in facts.rhythms if holds_on(day, one.from_on, one.ended_on)]
    return (holding and sorted(holding, key=lambda one: one.from_on)[-1]) or None


def _once(
    count: int = 1, period: str = Period.QUARTER, from_on: date = FROM, **more: object
) -> Facts:
    rhythm = Rhythm(count, period, from_on)
    return replace(Facts((rhythm,), from_on), **more)  # type: ignore[arg-type]


def _span(facts: Facts, day: date, today: date = UNTIL) -> Span:
    return next(one for one in spans(facts, today) if one.first <= day <= one.last)


# --- The calendar ----------------------------------------------------------------------------


@given(PERIODS, DAYS)
def test_periods_of_a_year_follow_each_other(period: str, day: date) -> None:
    first, last = first_of(period, day), last_of(period, day)
    assert first <= day <= last
    assert (first.year, last.year) == (day.year, day.year)
    assert first.day == 1
    assert last.day == monthrange(last.year, last.month)[1]
    months = {"MONTH": 1, "QUARTER": 3, "HALF_YEAR": 6, "YEAR": 12}[period]
    assert last.month - first.month + 1 == months
    assert (first.month - 1) % months == 0


@given(courses(), DAYS)
def test_every_day_of_the_duty_is_in_one_period(facts: Facts, today: date) -> None:
    every = spans(facts, today)
    for one, after in itertools.pairwise(every):
        assert one.first <= one.last
        assert after.first == one.last + DAY
    asked = [day for day in _days(FROM, today) if _in_force(facts, day)]
    assert bool(every) == bool(asked)
    if asked:
        assert every[0].first == asked[0]
        assert every[-1].last >= asked[-1]


@given(courses(), DAYS)
def test_the_rhythm_of_the_last_day_judges_a_period(facts: Facts, today: date) -> None:
    for one in spans(facts, today):
        asked = _in_force(facts, one.last)
        if one.period:
            assert asked
            assert one.period == asked.period
            assert one.required <= asked.count
            assert first_of(one.period, one.last) <= one.first
            assert last_of(one.period, one.first) == one.last
        else:
            assert one.required == 0


@given(courses(), DAYS)
def test_a_period_that_nothing_cut_asks_for_all_of_its_meetings(facts: Facts, today: date) -> None:
    for one in spans(facts, today):
        rules = {
            (asked.count, asked.period) if (asked := _in_force(facts, day)) else None
            for day in _days(one.first, one.last)
        }
        if one.period and one.first == first_of(one.period, one.last) and len(rules) == 1:
            assert rules == {(one.required, one.period)}


# --- The first period ------------------------------------------------------------------------


@given(st.integers(1, 12), PERIODS, DAYS)
def test_the_period_of_the_founding_asks_for_its_share(
    count: int, period: str, from_on: date
) -> None:
    first = _span(_once(count, period, from_on), from_on, from_on)
    left = (first.last - from_on).days + 1
    whole = (first.last - first_of(period, from_on)).days + 1
    if left * 2 < whole:
        assert first.required == 0
    else:
        assert first.required == max(1, count * left // whole)


@pytest.mark.parametrize(
    ("count", "period", "from_on", "required"),
    [
        (1, Period.QUARTER, date(2026, 4, 1), 1),
        (1, Period.QUARTER, date(2026, 5, 16), 1),  # 46 of 91 days
        (1, Period.QUARTER, date(2026, 5, 17), 0),
        (4, Period.YEAR, date(2026, 1, 2), 3),
        (4, Period.YEAR, date(2024, 7, 2), 2),  # half of a leap year
        (4, Period.YEAR, date(2024, 7, 3), 0),
        (2, Period.MONTH, date(2024, 2, 15), 1),  # 15 of 29 days
        (2, Period.MONTH, date(2024, 2, 16), 0),
        (3, Period.HALF_YEAR, date(2026, 1, 1), 3),
        (0, Period.YEAR, date(2026, 1, 1), 0),
    ],
)
def test_the_first_period(count: int, period: str, from_on: date, required: int) -> None:
    assert _span(_once(count, period, from_on), from_on).required == required


# --- A change of the rhythm, an end ----------------------------------------------------------


@given(courses() | courses(IN_A_YEAR), IN_A_YEAR, DAYS)
def test_the_same_rhythm_agreed_anew_changes_nothing(
    facts: Facts, again_on: date, today: date
) -> None:
    anew = []
    for one in facts.rhythms:
        if one.from_on < again_on and (one.ended_on is None or again_on < one.ended_on):
            anew += [replace(one, ended_on=again_on), replace(one, from_on=again_on)]
        else:
            anew.append(one)
    changed = replace(facts, rhythms=tuple(anew))
    assert spans(changed, today) == spans(facts, today)
    assert standing(changed, today) == standing(facts, today)


@given(PERIODS, st.integers(1, 5), st.integers(1, 5), st.dates(date(2024, 1, 2), UNTIL))
def test_a_change_in_a_period_is_never_harsher_for_the_days_before(
    period: str, count: int, other: int, on: date
) -> None:
    was = Rhythm(count, period, FROM, on)
    changed = _span(Facts((was, Rhythm(other, period, on)), FROM), on)
    founded = _span(_once(other, period, on), on)
    assert changed.required == max(min(count, other), founded.required)


@given(PERIODS, PERIODS, st.integers(1, 5), st.integers(1, 5), DAYS)
def test_no_change_asks_for_more_than_it_would_of_a_team_founded_then_or_was_asked(
    period: str, other: str, count: int, more: int, on: date
) -> None:
    assume(on > FROM)
    facts = Facts((Rhythm(count, period, FROM, on), Rhythm(more, other, on)), FROM)
    changed, founded = _span(facts, on), _span(_once(more, other, on), on)
    assert changed.required >= founded.required
    if changed.required > founded.required:
        before = Rhythm(count, period, FROM)
        assert changed.required <= before.share(changed.first, changed.last)


def test_a_harsher_rhythm_agreed_anew_in_the_same_year_counts_since_the_first_time() -> None:
    rhythms = (
        Rhythm(1, Period.YEAR, date(2025, 1, 1), date(2026, 2, 1)),
        Rhythm(4, Period.YEAR, date(2026, 2, 1), date(2026, 10, 1)),
        Rhythm(4, Period.YEAR, date(2026, 10, 1)),
    )
    facts = Facts(rhythms, date(2025, 1, 1))
    assert _span(facts, date(2026, 5, 1)).required == 3


def test_days_without_a_rhythm_ask_for_nothing() -> None:
    rhythms = (
        Rhythm(1, Period.QUARTER, date(2025, 10, 1), date(2026, 2, 1)),
        Rhythm(1, Period.QUARTER, date(2026, 8, 1)),
    )
    every = spans(Facts(rhythms, date(2025, 10, 1)), date(2026, 9, 1))
    assert [(one.first, one.last, one.required) for one in every] == [
        (date(2025, 10, 1), date(2025, 12, 31), 1),
        (date(2026, 1, 1), date(2026, 6, 30), 0),
        (date(2026, 7, 1), date(2026, 9, 30), 1),
    ]


def test_a_quarter_cut_off_by_months_asks_for_nothing() -> None:
    rhythms = (
        Rhythm(1, Period.QUARTER, date(2026, 1, 1), date(2026, 5, 15)),
        Rhythm(1, Period.MONTH, date(2026, 5, 15)),
    )
    every = spans(Facts(rhythms, date(2026, 1, 1)), date(2026, 6, 1))
    assert [(one.first, one.last, one.required) for one in every] == [
        (date(2026, 1, 1), date(2026, 3, 31), 1),
        (date(2026, 4, 1), date(2026, 4, 30), 0),
        (date(2026, 5, 1), date(2026, 5, 31), 1),
        (date(2026, 6, 1), date(2026, 6, 30), 1),
    ]


def test_a_meeting_held_before_the_change_counts_in_the_period_that_began() -> None:
    rhythms = (
        Rhythm(1, Period.YEAR, date(2025, 1, 1), date(2026, 2, 1)),
        Rhythm(1, Period.HALF_YEAR, date(2026, 2, 1)),
    )
    facts = Facts(rhythms, date(2025, 1, 1), held=frozenset({date(2026, 1, 20)}))
    half = _span(facts, date(2026, 2, 1), date(2026, 7, 1))
    assert (half.first, half.required, half.held) == (date(2026, 1, 1), 1, 1)


@given(PERIODS, st.integers(1, 5), DAYS, DAYS)
def test_a_team_that_ended_in_a_period_owes_nothing_for_it(
    period: str, count: int, from_on: date, ended_on: date
) -> None:
    assume(from_on < ended_on)
    facts = _once(count, period, from_on, ended_on=ended_on)
    last = spans(facts, UNTIL)[-1]
    assert last.last == ended_on - DAY
    if last.last != last_of(period, last.last):
        assert last.required == 0
    assert standing(facts, max(ended_on, UNTIL)).is_overdue is False


# --- Held, planned, warned, overdue ----------------------------------------------------------


@given(courses(), DAYS, DAYS)
def test_one_more_meeting_makes_nothing_worse(facts: Facts, met_on: date, today: date) -> None:
    more = replace(facts, held=facts.held | {met_on})
    for one, after in zip(spans(facts, today), spans(more, today), strict=True):
        assert (one.first, one.last, one.required) == (after.first, after.last, after.required)
        assert after.is_kept >= one.is_kept
        assert after.held >= one.held
    before, then = standing(facts, today), standing(more, today)
    assert (then.next_due or date.max) >= (before.next_due or date.max)
    assert (then.overdue_since or date.max) >= (before.overdue_since or date.max)
    if met_on <= today:
        assert then.warn <= before.warn


@given(courses(), DAYS, DAYS)
def test_one_more_planned_meeting_ends_at_most_a_warning(
    facts: Facts, planned_on: date, today: date
) -> None:
    more = replace(facts, planned=facts.planned | {planned_on})
    before, then = standing(facts, today), standing(more, today)
    assert then.warn <= before.warn
    assert replace(then, warn=before.warn) == before
    assert [one.is_kept for one in spans(more, today)] == [
        one.is_kept for one in spans(facts, today)
    ]


@given(courses(), DAYS)
def test_overdue_is_a_period_that_is_over_and_not_kept_until_the_next_meeting(
    facts: Facts, today: date
) -> None:
    missed = [
        one.last for one in spans(facts, today) if one.held < one.required and one.last < today
    ]
    late = [last for last in missed if not any(last < day <= today for day in facts.held)]
    since = min(late) + DAY if late and _in_force(facts, today) else None
    assert standing(facts, today).overdue_since == since


def test_a_meeting_too_few_on_the_last_day_mends_nothing() -> None:
    facts = _once(2, from_on=date(2026, 1, 1), held=frozenset({date(2026, 3, 31)}))
    assert standing(facts, date(2026, 5, 1)).overdue_since == date(2026, 4, 1)


@given(courses(), DAYS, st.integers(0, 400))
def test_time_changes_nothing_in_a_period_that_is_over(
    facts: Facts, today: date, days: int
) -> None:
    later = {one.first: one for one in spans(facts, today + days * DAY)}
    for one in spans(facts, today):
        if not one.is_open:
            assert later[one.first] == one


@given(courses(), DAYS)
def test_what_is_yet_to_come_was_not_held(facts: Facts, today: date) -> None:
    known = replace(facts, held=frozenset(day for day in facts.held if day <= today))
    assert replace(standing(facts, today), warn=False) == replace(
        standing(known, today), warn=False
    )
    assert [one.held for one in spans(facts, today)] == [one.held for one in spans(known, today)]


@settings(max_examples=cases(25))
@given(courses(), DAYS)
def test_who_meets_by_the_day_that_is_due_is_never_overdue(facts: Facts, start: date) -> None:
    facts = replace(facts, held=frozenset(_days(FROM, start)), planned=frozenset())
    met_on = start - DAY
    while (due := standing(facts, met_on + DAY).next_due) and due < UNTIL:
        assert due > met_on
        assert not standing(facts, due).is_overdue
        missing = _span(facts, due, due)
        need = missing.required - missing.held
        facts = replace(facts, held=facts.held | {due - n * DAY for n in range(need)})
        met_on = due
        assert not standing(facts, met_on + DAY).is_overdue


@given(courses(), DAYS)
def test_a_warning_comes_in_time_and_only_where_meetings_lack(facts: Facts, today: date) -> None:
    for one in spans(facts, today):
        assert (one.warn_from is not None) == bool(one.required)
        if one.warn_from:
            assert one.first <= one.warn_from
            assert (one.last - one.warn_from).days == (10 if one.period == Period.MONTH else 30)
    now = [one for one in spans(facts, today) if one.first <= today <= one.last]
    lacks = [one for one in now if one.held + one.planned < one.required]
    warned = [one for one in lacks if one.warn_from and one.warn_from <= today]
    assert standing(facts, today).warn == bool(warned)


QUARTERLY = _once(from_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("today", "held", "next_due", "warn", "overdue_since"),
    [
        (date(2026, 2, 28), [], date(2026, 3, 31), False, None),
        (date(2026, 3, 1), [], date(2026, 3, 31), True, None),
        (date(2026, 3, 31), [], date(2026, 3, 31), True, None),
        (date(2026, 3, 31), [date(2026, 3, 31)], date(2026, 6, 30), False, None),
        (date(2026, 4, 1), [], date(2026, 6, 30), False, date(2026, 4, 1)),
        (date(2026, 12, 1), [date(2026, 7, 1), date(2026, 11, 9)], date(2027, 3, 31), False, None),
        (date(2026, 8, 1), [], date(2026, 9, 30), False, date(2026, 4, 1)),
        (date(2026, 8, 1), [date(2026, 4, 9)], date(2026, 9, 30), False, None),
        (date(2026, 8, 1), [date(2026, 2, 9)], date(2026, 9, 30), False, date(2026, 7, 1)),
        (date(2026, 8, 1), [date(2026, 2, 9), date(2026, 7, 9)], date(2026, 12, 31), False, None),
    ],
)
def test_the_state_on_a_day(
    today: date, held: list[date], next_due: date, warn: bool, overdue_since: date | None
) -> None:
    state = standing(replace(QUARTERLY, held=frozenset(held)), today)
    assert (state.next_due, state.warn, state.overdue_since) == (next_due, warn, overdue_since)


def test_two_meetings_of_one_day_are_one() -> None:
    facts = _once(2, from_on=date(2026, 1, 1), held=frozenset([date(2026, 2, 2)] * 2))
    assert _span(facts, date(2026, 2, 2)).held == 1


def test_a_planned_day_that_passed_is_no_meeting() -> None:
    facts = replace(QUARTERLY, planned=frozenset({date(2026, 3, 10)}))
    assert standing(facts, date(2026, 3, 10)).warn is False
    assert standing(facts, date(2026, 3, 11)).warn is True


def test_a_team_without_a_rhythm_owes_nothing() -> None:
    facts = Facts((), FROM)
    assert spans(facts, UNTIL) == ()
    assert standing(facts, UNTIL) == standing(replace(facts, held=frozenset({FROM})), UNTIL)
    assert standing(facts, UNTIL).next_due is None
