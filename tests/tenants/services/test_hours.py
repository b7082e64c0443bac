"""Opening hours say the same in Polish, to a calendar and at any minute (REG §3.2, §3.5.c)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from tenants.services.hours import (
    DAY,
    Hours,
    Interval,
    Intervals,
    OtherDay,
    Recurrence,
    Week,
    minute_of,
)

MONDAY = date(2026, 11, 30)
NBSP = "\N{NO-BREAK SPACE}"
WORK = (Interval.of("8:00", "16:00"),)
LATE = (Interval.of("8:00", "18:00"),)
OFFICE = (WORK, WORK, LATE, WORK, WORK, (), ())
NAMES = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")


@st.composite
def days(draw: Any) -> Intervals:
    """The hours of a day, none or a few, none touching another."""
    quarters = st.lists(st.integers(0, DAY // 15), max_size=6, unique=True)
    clocks = sorted(draw(quarters.filter(lambda found: len(found) % 2 == 0)))
    return tuple(Interval(a * 15, b * 15) for a, b in zip(clocks[::2], clocks[1::2], strict=True))


CLOCKS = st.lists(st.integers(0, DAY), min_size=2, max_size=2, unique=True)
INTERVALS = CLOCKS.map(lambda found: Interval(*sorted(found)))
FEW = st.sampled_from([(), WORK, LATE, (Interval(0, DAY),)])
WEEKS = st.tuples(*[days() | FEW] * 7)
DATES = st.dates(date(2026, 11, 1), date(2027, 1, 31))
OTHERS = st.lists(st.builds(OtherDay, DATES, days()), max_size=4, unique_by=lambda one: one.on)


@st.composite
def all_hours(draw: Any) -> Hours:
    from_on, until_on = draw(st.none() | DATES), draw(st.none() | DATES)
    assume(not (from_on and until_on and until_on < from_on))
    return Hours(draw(WEEKS), tuple(draw(OTHERS)), from_on, until_on)


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(ValidationError) as wrong:
        yield
    assert [message.replace(NBSP, " ") for message in wrong.value.messages] == [words]


# --- At any minute ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 11, 30, 7, 59), False),
        (datetime(2026, 11, 30, 8, 0), True),
        (datetime(2026, 11, 30, 15, 59, 59), True),
        (datetime(2026, 11, 30, 16, 0), False),
        (datetime(2026, 12, 2, 17, 0), True),
        (datetime(2026, 12, 5, 10, 0), False),
        (datetime(2026, 11, 30, 7, 30, tzinfo=UTC), True),  # 8:30 in Poland
        (datetime(2026, 11, 30, 15, 30, tzinfo=UTC), False),
    ],
)
def test_it_is_open_from_the_first_minute_and_closed_from_the_last(
    at: datetime, is_open: bool
) -> None:
    assert Hours(OFFICE).is_open(at) is is_open


@given(all_hours(), DATES, st.integers(0, DAY - 1) | st.sampled_from(range(0, DAY, 15)))
def test_it_is_open_at_a_minute_within_the_hours_of_that_day(
    hours: Hours, day: date, minute: int
) -> None:
    at = datetime(day.year, day.month, day.day, minute // 60, minute % 60)
    assert hours.is_open(at) is any(one.begins <= minute < one.ends for one in hours.on(day))


@given(WEEKS, DATES, days())
def test_a_day_that_differs_changes_itself_alone(week: Week, day: date, other: Intervals) -> None:
    usual, changed = Hours(week), Hours(week, (OtherDay(day, other),))
    assert changed.on(day) == other
    for apart in (day - timedelta(7), day - timedelta(1), day + timedelta(1), day + timedelta(7)):
        assert changed.on(apart) == usual.on(apart)


@given(WEEKS, DATES, DATES, DATES)
def test_hours_hold_from_their_first_day_to_their_last(
    week: Week, from_on: date, until_on: date, day: date
) -> None:
    assume(from_on <= until_on)
    hours = Hours(week, from_on=from_on, until_on=until_on)
    assert hours.on(day) == (Hours(week).on(day) if from_on <= day <= until_on else ())


# --- What can't be ----------------------------------------------------------------------------


@pytest.mark.parametrize("clocks", [("16:00", "8:00"), ("8:00", "8:00")])
def test_hours_that_end_before_they_begin_are_refused(clocks: tuple[str, str]) -> None:
    words = f"Godzina zamknięcia ({clocks[1]}) musi być późniejsza niż otwarcia ({clocks[0]})."
    with refused(f"{words} Godziny po północy wpisz w następnym dniu."):
        Interval.of(*clocks)


@pytest.mark.parametrize("clock", ["", "25:00", "24:01", "8:60", "8", "ósma", "-8:00", "8:0"])
def test_what_is_no_time_is_refused(clock: str) -> None:
    with refused(f"„{clock}” nie jest godziną. Wpisz na przykład 8:30."):
        minute_of(clock)


@given(st.integers(0, DAY))
def test_each_time_of_a_day_is_read_as_it_is_written(minute: int) -> None:
    written = f"{minute // 60}:{minute % 60:02}"
    assert minute_of(written) == minute_of(written.replace(":", ".")) == minute


@given(st.integers(-DAY, -1) | st.integers(DAY + 1, 2 * DAY))
def test_a_time_outside_the_day_is_refused(minute: int) -> None:
    with refused("Godziny muszą mieścić się między 0:00 a 24:00."):
        Interval(min(minute, 0), max(minute, 1))


@given(INTERVALS, INTERVALS)
def test_two_hours_at_the_same_time_are_refused_and_no_others(
    first: Interval, second: Interval
) -> None:
    a, b, c, d = first.begins, first.ends, second.begins, second.ends
    week = ((), (), (first, second), (), (), (), ())
    if max(a, c) < min(b, d):
        words = " i ".join(one.clocks for one in sorted([first, second]))
        with refused(f"W środę godziny {words} nachodzą na siebie."):
            Hours(week)
    else:
        minutes = [*range(a, b), *range(c, d)]
        open_now = [m for one in Hours(week).week[2] for m in range(one.begins, one.ends)]
        assert open_now == sorted(minutes)


@given(st.permutations([(0, 60), (60, 120), (300, 400), (500, 600)]))
def test_hours_that_touch_are_one_in_whatever_order_they_come(order: list[tuple[int, int]]) -> None:
    day = tuple(Interval(*clocks) for clocks in order)
    assert Hours((day, *[()] * 6)).week[0] == (
        Interval(0, 120),
        Interval(300, 400),
        Interval(500, 600),
    )


def test_a_date_with_two_hours_of_its_own_is_refused() -> None:
    eve = OtherDay(date(2026, 12, 24))
    with refused("Dla dnia 24 grudnia 2026 r. podano godziny dwa razy."):
        Hours(OFFICE, (eve, OtherDay(eve.on, WORK)))


def test_hours_of_a_date_at_the_same_time_are_refused() -> None:
    both = (Interval.of("8:00", "12:00"), Interval.of("11:00", "13:00"))
    with refused("Dnia 24 grudnia 2026 r. godziny 8:00–12:00 i 11:00–13:00 nachodzą na siebie."):
        Hours(OFFICE, (OtherDay(date(2026, 12, 24), both),))


def test_a_last_day_before_the_first_is_refused() -> None:
    with refused(
        "Godziny nie mogą obowiązywać do 31 sierpnia 2026 r., skoro zaczynają od 1 września 2026 r."
    ):
        Hours(OFFICE, from_on=date(2026, 9, 1), until_on=date(2026, 8, 31))


# --- In Polish --------------------------------------------------------------------------------

NIGHT = ((Interval.of("20:00", "24:00"), Interval.of("0:00", "8:00")),) * 7
TWICE = (Interval.of("8:00", "12:00"), Interval.of("14:00", "18:00"))
AFTERNOON = (Interval.of("14:00", "18:00"),)


@pytest.mark.parametrize(
    ("week", "words"),
    [
        (OFFICE, "poniedziałek–piątek 8:00–16:00, środa do 18:00"),
        ((*[WORK] * 5, (), ()), "poniedziałek–piątek 8:00–16:00"),
        (((), AFTERNOON, (), AFTERNOON, (), (), ()), "wtorek i czwartek 14:00–18:00"),
        (
            (*[WORK] * 4, (Interval.of("10:00", "16:00"),), (), ()),
            "poniedziałek–piątek 8:00–16:00, piątek od 10:00",
        ),
        (
            (*[WORK] * 5, AFTERNOON, AFTERNOON),
            "poniedziałek–piątek 8:00–16:00, sobota i niedziela 14:00–18:00",
        ),
        (
            (AFTERNOON, *[WORK] * 4, (), ()),
            "poniedziałek 14:00–18:00, wtorek–piątek 8:00–16:00",
        ),
        (((Interval(0, DAY),),) * 7, "codziennie całą dobę"),
        (NIGHT, "codziennie 0:00–8:00 i 20:00–24:00"),
        ((TWICE, *[()] * 6), "poniedziałek 8:00–12:00 i 14:00–18:00"),
        (
            (WORK, WORK, LATE, LATE, (), (), TWICE),
            (
                "poniedziałek i wtorek 8:00–16:00, środa i czwartek 8:00–18:00, "
                "niedziela 8:00–12:00 i 14:00–18:00"
            ),
        ),
        (((),) * 7, "nieczynne"),
    ],
)
def test_a_week_is_said_as_an_office_writes_it_on_its_door(week: Week, words: str) -> None:
    assert Hours(week).said == words


def test_days_that_differ_and_how_long_it_holds_are_said_too() -> None:
    eve, even = OtherDay(date(2026, 12, 24)), OtherDay(date(2026, 12, 31), TWICE)
    hours = Hours(OFFICE, (even, eve), date(2026, 7, 1), date(2026, 12, 31))
    assert [words.replace(NBSP, " ") for words in hours.said_exceptions] == [
        "24 grudnia 2026 r. nieczynne",
        "31 grudnia 2026 r. 8:00–12:00 i 14:00–18:00",
    ]
    assert hours.said_validity.replace(NBSP, " ") == "od 1 lipca 2026 r. do 31 grudnia 2026 r."
    assert Hours(OFFICE).said_validity == ""


DAYS_READ = rf"(?:codziennie|(?:{'|'.join(NAMES)})(?:(?:–|, | i )(?:{'|'.join(NAMES)}))*)"
CLOCKS_READ = r"(?:całą dobę|(?:od|do) [\d:]+|[\d:]+–[\d:]+(?:(?:, | i )[\d:]+–[\d:]+)*)"
GROUP = re.compile(rf"({DAYS_READ}) ({CLOCKS_READ})")


def read(words: str) -> Week:
    """A week as somebody understands it who reads from left to right."""
    week: list[Intervals] = [()] * 7
    usual: Interval | None = None
    for named, clocks in GROUP.findall(words):
        hours = tuple(_read_hours(clocks, usual))
        usual = hours[0] if "od " not in clocks and "do " not in clocks else usual
        for day in _read_days(named):
            week[day] = hours
    return tuple(week)


def _read_days(named: str) -> Iterator[int]:
    if named == "codziennie":
        yield from range(7)
        return
    for part in re.split(", | i ", named):
        first, _, last = part.partition("–")
        yield from range(NAMES.index(first), NAMES.index(last or first) + 1)


def _read_hours(clocks: str, usual: Interval | None) -> Iterator[Interval]:
    if clocks == "całą dobę":
        yield Interval(0, DAY)
        return
    for part in re.split(", | i ", clocks):
        word, _, clock = part.partition(" ")
        if clock:
            assert usual
            minute = minute_of(clock)
            is_until = word == "do"
            yield Interval(usual.begins if is_until else minute, minute if is_until else usual.ends)
        else:
            yield Interval.of(*part.split("–"))


@given(WEEKS)
def test_whoever_reads_a_week_knows_it_again(week: Week) -> None:
    assert read(Hours(week).said) == week


# --- To a calendar ----------------------------------------------------------------------------


def met(recurrence: Recurrence, until: date) -> Iterator[tuple[datetime, int]]:
    """The days on which another program sees it, each with its length in minutes."""
    *when, duration = recurrence.lines
    length = int(duration.removeprefix("DURATION:PT").removesuffix("M"))
    found: Any = rrulestr("\n".join(when), forceset=True)
    end = datetime(until.year, until.month, until.day, 23, 59)
    return ((at, length) for at in found.between(datetime(2026, 1, 1), end, inc=True))


def test_the_hours_of_an_office_are_two_rules() -> None:
    five, one = Hours(OFFICE, until_on=date(2026, 12, 31)).recurrences(MONDAY)
    assert five.rrule == "FREQ=WEEKLY;BYDAY=MO,TU,TH,FR;UNTIL=20261231T235959"
    assert one.lines == (
        "DTSTART:20261202T080000",
        "RRULE:FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231T235959",
        "DURATION:PT600M",
    )


def test_a_day_that_differs_is_left_out_and_comes_once_by_itself() -> None:
    day = date(2026, 12, 4)
    usual, once = Hours((*[WORK] * 5, (), ()), (OtherDay(day, LATE),)).recurrences(MONDAY)
    assert usual.without == (day,)
    assert once.lines == (
        "DTSTART:20261204T080000",
        "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=1",
        "DURATION:PT600M",
    )


@given(all_hours(), DATES)
def test_another_program_sees_it_open_when_it_is(hours: Hours, since: date) -> None:
    until = since + timedelta(40)
    seen = sorted(
        (at.date(), at.hour * 60 + at.minute, at.hour * 60 + at.minute + length)
        for recurrence in hours.recurrences(since)
        for at, length in met(recurrence, until)
    )
    assert seen == [
        (day, one.begins, one.ends)
        for day in (since + timedelta(n) for n in range(41))
        for one in hours.on(day)
    ]


@pytest.mark.parametrize(
    ("day", "minute", "is_open"),
    [(0, None, True), (6, None, False), (0, 8 * 60, True), (0, 16 * 60, False), (None, 900, True)],
)
def test_a_usual_week_is_asked_by_its_day_and_its_clock(
    day: int | None, minute: int | None, is_open: bool
) -> None:
    week = Hours(((Interval.of("8:00", "16:00"),),) * 5 + ((), ()))
    assert week.is_usually_open(day, minute) is is_open
