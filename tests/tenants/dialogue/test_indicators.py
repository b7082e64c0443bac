"""Risks, disputes and plans as figures, and a risk as a key day (REG §2.10, §7.2)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, make_aware

from kooperacja.indicators import About
from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue import found
from tenants.dialogue.indicators import disputes
from tenants.dialogue.indicators import plan as plans
from tenants.dialogue.indicators import risks as indicators
from tenants.dialogue.models import Dispute, PlanActivity, Risk
from tests.factories import dialogue as make
from tests.factories import meetings as make_meetings
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.factories import plan as make_plan

DAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def _inside(in_partnership: TenantRef) -> None:
    """Be in a unit whose partnership was founded."""


def reported(day: date, *, seconds: int = 1, **fields: Any) -> Risk:
    row = make.risk(kind=fields.pop("kind", "RISK"))
    at = make_aware(datetime.combine(day, datetime.min.time()))
    told = at + timedelta(seconds=seconds)
    Risk.objects.filter(pk=row.pk).update(reported_at=at, queued_at=told, **fields)
    return row


def test_risks_of_a_year_are_counted_by_what_was_reported() -> None:
    reported(date(2025, 3, 31))  # a day too early
    reported(date(2025, 4, 1))
    reported(DAY, kind="THREAT", state="WITHDRAWN", ended_on=DAY)
    reported(DAY + timedelta(days=1))
    assert indicators.reported(DAY) == {"RISK": 1, "THREAT": 1}
    assert indicators.last_reported(DAY) == DAY


@pytest.mark.parametrize(
    ("seconds", "dimension"), [(60, "MINUTE"), (61, "HOUR"), (86_400, "DAY"), (90_000, "LATER")]
)
def test_the_median_time_to_notify_has_its_bounds(seconds: int, dimension: str) -> None:
    for each in (1, seconds, 10_000_000):
        reported(DAY, seconds=each)
    assert indicators.time_to_notify(DAY) == {dimension: 1}


def test_where_nothing_was_reported_no_time_is_counted() -> None:
    assert indicators.time_to_notify(DAY) == {}
    assert indicators.last_reported(DAY) is None


def test_what_is_open_longer_than_thirty_days_is_told_apart() -> None:
    reported(DAY - timedelta(days=30))
    reported(DAY - timedelta(days=31))
    reported(DAY - timedelta(days=90), state="CLOSED", ended_on=DAY + timedelta(days=1))
    reported(DAY - timedelta(days=90), state="CLOSED", ended_on=DAY)
    assert indicators.still_open(DAY) == {"RECENT": 1, "LONG": 2}


def test_it_is_found_by_its_words_by_whom_reads_the_team() -> None:
    row, lead = make.risk(concerns="Świetlica w Zmyślonej"), make_meetings.lead()
    assert [one.title for one in found.risks(lead, "świetlica")] == [str(row)]
    assert [*found.risks(lead, "przystanek")] == []


def test_disputes_of_a_month_are_counted_also_withdrawn_ones_and_stay_in_the_unit() -> None:
    of = make_partnership.member(make_people.organisation()).organisation
    days = (date(2026, 2, 28), date(2026, 3, 1), DAY, DAY + timedelta(days=1))
    for day in days:
        row = make.dispute(of)
        at = make_aware(datetime.combine(day, datetime.min.time()))
        Dispute.objects.filter(pk=row.pk).update(reported_at=at)
    Dispute.objects.filter(pk=row.pk).update(state="WITHDRAWN", ended_on=DAY, reported_at=at)
    assert disputes.disputes(DAY) == {"REPORTED": 2}
    assert disputes.disputes(DAY + timedelta(days=1)) == {"REPORTED": 1}
    assert disputes.DISPUTES.about == About.PEOPLE


def test_activities_count_by_the_version_that_was_in_force_on_the_day() -> None:
    today = localdate()
    plan = make_plan.begun(today - timedelta(days=100), today + timedelta(days=200))
    late = today - timedelta(days=3)
    make_plan.activity(make_plan.goal(plan), until_on=late)
    assert plans.activities_on_time(today)["NOT_DONE"] == 0  # a draft
    first = make_plan.adopted(plan)
    new = make_plan.amended(first)
    PlanActivity.objects.filter(goal__plan=new).update(until_on=today + timedelta(days=9))
    make_plan.adopted(new, today)
    counts = [plans.activities_on_time(day) for day in (today - timedelta(days=1), today)]
    assert [one["NOT_DONE"] for one in counts] == [1, 0]


def test_a_unit_has_a_plan_in_force_on_the_days_of_an_adopted_one() -> None:
    today, team = localdate(), make_meetings.pzk()
    plan = make_plan.draft(today, today + timedelta(days=30))
    assert plans.plan_in_force(today) == {"WITHOUT": 1}
    make_plan.adopted(plan, today)
    days = (today, today + timedelta(days=30), today + timedelta(days=31))
    assert [plans.plan_in_force(day) for day in days] == [
        {"IN_FORCE": 1},
        {"IN_FORCE": 1},
        {"WITHOUT": 1},
    ]
    assert plans.plan_in_force(team.from_on - timedelta(days=1)) == {}
