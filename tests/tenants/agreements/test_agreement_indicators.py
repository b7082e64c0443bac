"""Agreements as figures: by state and variant, their parties, how long it takes (POR)."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import localdate, make_aware

from tenants.agreements import indicators
from tenants.agreements.models import Agreement
from tests.factories import agreement_force as make_force
from tests.factories import agreements as make
from tests.factories import people as make_people

pytestmark = pytest.mark.usefixtures("in_partnership")
TODAY = localdate


def begun(agreement: Agreement, days_ago: int) -> Agreement:
    at = make_aware(datetime.combine(TODAY() - timedelta(days=days_ago), datetime.min.time()))
    Agreement.objects.filter(pk=agreement.pk).update(created_at=at)
    return agreement


def in_force(variant: str = "A", *, since: int = 2, begun_ago: int = 30) -> Agreement:
    """One of three parties that comes into force so many days ago, signed by two."""
    day = TODAY() - timedelta(days=since)
    draft = begun(make.whole(variant, 3, force="ENOUGH", enough=2), begun_ago)
    agreement = make_force.sent(draft, on=day)
    for party in agreement.parties.all()[:2]:
        make_force.signed(party, day)
    return make_force.looked_at(agreement)


def counted(day: date) -> dict[str, int]:
    found = indicators.AGREEMENTS.compute(day)
    return {str(state): count for state, count in found.items() if count and state}


def test_agreements_count_by_the_state_of_the_day() -> None:
    today, before = TODAY(), TODAY() - timedelta(days=5)
    begun(make.draft("A"), 9)
    make.discarded(begun(make.draft("B"), 9))
    make_force.sent(begun(make.whole("C"), 9), on=today - timedelta(days=3))
    in_force(begun_ago=9)
    assert counted(today) == {"DRAFT": 1, "SIGNING": 1, "IN_FORCE": 1}
    assert counted(before) == {"DRAFT": 4}
    assert counted(today - timedelta(days=10)) == {}


def test_one_that_failed_is_counted_apart() -> None:
    past = TODAY() - timedelta(days=1)
    make_force.looked_at(make_force.sent(on=past, force="DEADLINE", sign_by=past))
    assert counted(TODAY()) == {"FAILED": 1}


def test_one_that_failed_later_was_still_to_be_signed_on_a_day_before() -> None:
    sent, last = TODAY() - timedelta(days=9), TODAY() - timedelta(days=4)
    draft = begun(make.whole("C", 3, force="DEADLINE", sign_by=last), 12)
    make_force.looked_at(make_force.sent(draft, on=sent))
    assert counted(sent - timedelta(days=1)) == {"DRAFT": 1}
    assert counted(sent) == counted(last) == {"SIGNING": 1}
    assert counted(last + timedelta(days=1)) == {"FAILED": 1}
    assert counted(TODAY()) == {"FAILED": 1}


def test_one_table_counts_them_by_variant_and_state() -> None:
    in_force("C")
    in_force("C", since=4)
    make_force.sent(begun(make.whole("A"), 2))
    assert indicators.by_variant_and_state(TODAY()) == {"C_IN_FORCE": 2, "A_SIGNING": 1}
    before = TODAY() - timedelta(days=3)
    assert indicators.by_variant_and_state(before) == {"C_IN_FORCE": 1, "C_DRAFT": 1}
    assert sum(indicators.AGREEMENT_VARIANTS.compute(TODAY()).values()) == 6  # and the total


def test_parties_count_once_by_sector_and_only_those_who_signed() -> None:
    school = make_people.organisation(sector="EDUCATION")
    for _ in range(2):
        draft = begun(make.draft("A", **make.BLANKS, force="ENOUGH", enough=2), 9)
        signing = (make.party(draft, school), make.party(draft, name="Fundacja Zmyślona"))
        make.party(draft, make_people.organisation(sector="HEALTH"))
        agreement = make_force.sent(draft)
        for party in signing:
            make_force.signed(party)
        make_force.looked_at(agreement)
    found = indicators.parties_by_sector(TODAY())
    assert found == {"EDUCATION": 1, indicators.UNKNOWN: 2}
    assert indicators.parties_by_sector(TODAY() - timedelta(days=1)) == {}


def test_a_party_that_signed_too_late_is_not_counted() -> None:
    past = TODAY() - timedelta(days=1)
    agreement = make_force.sent(
        begun(make.whole("A", 3, force="DEADLINE", sign_by=past), 9), on=past
    )
    for party, day in zip(agreement.parties.all(), (past, past, TODAY()), strict=True):
        make_force.signed(party, day)
    make_force.looked_at(agreement)
    assert indicators.parties_by_sector(TODAY()) == {indicators.UNKNOWN: 2}


@pytest.mark.parametrize(
    ("days", "dimension"), [(30, "MONTH"), (31, "QUARTER"), (90, "QUARTER"), (91, "LONGER")]
)
def test_the_median_time_to_force_has_its_bounds(days: int, dimension: str) -> None:
    for each in (1, days, 400):
        in_force(since=1, begun_ago=each + 1)
    assert indicators.days_to_force(TODAY()) == {dimension: 1}


def test_where_none_is_in_force_no_time_is_counted() -> None:
    make_force.sent()
    assert indicators.days_to_force(TODAY()) == {}
