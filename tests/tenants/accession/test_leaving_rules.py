"""Rules of resigning and of dissolving, by properties (REG §1.6, §1.7)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tenants.accession import rules as accession_rules
from tenants.accession.rules import ResignationTally, Stay, best, tallies
from tenants.regulation import rules as regulation_rules

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
SOON = st.dates(date(2026, 1, 1), date(2026, 1, 20))
BASES = st.sampled_from(["FIRST_RESIGNATION", "EVER_JOINED"])
FOUNDED = date(2025, 1, 1)


@given(DAYS, st.integers(0, 90))
def test_a_resignation_takes_effect_as_the_regulation_says(day: date, days: int) -> None:
    assert regulation_rules.effective_on(day, "RECEIVED", days) == day
    assert regulation_rules.effective_on(day, "DAYS_AFTER", days) == day + timedelta(days=days)
    end = regulation_rules.effective_on(day, "END_OF_MONTH", days)
    last = end - timedelta(days=1)
    assert end.day == 1
    assert (last.year, last.month) == (day.year, day.month)


@given(st.none() | DAYS, st.none() | DAYS, DAYS, DAYS)
def test_dates_of_a_resignation_are_fine_only_in_order(
    signed_on: date | None, received_on: date | None, joined_on: date, today: date
) -> None:
    known = [day for day in (signed_on, received_on) if day]
    is_fine = all(day <= today for day in known) and known == sorted(known)
    is_fine = is_fine and (received_on is None or joined_on <= received_on)
    wrong = accession_rules.resignation_dates_error(signed_on, received_on, joined_on, today)
    assert (wrong is None) == is_fine


@st.composite
def histories(draw: Any) -> list[Stay]:
    """Up to six institutions, each with up to two memberships one after the other."""
    stays = []
    for number in range(draw(st.integers(0, 6))):
        day = draw(SOON)
        for _ in range(draw(st.integers(1, 2))):
            if not draw(st.booleans()):
                stays.append(Stay(UUID(int=number), day))
                break
            received = day + timedelta(days=draw(st.integers(0, 5)))
            ended = received + timedelta(days=draw(st.integers(0, 3)))
            stays.append(Stay(UUID(int=number), day, ended, received))
            day = ended + timedelta(days=draw(st.integers(0, 3)))
    return stays


def by_definition(stays: list[Stay], day: date) -> tuple[set[UUID], set[UUID]]:
    """Base and counted of one day, written out once more."""
    base, counted = set(), set()
    for key in {one.organisation_id for one in stays}:
        own = [one for one in stays if one.organisation_id == key]
        was_in = any(
            one.from_on <= day and (one.ended_on is None or one.ended_on > day) for one in own
        )
        if not was_in and all(one.resigned_on != day for one in own):
            continue
        base.add(key)
        if own[-1].resigned_on and own[-1].resigned_on >= day:
            counted.add(key)
    return base, counted


@given(histories())
def test_each_day_of_a_resignation_counts_those_who_were_members_then(stays: list[Stay]) -> None:
    for tally in tallies(stays, "FIRST_RESIGNATION"):
        assert tally.day is not None
        assert (set(tally.base), set(tally.counted)) == by_definition(stays, tally.day)
        assert tally.counted  # the day is that of a resignation that counts


@given(histories())
def test_dissolving_is_possible_when_some_day_has_a_majority(stays: list[Stay]) -> None:
    days = {one.resigned_on for one in stays if one.resigned_on}
    gone = {one.organisation_id for one in stays} - {
        one.organisation_id for one in stays if one.resigned_on is None
    }
    of_gone = {d for d in days if any(key in gone for key in by_definition(stays, d)[1])}
    found = best(stays, "FIRST_RESIGNATION")
    counted_days = {tally.day for tally in tallies(stays, "FIRST_RESIGNATION")}
    assert counted_days <= of_gone
    many = [by_definition(stays, day) for day in counted_days if day]
    assert (found is not None and found.is_majority) == any(
        len(counted) * 2 > len(base) for base, counted in many
    )


@given(histories(), BASES)
def test_who_joined_again_is_not_counted(stays: list[Stay], base: str) -> None:
    back = {one.organisation_id for one in stays if one.resigned_on is None}
    for tally in tallies(stays, base):
        assert not tally.counted & back
        assert tally.counted <= tally.base


@given(histories(), BASES, st.randoms())
def test_the_order_of_rows_is_no_matter(stays: list[Stay], base: str, chance: Any) -> None:
    mixed = list(stays)
    chance.shuffle(mixed)
    assert tallies(mixed, base) == tallies(stays, base)


@given(st.integers(1, 40), BASES)
def test_exactly_half_is_not_enough_and_one_more_is(half: int, base: str) -> None:
    def after(resigned: int) -> ResignationTally | None:
        day = date(2026, 3, 1)
        left = [Stay(UUID(int=n), FOUNDED, day, day) for n in range(resigned)]
        return best([*left, *(Stay(UUID(int=n), FOUNDED) for n in range(resigned, 2 * half))], base)

    at_half, above = after(half), after(half + 1)
    assert at_half is not None
    assert above is not None
    assert (at_half.is_majority, at_half.missing) == (False, 1)
    assert (above.is_majority, above.missing) == (True, 0)
    assert above.needed == half + 1


def test_who_joined_after_the_first_resignation_does_not_dilute_it() -> None:
    day = date(2026, 3, 1)
    old = [Stay(UUID(int=n), FOUNDED, day, day) for n in range(2)] + [Stay(UUID(int=2), FOUNDED)]
    new = [Stay(UUID(int=n), date(2026, 4, 1)) for n in range(3, 9)]
    first, ever = best([*old, *new], "FIRST_RESIGNATION"), best([*old, *new], "EVER_JOINED")
    assert first is not None
    assert ever is not None
    assert first.is_majority
    assert not ever.is_majority


def test_nobody_resigned_is_no_count() -> None:
    assert best([], "FIRST_RESIGNATION") is best([], "EVER_JOINED") is None
    assert best([Stay(UUID(int=1), FOUNDED)], "FIRST_RESIGNATION") is None
