"""The gate to data of families, by properties: all parts of that institution on that day, or none."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tenants.data_protection import rules as data_protection_rules
from tenants.data_protection.rules import Expiry, Facts, Part, Spell, expiry, judge
from tenants.people import rules as people_rules

DAYS = st.dates(date(2025, 1, 1), date(2025, 3, 1))
PLACES = [None, UUID(int=1), UUID(int=2)]
NAMED = st.sampled_from(PLACES[1:])
TEXTS = st.sampled_from(["", "old", "new"])


@st.composite
def spells(draw: Any, scopes: tuple[str, ...] = ("FAMILIES", "CONTACTS")) -> Spell:
    from_on = draw(DAYS)
    ended_on = draw(st.none() | st.integers(0, 40).map(lambda n: from_on + timedelta(days=n)))
    return Spell(draw(st.sampled_from(PLACES)), from_on, ended_on, draw(st.sampled_from(scopes)))


def facts() -> st.SearchStrategy[Facts]:
    plain, scoped = spells(("FAMILIES",)), spells()
    parts = {part: st.lists(plain, max_size=3) for part in (Part.MEMBER, Part.ROLE, Part.STATEMENT)}
    parts |= {part: st.lists(scoped, max_size=3) for part in (Part.AGREEMENT, Part.AUTHORISATION)}
    read = st.dictionaries(st.sampled_from(["old", "new"]), DAYS)
    return st.builds(Facts, st.fixed_dictionaries(parts), TEXTS, read)


def whole(place: UUID | None, day: date) -> Facts:
    """Facts of a person who lacks nothing for one place on one day."""
    return Facts({part: [Spell(place, day)] for part in Part}, "new", {"new": day})


def holds(known: Facts, part: Part, place: UUID | None, day: date) -> bool:
    """The definition, written out once more."""
    return any(
        one.organisation_id == place
        and one.scope == "FAMILIES"
        and one.from_on <= day
        and (one.ended_on is None or day < one.ended_on)
        for one in known.spells[part]
    )


@given(facts(), NAMED, DAYS)
def test_a_partner_may_see_iff_every_part_holds_that_day(
    known: Facts, place: UUID, day: date
) -> None:
    expected = {
        part
        for part in (Part.MEMBER, Part.AGREEMENT, Part.AUTHORISATION, Part.STATEMENT)
        if not holds(known, part, place, day)
    }
    if not known.annex or known.read.get(known.annex, date.max) > day:
        expected.add(Part.ANNEX)
    verdict = judge(known, place, day)
    assert {lack.part for lack in verdict.lacks} == expected
    assert verdict.allowed == (not expected)


@given(facts(), DAYS)
def test_the_leads_own_worker_needs_a_role_instead_of_a_membership(known: Facts, day: date) -> None:
    lacks = {lack.part for lack in judge(known, None, day).lacks}
    for part in (Part.ROLE, Part.AUTHORISATION, Part.STATEMENT):
        assert (part in lacks) == (not holds(known, part, None, day))
    assert not lacks & {Part.MEMBER, Part.AGREEMENT}


@given(st.sampled_from(PLACES), DAYS, st.sampled_from(list(Part)))
def test_any_one_part_missing_denies_and_is_named_with_its_clause(
    place: UUID | None, day: date, part: Part
) -> None:
    known = whole(place, day)
    assert judge(known, place, day).allowed
    lost = Facts({**known.spells, part: []}, known.annex, {} if part == Part.ANNEX else known.read)
    asked = {Part.ROLE} if place is None else {Part.MEMBER, Part.AGREEMENT}
    asked |= {Part.AUTHORISATION, Part.STATEMENT, Part.ANNEX}
    lacks = judge(lost, place, day).lacks
    assert [lack.part for lack in lacks] == ([part] if part in asked else [])
    assert all(lack.clause.startswith("§ ") and lack.text.endswith(".") for lack in lacks)


@given(st.sampled_from(PLACES), st.sampled_from(PLACES), DAYS)
def test_what_holds_for_one_institution_opens_no_other(
    here: UUID | None, there: UUID | None, day: date
) -> None:
    assert judge(whole(here, day), there, day).allowed == (here == there)


@given(DAYS, st.lists(spells(("FAMILIES",)), min_size=1))
def test_what_must_hold_warns_when_nothing_holds_for_another_month(
    today: date, known: list[Spell]
) -> None:
    dated = [(one.from_on, one.ended_on) for one in known]
    state = expiry(dated, today)
    now = any(people_rules.holds_on(today, *one) for one in dated)
    is_long = any(end is None or end > today + timedelta(days=30) for _, end in dated)
    if now:
        assert state == (Expiry.FINE if is_long else Expiry.SOON)
    else:
        assert (state == Expiry.OVER) == all(from_on <= today for from_on, _ in dated)


@given(DAYS)
def test_the_last_day_is_the_day_before_it_no_longer_holds(day: date) -> None:
    assert data_protection_rules.last_day(data_protection_rules.after(day)) == day
    assert people_rules.holds_on(day, day, data_protection_rules.after(day))
    assert data_protection_rules.last_day(None) is data_protection_rules.after(None) is None


@given(DAYS, st.none() | DAYS, DAYS, DAYS)
def test_days_of_an_entry_are_fine_only_in_order(
    from_on: date, until: date | None, signed_on: date, today: date
) -> None:
    is_fine = signed_on <= today and signed_on <= from_on and (until is None or from_on <= until)
    assert (data_protection_rules.spell_error(from_on, until, signed_on, today) is None) == is_fine


@given(DAYS, DAYS, st.none() | DAYS)
def test_an_end_may_only_come_earlier(ended_on: date, from_on: date, known: date | None) -> None:
    is_fine = from_on <= ended_on and (known is None or ended_on <= known)
    assert (data_protection_rules.early_end_error(ended_on, from_on, known) == "") == is_fine
