"""Meetings of one team at the same time, also at midnight and in DST nights (REG §2.5)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.meetings.conflict import Sitting, clashes, times_error

WARSAW, TEAM = ZoneInfo("Europe/Warsaw"), UUID(int=99)
ZONES = st.sampled_from([WARSAW, UTC, ZoneInfo("Atlantic/Azores")])
# Around the nights in which summer time begins and ends.
NIGHTS = st.sampled_from(
    [datetime(2027, 3, 27, 22, tzinfo=UTC), datetime(2027, 10, 30, 22, tzinfo=UTC)]
)


@st.composite
def sittings(draw: st.DrawFn) -> Sitting:
    start = draw(NIGHTS) + timedelta(minutes=15 * draw(st.integers(0, 24)))
    end = start + timedelta(minutes=15 * draw(st.integers(1, 12)))
    key = UUID(int=draw(st.integers(1, 9)))
    return Sitting(key, TEAM, start.astimezone(draw(ZONES)), end.astimezone(draw(ZONES)))


def _quarters(one: Sitting) -> set[float]:
    """The quarters of an hour in which it takes place."""
    start, end = one.starts_at.timestamp(), one.ends_at.timestamp()
    return {start + 900 * n for n in range(int((end - start) / 900))}


def _sitting(start: datetime, end: datetime, number: int = 1, **more: object) -> Sitting:
    one = Sitting(UUID(int=number), TEAM, start, end)
    return replace(one, **more)  # type: ignore[arg-type]


def _warsaw(*when: int, fold: int = 0) -> datetime:
    return datetime(*when, tzinfo=WARSAW, fold=fold)  # type: ignore[misc, arg-type]


@given(sittings(), sittings())
def test_two_overlap_if_they_share_a_moment(one: Sitting, other: Sitting) -> None:
    assert one.overlaps(other) == bool(_quarters(one) & _quarters(other))
    assert one.overlaps(other) == other.overlaps(one)


@given(sittings())
def test_the_length_is_the_time_that_passes(one: Sitting) -> None:
    assert one.length == timedelta(minutes=15 * len(_quarters(one)))
    assert one.length > timedelta(0)
    assert times_error(one.starts_at, one.ends_at) is None


@given(sittings(), st.lists(sittings()))
def test_clashes_are_the_other_ones_at_once_by_time(one: Sitting, others: list[Sitting]) -> None:
    found = clashes(one, others)
    at_once = [other for other in others if other.key != one.key and one.overlaps(other)]
    assert sorted(found, key=str) == sorted(at_once, key=str)
    begins = [other.starts_at.timestamp() for other in found]
    assert begins == sorted(begins)


def test_one_may_begin_as_the_other_ends() -> None:
    first = _sitting(_warsaw(2027, 1, 5, 10), _warsaw(2027, 1, 5, 12))
    second = _sitting(_warsaw(2027, 1, 5, 12), _warsaw(2027, 1, 5, 13), 2)
    assert clashes(first, [second]) == ()
    longer = replace(first, ends_at=_warsaw(2027, 1, 5, 12, 1))
    assert clashes(longer, [second]) == (second,)


def test_a_meeting_past_midnight_meets_the_one_of_the_next_day() -> None:
    evening = _sitting(_warsaw(2027, 1, 5, 22), _warsaw(2027, 1, 6, 1))
    night = _sitting(_warsaw(2027, 1, 6, 0, 30), _warsaw(2027, 1, 6, 2), 2)
    assert clashes(evening, [night]) == (night,)
    assert evening.day == date(2027, 1, 5)
    in_utc = replace(night, starts_at=night.starts_at.astimezone(UTC))
    assert in_utc.day == date(2027, 1, 6)


def test_the_hour_shown_twice_is_two_hours() -> None:
    """In the night of 31 October 2027 the clock shows 2:00-3:00 twice."""
    first = _sitting(_warsaw(2027, 10, 31, 2), _warsaw(2027, 10, 31, 2, fold=1))
    again = _sitting(_warsaw(2027, 10, 31, 2, fold=1), _warsaw(2027, 10, 31, 3), 2)
    assert times_error(first.starts_at, first.ends_at) is None
    assert (first.length, again.length) == (timedelta(hours=1),) * 2
    assert clashes(first, [again]) == ()


@pytest.mark.parametrize(
    "change", [{"team": UUID(int=5)}, {"key": UUID(int=1)}, {"is_by_email": True}]
)
def test_nothing_clashes_with_itself_another_team_or_a_round_by_email(
    change: dict[str, object],
) -> None:
    one = _sitting(_warsaw(2027, 1, 5, 10), _warsaw(2027, 1, 5, 12))
    other = replace(one, key=UUID(int=2))
    assert clashes(one, [other]) == (other,)
    assert clashes(one, [replace(other, **change)]) == ()  # type: ignore[arg-type]
    by_email = replace(one, is_by_email=True)
    assert clashes(by_email, [other]) == ()


def test_an_hour_that_the_clock_leaves_out_is_refused() -> None:
    wrong = times_error(_warsaw(2027, 3, 28, 2, 30), _warsaw(2027, 3, 28, 5))
    assert wrong == (
        "starts_at",
        "Tej nocy zegary przestawia się z 2:00 na 3:00, więc takiej godziny nie ma.",
    )
    assert times_error(_warsaw(2027, 3, 28, 1), _warsaw(2027, 3, 28, 3)) is None


@pytest.mark.parametrize("end", [_warsaw(2027, 1, 5, 10), _warsaw(2027, 1, 4, 12)])
def test_the_end_comes_after_the_beginning(end: datetime) -> None:
    wrong = times_error(_warsaw(2027, 1, 5, 10), end)
    assert wrong == ("ends_at", "Koniec spotkania musi być później niż początek.")


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        _sitting(datetime(2027, 1, 5, 10), _warsaw(2027, 1, 5, 12))
