"""The turns of partners at hosting (REG §2.4)."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tenants.meetings.hosting import Hosting, Key, Partner, Skip, propose
from tenants.people.rules import holds_on

START = date(2026, 1, 1)
DAYS = st.integers(0, 300).map(lambda n: START + timedelta(days=n))
MEETINGS = [START + timedelta(days=n) for n in range(5, 300, 10)]
LEAD = Partner(None, "Ośrodek Pomocy Społecznej w Wzorowie", START)
KEYS = [None, *(UUID(int=n) for n in range(1, 7))]


@st.composite
def teams(draw: st.DrawFn, may_return: bool = True) -> list[Partner]:
    """The Lider from the first day, and others who come and go, some of them twice."""
    team = [LEAD]
    for key in draw(st.lists(st.sampled_from(KEYS[1:]), unique=True)):
        joined, left, again = sorted(draw(st.tuples(DAYS, DAYS, DAYS)))
        name = draw(st.sampled_from(["Żłobek", "Łąka", "Zespół", "Dom"]))
        leaves = draw(st.booleans()) and joined < left
        team.append(Partner(key, name, joined, left if leaves else None))
        if may_return and leaves and draw(st.booleans()):
            team.append(Partner(key, name, again))
    return team


PAST = st.lists(st.builds(Hosting, st.sampled_from(KEYS), DAYS), max_size=12)


def _hosts(team: list[Partner], days: list[date], past: list[Hosting]) -> list[Hosting]:
    """The meetings of these days, each hosted by whom it is proposed to."""
    hosted = []
    for day in days:
        host = propose(team, [*past, *hosted], day).host
        assert host
        hosted.append(Hosting(host.key, day))
    return hosted


def _is_there(team: list[Partner], key: Key, first: date, last: date) -> bool:
    """One stay of the partner covers all of these days."""
    return any(
        one.key == key
        and holds_on(first, one.joined_on, one.left_on)
        and holds_on(last, one.joined_on, one.left_on)
        for one in team
    )


@given(teams(), PAST, DAYS, st.randoms())
def test_the_proposal_follows_from_the_facts_alone(
    team: list[Partner], past: list[Hosting], day: date, random: Random
) -> None:
    shuffled, other = [*team], [*past]
    random.shuffle(shuffled)
    random.shuffle(other)
    assert propose(shuffled, other, day) == propose(team, past, day)


@given(teams(), PAST, DAYS)
def test_everybody_present_waits_in_the_queue_once(
    team: list[Partner], past: list[Hosting], day: date
) -> None:
    proposal = propose(team, past, day)
    assert proposal.host
    queue = [proposal.host, *proposal.then]
    present = [one for one in team if holds_on(day, one.joined_on, one.left_on)]
    assert sorted(queue, key=str) == sorted(present, key=str)


@given(st.lists(st.sampled_from(KEYS), unique=True, min_size=1), st.integers(1, 4))
def test_in_each_round_everybody_hosts_once(keys: list[Key], rounds: int) -> None:
    team = [Partner(key, f"Instytucja {key}", START) for key in keys]
    days = MEETINGS[: len(team)]
    past: list[Hosting] = []
    for _ in range(rounds):
        hosted = _hosts(team, days, past)
        assert Counter(one.key for one in hosted) == Counter(keys)
        past += hosted
        days = [day + timedelta(days=300) for day in days]


@given(teams(may_return=False))
def test_between_two_turns_of_one_every_other_has_one(team: list[Partner]) -> None:
    hosted = _hosts(team, MEETINGS, [])
    for number, one in enumerate(hosted):
        after = [later for later in hosted[number + 1 :] if later.key == one.key]
        if not after or not _is_there(team, one.key, one.day, after[0].day):
            continue
        between = [later.key for later in hosted if one.day < later.day < after[0].day]
        others = {p.key for p in team if _is_there(team, p.key, one.day, after[0].day)} - {one.key}
        assert [between.count(key) for key in others] == [1] * len(others)


@given(teams(), PAST, DAYS, st.data())
def test_a_skipped_one_keeps_its_turn(
    team: list[Partner], past: list[Hosting], day: date, data: st.DataObject
) -> None:
    past = [one for one in past if one.day <= day]
    proposal = propose(team, past, day)
    queue = [proposal.host, *proposal.then]
    skipped = queue[: data.draw(st.integers(1, len(queue)))]
    skips = [Skip(one.key, "remont sali") for one in skipped if one]
    instead = propose(team, past, day, skips)

    assert list(instead.skipped) == skips
    if len(skipped) == len(queue):
        assert instead.host is None
        return
    assert instead.host == queue[len(skipped)]
    again = propose(team, [*past, Hosting(instead.host.key, day)], day)
    assert [again.host, *again.then][: len(skipped)] == skipped


@given(teams(), PAST, DAYS)
def test_a_skip_of_one_who_comes_later_changes_no_proposal(
    team: list[Partner], past: list[Hosting], day: date
) -> None:
    proposal = propose(team, past, day)
    later = [Skip(one.key, "remont sali") for one in proposal.then]
    assert propose(team, past, day, later) == proposal


def _partner(number: int, name: str, joined_on: date = START) -> Partner:
    return Partner(UUID(int=number), name, joined_on)


DOM, LAKA, ZLOBEK = _partner(1, "Dom"), _partner(2, "Łąka"), _partner(3, "Żłobek")


def test_the_first_round_goes_by_name_with_the_lider_in_it() -> None:
    hosted = _hosts([ZLOBEK, LEAD, LAKA, DOM], MEETINGS[:4], [])
    assert [one.key for one in hosted] == [DOM.key, LAKA.key, LEAD.key, ZLOBEK.key]


def test_whoever_joins_in_a_round_comes_at_its_end() -> None:
    late = _partner(4, "Archiwum", MEETINGS[1])
    hosted = _hosts([DOM, LAKA, ZLOBEK, late], MEETINGS[:8], [])
    expected = [DOM, LAKA, ZLOBEK, late] * 2
    assert [one.key for one in hosted] == [one.key for one in expected]


def test_whoever_left_is_passed_over_and_the_round_ends_without_it() -> None:
    gone = replace(ZLOBEK, left_on=MEETINGS[2])
    new = _partner(4, "Archiwum", MEETINGS[2] + timedelta(days=1))
    hosted = _hosts([DOM, LAKA, gone, new], [*MEETINGS[:2], *MEETINGS[3:6]], [])
    expected = [DOM, LAKA, DOM, LAKA, new]
    assert [one.key for one in hosted] == [one.key for one in expected]


def test_who_hosted_in_place_of_a_skipped_one_has_hosted_ahead() -> None:
    past = [Hosting(one.key, day) for one, day in zip((DOM, LAKA, DOM), MEETINGS, strict=False)]
    hosted = _hosts([DOM, LAKA, ZLOBEK], MEETINGS[3:8], past)
    expected = [ZLOBEK, LAKA, ZLOBEK, DOM, LAKA]
    assert [one.key for one in hosted] == [one.key for one in expected]


def test_of_many_missed_rounds_no_more_than_one_is_made_up_for() -> None:
    past = [Hosting((DOM, LAKA)[n % 2].key, day) for n, day in enumerate(MEETINGS[:10])]
    hosted = _hosts([DOM, LAKA, ZLOBEK], MEETINGS[10:16], past)
    expected = [ZLOBEK, ZLOBEK, DOM, LAKA, ZLOBEK, DOM]
    assert [one.key for one in hosted] == [one.key for one in expected]


def test_a_meeting_convened_for_a_later_day_is_a_turn_already() -> None:
    assert propose([DOM, LAKA], [Hosting(DOM.key, MEETINGS[5])], MEETINGS[1]).host == LAKA
