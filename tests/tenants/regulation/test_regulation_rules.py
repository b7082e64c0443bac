"""Rules of a change of the regulation, by properties (REG §9)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.regulation import rules
from tenants.regulation.rules import Voice

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
CHOICES = st.sampled_from(["", "YES", "NO", "ABSTAIN"])
VOICES = st.builds(Voice, choice=CHOICES, may_vote=st.booleans())
LEADS = st.builds(Voice, is_lead=st.just(True), choice=CHOICES, may_vote=st.booleans())
BALLOTS = st.tuples(LEADS, st.lists(VOICES, max_size=40)).map(lambda both: [both[0], *both[1]])


def cast(voice: Voice, choice: str) -> Voice:
    """The vote that was still to come."""
    if voice.choice or not voice.may_vote:
        return voice
    return Voice(voice.is_lead, choice, voice.may_vote)


@given(BALLOTS)
def test_it_passes_with_more_than_half_of_all_and_the_lead_among_them(ballots: list[Voice]) -> None:
    agreed = sum(one.choice == "YES" for one in ballots)
    lead_agreed = any(one.is_lead and one.choice == "YES" for one in ballots)
    assert rules.tally(ballots).is_passed == (agreed > len(ballots) / 2 and lead_agreed)


@given(BALLOTS, st.data())
def test_a_certain_outcome_stays_whatever_is_still_voted(
    ballots: list[Voice], data: st.DataObject
) -> None:
    before = rules.tally(ballots)
    after = rules.tally(cast(one, data.draw(CHOICES)) for one in ballots)
    if before.is_certain:
        assert after.is_passed == before.is_passed
        assert after.is_certain


@given(BALLOTS)
def test_an_open_outcome_may_still_go_either_way(ballots: list[Voice]) -> None:
    if not rules.tally(ballots).is_certain:
        assert rules.tally(cast(one, "YES") for one in ballots).is_passed
        assert not rules.tally(cast(one, "NO") for one in ballots).is_passed


@given(BALLOTS)
def test_every_ballot_is_counted_once(ballots: list[Voice]) -> None:
    count = rules.tally(ballots)
    said = count.yes + count.no + count.abstained
    assert said + count.waiting + count.lost + count.void == len(ballots)


@given(BALLOTS)
def test_who_left_without_a_vote_weighs_as_much_as_who_disagreed(ballots: list[Voice]) -> None:
    refusing = [
        one if one.choice or one.may_vote else Voice(one.is_lead, "NO", one.may_vote)
        for one in ballots
    ]
    assert rules.tally(ballots).is_passed == rules.tally(refusing).is_passed
    assert rules.tally(ballots).is_certain == rules.tally(refusing).is_certain


@given(BALLOTS, DAYS, DAYS)
def test_a_voting_closes_when_it_is_decided_or_over(
    ballots: list[Voice], until: date, today: date
) -> None:
    count = rules.tally(ballots)
    assert rules.may_close(count, until, today) == (count.is_certain or today > until)


@given(DAYS, DAYS, DAYS, DAYS, DAYS)
def test_a_change_is_adopted_after_its_last_vote_and_never_reaches_back(
    adopted_on: date, in_force_from: date, voted_on: date, last: date, today: date
) -> None:
    wrong = rules.amendment_dates_error(
        adopted_on, in_force_from, last_vote_on=voted_on, last_in_force_from=last, today=today
    )
    is_in_order = voted_on <= adopted_on <= today <= in_force_from and last <= in_force_from
    assert (wrong is None) == is_in_order


@given(DAYS, DAYS, DAYS, DAYS)
def test_a_vote_is_of_a_day_of_the_voting_up_to_today(
    cast_on: date, voting_from: date, voting_until: date, today: date
) -> None:
    wrong = rules.vote_date_error(cast_on, voting_from, voting_until, today)
    assert (wrong == "") == (voting_from <= cast_on <= min(voting_until, today))


@given(DAYS, DAYS, DAYS, DAYS)
def test_a_voting_begins_after_what_it_changes_and_up_to_today(
    voting_from: date, voting_until: date, known: date, today: date
) -> None:
    wrong = rules.voting_days_error(voting_from, voting_until, not_before=known, today=today)
    is_in_order = known <= voting_from <= today and voting_from <= voting_until
    assert (wrong is None) == is_in_order


@pytest.mark.parametrize(
    ("yes", "words"),
    [
        (0, "„Za” nie głosował nikt z uprawnionych"),
        (1, "„Za” głosował 1 z 63 uprawnionych"),
        (2, "„Za” głosowało 2 z 63 uprawnionych"),
        (22, "„Za” głosowało 22 z 63 uprawnionych"),
    ],
)
def test_the_verb_agrees_with_how_many_agreed(yes: int, words: str) -> None:
    lead = Voice(is_lead=True, choice="YES" if yes else "", may_vote=True)
    others = [Voice(choice="YES" if at < yes else "", may_vote=True) for at in range(1, 63)]
    assert rules.tally([lead, *others]).votes_for == words
