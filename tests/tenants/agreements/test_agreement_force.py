"""An agreement comes into force by itself, in the way that its draft chose, or not at all (POR)."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.agreements.rules import (
    DAY,
    DEADLINE,
    ENOUGH,
    LAST,
    PUBLISHED,
    Way,
    failure,
    force_day,
)
from tests.budget import cases

FIRST = date(2026, 3, 1)


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def maybe(days: "st.SearchStrategy[date]") -> "st.SearchStrategy[date | None]":
    return st.none() | days


DAYS = st.integers(0, 20).map(on)
FORCES = st.sampled_from([DEADLINE, LAST, DAY, ENOUGH, PUBLISHED])


@st.composite
def cases_of_force(draw: st.DrawFn) -> tuple[Way, list[date], date]:
    """A way that a draft may choose, the days of signatures, and the day on which one looks."""
    force, parties = draw(FORCES), draw(st.integers(2, 5))
    way = Way(
        force,
        parties,
        sign_by=draw(DAYS if force == DEADLINE else maybe(DAYS)),
        force_on=draw(DAYS) if force == DAY else None,
        enough=draw(st.integers(2, parties)) if force == ENOUGH else None,
        published_on=draw(maybe(DAYS)) if force == PUBLISHED else None,
    )
    return way, draw(st.lists(DAYS, max_size=parties)), draw(DAYS)


def modelled(way: Way, signed: list[date], today: date) -> date | None:
    """The same, day by day: the first day of force that somebody who looks each night would see."""
    until = [end for end in (way.sign_by, way.force_on, way.published_on) if end]
    there = [day for day in signed if day <= today and all(day <= end for end in until)]
    if len(there) < 2:
        return None
    for day in (on(number) for number in range((today - FIRST).days + 1)):
        count = sum(one <= day for one in there)
        is_closed = bool(until) and today > min(until)
        found = {
            DEADLINE: way.sign_by is not None and day > way.sign_by,
            LAST: count == way.parties,
            DAY: day == way.force_on and (is_closed or len(there) == way.parties),
            ENOUGH: count >= (way.enough or 99),
            PUBLISHED: day == way.published_on,
        }
        if found[way.force]:
            return day
    return None


@settings(max_examples=cases(400))
@given(cases_of_force())
def test_it_is_in_force_from_the_day_that_a_plain_look_at_each_day_finds(
    case: tuple[Way, list[date], date],
) -> None:
    assert force_day(*case) == modelled(*case)


@settings(max_examples=cases(150))
@given(cases_of_force(), st.randoms())
def test_two_sign_before_it_is_in_force_and_their_order_does_not_matter(
    case: tuple[Way, list[date], date], chance: Random
) -> None:
    way, signed, today = case
    mixed = list(signed)
    chance.shuffle(mixed)
    day = force_day(way, signed, today)
    assert day == force_day(way, mixed, today)
    if day is not None:
        assert len([one for one in signed if way.counts(one, today)]) >= 2
        assert day <= today
        assert day >= (way.force_on or FIRST)
        assert failure(way, signed, today) == ""


@settings(max_examples=cases(150))
@given(cases_of_force(), st.integers(1, 9))
def test_a_signature_after_the_last_day_changes_nothing(
    case: tuple[Way, list[date], date], late: int
) -> None:
    way, signed, today = case
    if way.last_day is None:
        return
    more = [*signed, way.last_day + timedelta(days=late)]
    assert force_day(way, more, today) == force_day(way, signed, today)
    assert failure(way, more, today) == failure(way, signed, today)


@settings(max_examples=cases(150))
@given(cases_of_force())
def test_once_failed_it_never_comes_into_force(case: tuple[Way, list[date], date]) -> None:
    way, signed, today = case
    if failure(way, signed, today):
        assert force_day(way, signed, on(99)) is None
        assert failure(way, signed, on(99))
    elif way.is_over(today) and way.force != PUBLISHED:
        assert force_day(way, signed, on(99))


BY = {"sign_by": on(5)}


@pytest.mark.parametrize(
    ("way", "signed", "today", "day"),
    [
        (Way(DEADLINE, 3, **BY), [1, 5], 5, None),
        (Way(DEADLINE, 3, **BY), [1, 5], 6, 6),
        (Way(DEADLINE, 3, **BY), [1, 2, 3], 5, None),  # all signed: the chosen day holds
        (Way(DEADLINE, 3, **BY), [1, 6], 9, None),
        (Way(LAST, 2), [3, 1], 9, 3),
        (Way(LAST, 3), [3, 1], 9, None),
        (Way(LAST, 2, **BY), [1, 6], 9, None),
        (Way(DAY, 3, force_on=on(8)), [1, 8], 8, None),  # the third may still sign today
        (Way(DAY, 3, force_on=on(8)), [1, 8], 9, 8),
        (Way(DAY, 2, force_on=on(8)), [1, 8], 8, 8),
        (Way(DAY, 2, force_on=on(8)), [1, 2], 7, None),
        (Way(DAY, 3, force_on=on(8), **BY), [1, 2], 8, 8),
        (Way(DAY, 3, force_on=on(8), **BY), [1, 6], 8, None),
        (Way(ENOUGH, 4, enough=3), [9, 1, 4, 2], 9, 4),
        (Way(ENOUGH, 4, enough=3, **BY), [1, 4, 6], 9, None),
        (Way(PUBLISHED, 3, published_on=on(4)), [1, 4], 9, 4),
        (Way(PUBLISHED, 3, published_on=on(4)), [1, 5], 9, None),
        (Way(PUBLISHED, 3, **BY), [1, 2, 3], 9, None),
    ],
)  # fmt: skip
def test_each_way_has_its_day(way: Way, signed: list[int], today: int, day: int | None) -> None:
    found = force_day(way, map(on, signed), on(today))
    assert found == (None if day is None else on(day))


@pytest.mark.parametrize(
    ("way", "signed", "words"),
    [
        (Way(DEADLINE, 3, **BY), [], "nie podpisała żadna Strona, a potrzebne były podpisy co najmniej 2 Stron."),
        (Way(DEADLINE, 3, **BY), [6, 1], "podpisała tylko 1 Strona, a potrzebne były podpisy co najmniej 2 Stron."),
        (Way(ENOUGH, 4, enough=4, **BY), [1, 2, 3], "podpisały tylko 3 Strony, a potrzebne były podpisy co najmniej 4 Stron."),
        (Way(LAST, 6, **BY), [1, 1, 2, 2, 3], "podpisało tylko 5 Stron, a potrzebne były podpisy wszystkich Stron."),
    ],
)  # fmt: skip
def test_a_failure_says_who_was_missing(way: Way, signed: list[int], words: str) -> None:
    assert failure(way, map(on, signed), on(5)) == ""
    said = failure(way, map(on, signed), on(6)).replace("\N{NO-BREAK SPACE}", " ")
    assert said == f"Do 6 marca 2026 r. {words}"
