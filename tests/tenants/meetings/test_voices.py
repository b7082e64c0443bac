"""The outcomes of decisions by voices of institutions (REG §2.5, §2.7, §2.10)."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from random import Random
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tenants.meetings.voices import Base, Choice, Result, Voice, Way, objection_error, outcome

KEYS = [None, *(UUID(int=n) for n in range(1, 9))]
VOICES = st.lists(
    st.builds(
        Voice,
        key=st.sampled_from(KEYS),
        choice=st.none() | st.sampled_from(Choice),
        reason=st.sampled_from(["", "brak środków"]),
        is_present=st.booleans(),
        is_excluded=st.booleans(),
    ),
    unique_by=lambda one: one.key,
)
WAYS, BASES, CLOSED = st.sampled_from(Way), st.sampled_from(Base), st.booleans()
RANK = {Result.NOT_PASSED: 0, Result.OPEN: 1, Result.PASSED: 2}


def _given(choices: str, *, present: bool = True) -> list[Voice]:
    """ "++-0?": for, for, against, abstains, silent."""
    said = {"+": Choice.YES, "-": Choice.NO, "0": Choice.ABSTAIN, "?": None}
    return [Voice(UUID(int=n), said[one], is_present=present) for n, one in enumerate(choices, 1)]


@given(VOICES, WAYS, BASES, CLOSED, st.randoms())
def test_the_order_of_voices_is_no_matter(
    voices: list[Voice], way: Way, base: Base, is_closed: bool, random: Random
) -> None:
    shuffled = [*voices]
    random.shuffle(shuffled)
    assert outcome(shuffled, way, base, is_closed=is_closed) == outcome(
        voices, way, base, is_closed=is_closed
    )


@given(VOICES, WAYS, BASES, CLOSED, st.integers(0, 8))
def test_a_voice_changed_to_yes_makes_no_result_worse(
    voices: list[Voice], way: Way, base: Base, is_closed: bool, number: int
) -> None:
    assume(voices)
    number %= len(voices)
    changed = [*voices]
    changed[number] = replace(voices[number], choice=Choice.YES)
    before = outcome(voices, way, base, is_closed=is_closed).result
    assert RANK[outcome(changed, way, base, is_closed=is_closed).result] >= RANK[before]


@given(VOICES, WAYS, BASES, CLOSED)
def test_one_more_institution_that_is_for_makes_no_result_worse(
    voices: list[Voice], way: Way, base: Base, is_closed: bool
) -> None:
    more = [*voices, Voice(UUID(int=99), Choice.YES)]
    before = outcome(voices, way, base, is_closed=is_closed).result
    assert RANK[outcome(more, way, base, is_closed=is_closed).result] >= RANK[before]


@given(VOICES, WAYS, BASES, CLOSED, st.data())
def test_what_is_decided_before_the_end_no_silent_one_changes_in_a_majority(
    voices: list[Voice], way: Way, base: Base, is_closed: bool, data: st.DataObject
) -> None:
    before = outcome(voices, Way.MAJORITY, base).result
    said = [replace(v, choice=v.choice or data.draw(st.sampled_from(Choice))) for v in voices]
    after = outcome(said, Way.MAJORITY, base, is_closed=is_closed).result
    assert after != Result.OPEN
    assert before in {Result.OPEN, after}


@given(VOICES, WAYS, BASES)
def test_nothing_stays_open_once_it_is_closed(voices: list[Voice], way: Way, base: Base) -> None:
    assert outcome(voices, way, base, is_closed=True).result != Result.OPEN


@given(VOICES, WAYS, BASES, CLOSED)
def test_the_excluded_might_as_well_not_be_there(
    voices: list[Voice], way: Way, base: Base, is_closed: bool
) -> None:
    others = [one for one in voices if not one.is_excluded]
    assert outcome(voices, way, base, is_closed=is_closed) == outcome(
        others, way, base, is_closed=is_closed
    )


@given(VOICES, st.sampled_from([Way.AGREEMENT, Way.MAJORITY]), CLOSED)
def test_the_absent_count_only_where_all_are_the_base(
    voices: list[Voice], way: Way, is_closed: bool
) -> None:
    came = [one for one in voices if one.is_present]
    here = [replace(one, is_present=True) for one in voices]
    of_present = outcome(voices, way, is_closed=is_closed)
    of_all = outcome(voices, way, Base.ALL, is_closed=is_closed)
    assert of_present == outcome(came, way, is_closed=is_closed)
    assert replace(of_all, against=()) == replace(
        outcome(here, way, is_closed=is_closed), against=()
    )


@given(VOICES, WAYS, BASES, CLOSED)
def test_every_voice_of_the_base_is_counted_once(
    voices: list[Voice], way: Way, base: Base, is_closed: bool
) -> None:
    count = outcome(voices, way, base, is_closed=is_closed)
    said = count.yes + count.abstained + len(count.against)
    if way == Way.CIRCULATION and base == Base.PRESENT:
        assert count.base == said
    else:
        assert count.base == said + len(count.silent)


@given(VOICES, st.sampled_from([Way.AGREEMENT, Way.CIRCULATION]), BASES, CLOSED)
def test_nothing_is_agreed_over_an_objection_or_by_nobody(
    voices: list[Voice], way: Way, base: Base, is_closed: bool
) -> None:
    count = outcome(voices, way, base, is_closed=is_closed)
    if count.result == Result.PASSED:
        assert not count.against
        assert count.yes
    if count.against:
        assert count.result == Result.NOT_PASSED


@given(VOICES, BASES)
def test_a_majority_is_more_than_half_of_the_base(voices: list[Voice], base: Base) -> None:
    count = outcome(voices, Way.MAJORITY, base, is_closed=True)
    assert (count.result == Result.PASSED) == (count.yes > count.base / 2)


@given(VOICES)
def test_silence_in_writing_is_as_if_nobody_had_been_asked(voices: list[Voice]) -> None:
    answered = [one for one in voices if one.choice]
    closed = outcome(voices, Way.CIRCULATION, is_closed=True)
    assert replace(closed, silent=()) == outcome(answered, Way.CIRCULATION, is_closed=True)


@pytest.mark.parametrize(
    ("way", "choices", "base", "is_closed", "result"),
    [
        (Way.AGREEMENT, "++0", Base.PRESENT, False, Result.PASSED),
        (Way.AGREEMENT, "++-", Base.PRESENT, False, Result.NOT_PASSED),
        (Way.AGREEMENT, "++?", Base.PRESENT, False, Result.OPEN),
        (Way.AGREEMENT, "++?", Base.PRESENT, True, Result.NOT_PASSED),
        (Way.AGREEMENT, "000", Base.PRESENT, True, Result.NOT_PASSED),
        (Way.AGREEMENT, "", Base.PRESENT, True, Result.NOT_PASSED),
        (Way.MAJORITY, "++--", Base.PRESENT, True, Result.NOT_PASSED),
        (Way.MAJORITY, "++0-", Base.PRESENT, True, Result.NOT_PASSED),
        (Way.MAJORITY, "+++--", Base.PRESENT, True, Result.PASSED),
        (Way.MAJORITY, "++?", Base.PRESENT, False, Result.PASSED),
        (Way.MAJORITY, "+-?", Base.PRESENT, False, Result.OPEN),
        (Way.MAJORITY, "--?", Base.PRESENT, False, Result.NOT_PASSED),
        (Way.MAJORITY, "", Base.PRESENT, True, Result.NOT_PASSED),
        (Way.CIRCULATION, "+??", Base.PRESENT, False, Result.OPEN),
        (Way.CIRCULATION, "+??", Base.PRESENT, True, Result.PASSED),
        (Way.CIRCULATION, "+??", Base.ALL, True, Result.NOT_PASSED),
        (Way.CIRCULATION, "++0", Base.ALL, False, Result.PASSED),
        (Way.CIRCULATION, "+-?", Base.PRESENT, True, Result.NOT_PASSED),
        (Way.CIRCULATION, "???", Base.PRESENT, True, Result.NOT_PASSED),
    ],
)
def test_the_result(way: Way, choices: str, base: Base, is_closed: bool, result: Result) -> None:
    assert outcome(_given(choices), way, base, is_closed=is_closed).result == result


def _by_hand(voices: Sequence[Voice], way: Way, base: Base) -> bool:
    """If a closed decision passed, said in words of its own."""
    takes_part = [one for one in voices if not one.is_excluded]
    if way == Way.CIRCULATION:
        asked = [one for one in takes_part if base == Base.ALL or one.choice]
    else:
        asked = [one for one in takes_part if base == Base.ALL or one.is_present]
    every = [one.choice for one in asked]
    if way == Way.MAJORITY:
        return every.count(Choice.YES) * 2 > len(every)
    return Choice.YES in every and Choice.NO not in every and None not in every


_STANDS = (
    *(Voice(None, choice) for choice in (*Choice, None)),
    Voice(None, is_present=False),
    Voice(None, is_excluded=True),
)


@pytest.mark.parametrize("base", Base)
@pytest.mark.parametrize("way", Way)
def test_every_composition_of_four_institutions(way: Way, base: Base) -> None:
    for stands in product(_STANDS, repeat=4):
        voices = [replace(one, key=key) for one, key in zip(stands, KEYS, strict=False)]
        passed = outcome(voices, way, base, is_closed=True).result == Result.PASSED
        assert passed == _by_hand(voices, way, base), voices


def test_two_come_of_nine_and_may_decide_unless_all_are_the_base() -> None:
    voices = [*_given("++"), *(Voice(UUID(int=n), is_present=False) for n in range(3, 10))]
    for way in (Way.AGREEMENT, Way.MAJORITY):
        assert outcome(voices, way, is_closed=True).result == Result.PASSED
        assert outcome(voices, way, Base.ALL, is_closed=True).result == Result.NOT_PASSED


def test_in_writing_nobody_needs_to_be_present() -> None:
    voices = _given("++", present=False)
    assert outcome(voices, Way.CIRCULATION).result == Result.PASSED
    assert outcome(voices, Way.AGREEMENT, is_closed=True).base == 0


def test_an_institution_has_one_voice() -> None:
    one = Voice(None, Choice.YES)
    with pytest.raises(ValueError, match="one voice"):
        outcome([one, one], Way.MAJORITY)


def test_who_objects_to_an_agreement_says_why() -> None:
    assert "powód" in objection_error(Way.AGREEMENT, Choice.NO, " ")
    assert "powód" in objection_error(Way.CIRCULATION, Choice.NO, "")
    assert objection_error(Way.CIRCULATION, Choice.NO, "brak środków") == ""
    assert objection_error(Way.AGREEMENT, Choice.YES, "") == ""
    assert objection_error(Way.MAJORITY, Choice.NO, "") == ""
