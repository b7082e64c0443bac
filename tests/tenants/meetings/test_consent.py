"""Consent to guests: by when, and what the voices say (REG §2.8)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.workdays import is_workday
from tenants.meetings.consent import answer_until, consented, propose_until
from tenants.meetings.voices import Choice, Key, Result
from tenants.regulation.parameters import GuestConsent

WAYS = st.sampled_from(GuestConsent)
DAYS = st.dates(date(2020, 1, 1), date(2080, 1, 1))
COUNTS = st.integers(1, 30)
CHOICES = st.sampled_from([None, Choice.YES, Choice.NO])
SAID = st.dictionaries(st.sampled_from([UUID(int=n) for n in range(1, 9)]), CHOICES)
NO, YES, SILENT = Choice.NO, Choice.YES, None


def said(*choices: Choice | None) -> dict[Key, Choice | None]:
    return {UUID(int=n): choice for n, choice in enumerate(choices, 1)}


@given(WAYS, COUNTS, DAYS)
def test_whoever_proposes_on_the_last_day_is_answered_before_the_meeting(
    way: str, days: int, meets_on: date
) -> None:
    last = propose_until(way, days, meets_on)
    assert last <= answer_until(way, days, last, meets_on) < meets_on
    late = last + timedelta(days=1)
    assert answer_until(way, days, late, meets_on) >= meets_on or late >= meets_on


@given(COUNTS, DAYS)
def test_an_objection_may_wait_for_all_the_working_days(days: int, proposed_on: date) -> None:
    until = answer_until(GuestConsent.NO_OBJECTION, days, proposed_on, date.max)
    between = (proposed_on + timedelta(days=n) for n in range(1, (until - proposed_on).days + 1))
    assert sum(map(is_workday, between)) == days


@given(SAID, st.booleans())
def test_one_objection_is_enough_unless_the_majority_decides(
    voices: dict[Key, Choice | None], is_closed: bool
) -> None:
    voices |= {UUID(int=99): Choice.NO}
    for way in (GuestConsent.NO_OBJECTION, GuestConsent.ALL):
        assert consented(way, voices, is_closed=is_closed) == Result.NOT_PASSED


@given(WAYS, SAID)
def test_what_is_decided_early_is_never_decided_otherwise(
    way: str, voices: dict[Key, Choice | None]
) -> None:
    """Whatever the silent say: a result that isn't open stays, and the end leaves none open."""
    early = consented(way, voices)
    assert consented(way, voices, is_closed=True) != Result.OPEN
    for choice in (YES, NO, SILENT):
        full = {key: one or choice for key, one in voices.items()}
        if early != Result.OPEN:
            assert consented(way, full, is_closed=True) == early


@given(SAID)
def test_a_majority_is_more_than_half_of_the_institutions(
    voices: dict[Key, Choice | None],
) -> None:
    passed = consented(GuestConsent.MAJORITY, voices, is_closed=True) == Result.PASSED
    assert passed == (sum(one == YES for one in voices.values()) * 2 > len(voices))


@given(SAID)
def test_all_means_everyone(voices: dict[Key, Choice | None]) -> None:
    passed = consented(GuestConsent.ALL, voices, is_closed=True) == Result.PASSED
    assert passed == (bool(voices) and set(voices.values()) == {YES})


@pytest.mark.parametrize(
    ("way", "voices", "now", "at_the_end"),
    [
        ("NO_OBJECTION", said(SILENT, SILENT), Result.OPEN, Result.PASSED),
        ("NO_OBJECTION", said(YES, SILENT), Result.OPEN, Result.PASSED),
        ("NO_OBJECTION", said(YES, YES), Result.PASSED, Result.PASSED),
        ("MAJORITY", said(YES, SILENT), Result.OPEN, Result.NOT_PASSED),
        ("MAJORITY", said(YES, YES, SILENT), Result.PASSED, Result.PASSED),
        ("MAJORITY", said(YES, NO), Result.NOT_PASSED, Result.NOT_PASSED),
        ("ALL", said(YES, SILENT), Result.OPEN, Result.NOT_PASSED),
        ("ALL", said(YES, YES), Result.PASSED, Result.PASSED),
    ],
)
def test_silence_consents_only_where_the_regulation_says_so(
    way: str, voices: dict[Key, Choice | None], now: Result, at_the_end: Result
) -> None:
    assert consented(way, voices) == now
    assert consented(way, voices, is_closed=True) == at_the_end
