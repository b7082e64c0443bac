"""Votes counted by who was a member on their days, by properties (REG §1.6, §9)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tenants.people.rules import holds_on
from tenants.regulation import rules
from tenants.regulation.rules import Ballot, Stay

OPENED, UNTIL = date(2026, 3, 2), date(2026, 3, 16)
DAYS = st.dates(date(2026, 2, 20), date(2026, 3, 25))
IN_VOTING = st.dates(OPENED, UNTIL)
STAYS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(0, 20)).map(
        lambda stay: Stay(stay[0], None if stay[1] is None else stay[0] + timedelta(days=stay[1]))
    ),
    max_size=1,
)
CHOICES = st.sampled_from(["YES", "NO", "ABSTAIN"])
MEMBERS = st.builds(Ballot, choice=CHOICES, cast_on=IN_VOTING, left_on=st.none() | DAYS)
SILENT = st.builds(Ballot, left_on=st.none() | DAYS)
LEAD = st.builds(Ballot, is_lead=st.just(True), choice=CHOICES, cast_on=IN_VOTING)
BALLOTS = st.tuples(LEAD, st.lists(MEMBERS | SILENT, max_size=20)).map(
    lambda both: [both[0], *both[1]]
)


def count(ballots: list[Ballot]) -> rules.Tally:
    return rules.recount(ballots, OPENED, UNTIL, date.max)


@given(STAYS, IN_VOTING)
def test_a_vote_is_good_if_its_member_was_one_from_the_opening_to_its_day(
    stays: list[Stay], cast_on: date
) -> None:
    ballot = Ballot(choice="YES", cast_on=cast_on, left_on=rules.left_on(stays, OPENED))
    days = [OPENED + timedelta(days=n) for n in range((cast_on - OPENED).days + 1)]
    was_member = all(
        any(holds_on(day, stay.from_on, stay.ended_on) for stay in stays) for day in days
    )
    assert ballot.is_void != was_member


@given(STAYS)
def test_who_was_no_member_on_the_first_day_is_not_in_the_base(stays: list[Stay]) -> None:
    ballot = Ballot(left_on=rules.left_on(stays, OPENED))
    was_member = any(holds_on(OPENED, stay.from_on, stay.ended_on) for stay in stays)
    assert count([ballot]).ballots == was_member


@given(BALLOTS, st.integers(0, 20), DAYS)
def test_leaving_sooner_makes_no_void_vote_good_again(
    ballots: list[Ballot], number: int, day: date
) -> None:
    number %= len(ballots)
    if ballots[number].is_lead:
        return
    before = ballots[number]
    sooner = replace(before, left_on=min(before.left_on or day, day))
    changed = [*ballots[:number], sooner, *ballots[number + 1 :]]

    assert not (before.is_void and not sooner.is_void)
    assert sooner.counts(OPENED) <= before.counts(OPENED)
    assert count(changed).yes <= count(ballots).yes
    assert count(changed).ballots <= count(ballots).ballots


@given(BALLOTS)
def test_leaving_on_the_same_day_again_changes_nothing(ballots: list[Ballot]) -> None:
    again = [replace(one, left_on=one.left_on) for one in ballots]
    assert count(again) == count(ballots)


@given(BALLOTS)
def test_a_void_vote_weighs_as_much_as_one_that_disagrees(ballots: list[Ballot]) -> None:
    refusing = [replace(one, choice="NO", left_on=None) if one.is_void else one for one in ballots]
    counted = [one for one in refusing if one.counts(OPENED)]
    kept = [one for one in ballots if one.counts(OPENED)]
    if len(counted) == len(kept):
        assert count(ballots).is_passed == count(refusing).is_passed
