"""Rules of the stages and of the reasons to help, for all that may be known of a unit."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.monitoring import catalogue
from region.panel import rules
from region.panel.rules import REASONS, Invited, Known, Stage, concerns, detail_of, stage_of
from tenants.registry.workflow import TenantStatus

TODAY = date(2026, 11, 29)
KEY_DAYS = (
    rules.ADOPTED,
    rules.DISSOLVED,
    rules.FIRST_JOINED,
    rules.LAST_LEFT,
    rules.DECISION_DUE,
    rules.VOTE_ENDS,
)
days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
some_day = st.none() | days
knowns = st.builds(
    Known,
    status=st.sampled_from([rules.NOT_OPENED, *TenantStatus.values]),
    status_on=some_day,
    opened_on=some_day,
    invited=st.sampled_from(Invited),
    invited_on=some_day,
    has_come_in=st.booleans(),
    has_lead=st.booleans(),
    lead_left_on=some_day,
    days=st.dictionaries(st.sampled_from(KEY_DAYS), days),
    members=st.none() | st.integers(0, 5),
    members_before=st.none() | st.integers(0, 5),
    published_on=some_day,
)
WORKING = Known(
    status="ACTIVE",
    opened_on=TODAY - timedelta(days=400),
    has_come_in=True,
    has_lead=True,
    days={rules.ADOPTED: date(2025, 12, 1), rules.FIRST_JOINED: date(2026, 1, 1)},
    members=5,
    members_before=5,
    published_on=TODAY,
)


@given(known=knowns, day=days)
def test_each_unit_is_in_one_stage_and_each_stage_has_its_meaning(known: Known, day: date) -> None:
    stage = stage_of(known, day)
    is_dissolved = known.has_passed(rules.DISSOLVED, day)
    assert (stage == Stage.DISSOLVED) == is_dissolved
    if stage == Stage.NOT_BEGUN:
        assert not known.has_come_in
        assert not known.members
    if stage in {Stage.WORKING, Stage.WEAKENING}:
        assert known.has_passed(rules.ADOPTED, day)
        assert known.has_passed(rules.FIRST_JOINED, day)
    assert (stage == Stage.WEAKENING) <= bool(detail_of(known, day))


@given(known=knowns, day=days)
def test_reasons_come_by_urgency_and_none_before_its_day(known: Known, day: date) -> None:
    told = concerns(known, day)
    places = [REASONS.index(concern.reason) for concern in told]
    assert places == sorted(set(places))
    assert all(concern.since <= day for concern in told)
    if not known.is_open or known.has_passed(rules.DISSOLVED, day):
        assert told == []


@given(known=knowns, day=days, later=st.integers(0, 400))
def test_a_reason_does_not_go_by_itself(known: Known, day: date, later: int) -> None:
    afterwards = day + timedelta(days=later)
    before = {concern.reason.code for concern in concerns(known, day)}
    after = {concern.reason.code for concern in concerns(known, afterwards)}
    assert before <= after or known.has_passed(rules.DISSOLVED, afterwards)


@pytest.mark.parametrize(
    ("changed", "code", "days"),
    [
        ({"has_come_in": False, "invited": Invited.EXPIRED}, "INVITATION_EXPIRED", 0),
        ({"has_come_in": False, "invited": Invited.SENT}, "INVITATION_WAITS", 2),
        ({"has_lead": False}, "NO_LEAD", 7),
        ({"days": {}}, "NOT_ADOPTED", 90),
        ({"published_on": None}, "SILENT", 3),
    ],
)
def test_each_wait_is_told_after_its_days(changed: dict[str, Any], code: str, days: int) -> None:
    began = TODAY - timedelta(days=days)
    dated = {"opened_on": began, "invited_on": began, "lead_left_on": began}
    known = replace(WORKING, **dated, **changed)
    assert code in {concern.reason.code for concern in concerns(known, TODAY)}
    eve = concerns(known, TODAY - timedelta(days=1))
    assert code not in {concern.reason.code for concern in eve}


@pytest.mark.parametrize(
    ("code", "key_day"), [("DECISION_OVERDUE", rules.DECISION_DUE), ("VOTE_OVERDUE", "VOTE_ENDS")]
)
def test_a_deadline_is_overdue_the_day_after_and_a_sign_in_a_month(code: str, key_day: str) -> None:
    known = replace(WORKING, days={**WORKING.days, key_day: TODAY})
    assert concerns(known, TODAY) == []
    (told,) = concerns(known, TODAY + timedelta(days=1))
    assert told.reason.code == code
    for late, stage in ((30, Stage.WORKING), (31, Stage.WEAKENING)):
        known = replace(known, published_on=TODAY + timedelta(days=late))
        assert stage_of(known, TODAY + timedelta(days=late)) == stage


@pytest.mark.parametrize(
    ("now", "before", "code"),
    [(4, 5, "FEWER_MEMBERS"), (0, 5, "NO_MEMBERS"), (5, 5, None), (6, 5, None), (4, None, None)],
)
def test_a_partnership_weakens_when_members_leave(
    now: int, before: int | None, code: str | None
) -> None:
    left = {**WORKING.days, rules.LAST_LEFT: date(2026, 10, 1)}
    known = replace(WORKING, days=left, members=now, members_before=before)
    assert [concern.reason.code for concern in concerns(known, TODAY)] == ([code] if code else [])
    assert stage_of(known, TODAY) == (Stage.WEAKENING if code else Stage.WORKING)


@pytest.mark.parametrize("status", ["SUSPENDED", "CLOSED"])
def test_a_shut_door_weakens_and_is_told_to_nobody(status: str) -> None:
    known = replace(WORKING, status=status, status_on=TODAY)
    assert stage_of(known, TODAY) == Stage.WEAKENING
    assert concerns(known, TODAY) == []


def test_the_rules_name_what_tenants_publish() -> None:
    assert set(KEY_DAYS) <= {key_day.code for key_day in catalogue.key_days()}
    assert rules.MEMBERS in {indicator.code for indicator in catalogue.counts()}
