"""Polls of dates (REG §2.5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from tenants.meetings.dates import Answer, Option, agreed, in_order

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
SEATS = [UUID(int=n) for n in range(1, 7)]
OPTIONS = st.lists(
    st.builds(
        Option,
        key=st.integers(1, 9).map(lambda n: UUID(int=n)),
        starts_at=st.integers(-3, 9).map(lambda n: NOW + timedelta(days=n)),
        answers=st.dictionaries(st.sampled_from(SEATS), st.sampled_from(Answer)),
    ),
    unique_by=lambda one: one.key,
    max_size=6,
)
BETTER = {Answer.NO: Answer.IF_NEEDED, Answer.IF_NEEDED: Answer.YES, Answer.YES: Answer.YES}


def _option(number: int, answers: str, days: int = 1) -> Option:
    """ "yy?n": two can come, one if need be, one can't."""
    said = {"y": Answer.YES, "?": Answer.IF_NEEDED, "n": Answer.NO}
    given_ = {SEATS[n]: said[one] for n, one in enumerate(answers)}
    return Option(UUID(int=number), NOW + timedelta(days=days), given_)


@given(OPTIONS, st.randoms())
def test_the_order_follows_from_the_answers_alone(options: list[Option], random: Random) -> None:
    shuffled = [*options]
    random.shuffle(shuffled)
    assert in_order(shuffled) == in_order(options)
    assert agreed(shuffled, NOW) == agreed(options, NOW)


@given(OPTIONS)
def test_the_agreed_date_is_to_come_and_none_to_come_suits_more(options: list[Option]) -> None:
    best = agreed(options, NOW)
    open_ = [
        one for one in options if one.starts_at > NOW and {*one.answers.values()} - {Answer.NO}
    ]
    assert bool(best) == bool(open_)
    if best:
        assert best in open_
        count = {one.key: [*one.answers.values()] for one in open_}
        yes, if_needed = count[best.key].count(Answer.YES), count[best.key].count(Answer.IF_NEEDED)
        for one in open_:
            other = count[one.key]
            assert other.count(Answer.YES) <= yes
            if other.count(Answer.YES) == yes:
                assert other.count(Answer.IF_NEEDED) <= if_needed
                if other.count(Answer.IF_NEEDED) == if_needed:
                    assert one.starts_at >= best.starts_at


@given(OPTIONS, st.integers(0, 5), st.sampled_from(SEATS))
def test_a_better_answer_never_moves_a_date_down(
    options: list[Option], number: int, seat: UUID
) -> None:
    assume(options)
    one = options[number % len(options)]
    better = BETTER[one.answers.get(seat, Answer.NO)]
    changed = replace(one, answers={**one.answers, seat: better})
    before = [other.key for other in in_order(options)].index(one.key)
    after = in_order([changed, *(other for other in options if other.key != one.key)])
    assert [other.key for other in after].index(one.key) <= before


@given(OPTIONS, st.integers(0, 5))
def test_a_date_that_nobody_can_come_on_changes_nothing(options: list[Option], days: int) -> None:
    refused = replace(_option(99, "nnn", days), answers={SEATS[0]: Answer.NO})
    assert agreed([*options, refused], NOW) == agreed(options, NOW)


def test_one_yes_is_worth_more_than_any_number_of_maybes() -> None:
    one, other = _option(1, "ynnn"), _option(2, "????")
    assert in_order([other, one]) == (one, other)


def test_of_equal_ones_the_earliest_is_agreed() -> None:
    early, late = _option(2, "yyn", 3), _option(1, "yyn", 4)
    assert agreed([late, early], NOW) == early


def test_a_date_that_passed_while_people_answered_is_not_agreed() -> None:
    assert agreed([_option(1, "yyyy", 0), _option(2, "n?", 2)], NOW) == _option(2, "n?", 2)
    assert agreed([_option(1, "yyyy", -1)], NOW) is None


def test_of_one_hour_shown_twice_the_first_is_the_earlier() -> None:
    shown = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Warsaw"))
    first, again = (Option(UUID(int=9 - n), shown.replace(fold=n), {}) for n in (0, 1))
    assert in_order([again, first]) == (first, again)
