"""The Lider says how far a member must be engaged and what it is."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.ui.problems import Refused
from kooperacja.writes import AlreadySaved, StaleForm
from tenants.partnership.actions import engagement
from tenants.partnership.models import Engagement, Membership, MembershipFlag
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make

JOINED = date(2025, 1, 1)


@pytest.fixture
def member(lead: Person) -> Membership:
    return make_partnership.member(make.organisation(), JOINED)


def put(person: Person, member: Membership, level: str, day: date, **more: Any) -> Engagement:
    now = member.engagements.filter(ended_on=None).first()
    values = {"key": uuid7(), "seen": now.pk if now else None, "reason": "z diagnozy", **more}
    return engagement.set_engagement(
        by=make.by(person), membership_id=member.pk, level=level, from_on=day, **values
    )


def mark(person: Person, member: Membership, kinds: set[str], day: date, seen: Any = None) -> None:
    held = set(member.flags.filter(ended_on=None).values_list("kind", flat=True))
    engagement.set_flags(
        by=make.by(person),
        membership_id=member.pk,
        seen=held if seen is None else seen,
        kinds=kinds,
        from_on=day,
    )


def level_on(member: Membership, day: date) -> list[str]:
    return list(member.engagements.on(day).values_list("level", flat=True))


def flags_on(member: Membership, day: date) -> set[str]:
    return set(member.flags.on(day).values_list("kind", flat=True))


def test_a_new_level_ends_the_former(lead: Person, member: Membership) -> None:
    put(lead, member, "FULL", JOINED)
    day = JOINED + timedelta(days=40)
    put(lead, member, "ON_REQUEST", day)

    assert level_on(member, day - timedelta(days=1)) == ["FULL"]
    assert level_on(member, day) == ["ON_REQUEST"]
    (_, entry) = Entry.objects.filter(verb="ENGAGEMENT_SET").order_by("pk")
    assert entry.data["level"] == ["FULL", "ON_REQUEST"]


def test_a_change_on_the_same_day_replaces_and_keeps_the_row(
    lead: Person, member: Membership
) -> None:
    put(lead, member, "FULL", JOINED)
    put(lead, member, "PARTIAL", JOINED)

    assert level_on(member, JOINED) == ["PARTIAL"]
    assert member.engagements.count() == 2


def test_a_level_does_not_begin_before_the_former_or_in_the_future(
    lead: Person, member: Membership
) -> None:
    put(lead, member, "FULL", date(2025, 2, 1))

    for day in (date(2025, 1, 31), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            put(lead, member, "PARTIAL", day)
        assert list(refused.value.message_dict) == ["from_on"]

    assert member.engagements.get().ended_on is None


def test_of_two_leads_the_later_sees_what_the_first_wrote(lead: Person, member: Membership) -> None:
    first = put(lead, member, "FULL", JOINED, seen=None)

    with pytest.raises(StaleForm) as stale:
        put(lead, member, "PARTIAL", JOINED, seen=None)

    assert stale.value.current == first
    assert member.engagements.get() == first


def test_the_same_form_twice_sets_one_level(lead: Person, member: Membership) -> None:
    key = uuid7()
    put(lead, member, "FULL", JOINED, key=key)

    with pytest.raises(AlreadySaved):
        put(lead, member, "FULL", JOINED, key=key)

    assert member.engagements.count() == 1


@pytest.mark.parametrize("role", [Role.NETWORK_OFFICER, Role.TENANT_ADMIN, Role.PARTNER_HEAD])
def test_only_the_lead_rates(member: Membership, role: str) -> None:
    of = member.organisation if role == Role.PARTNER_HEAD else None
    person = make.person(role, organisation=of)

    with pytest.raises(Refused):
        put(person, member, "FULL", JOINED)
    with pytest.raises(Refused):
        mark(person, member, {"KEY"}, JOINED)

    assert not Engagement.objects.exists()
    assert not MembershipFlag.objects.exists()


def test_flags_come_and_go_each_by_itself(lead: Person, member: Membership) -> None:
    mark(lead, member, {"KEY", "DIAGNOSES"}, JOINED)
    day = JOINED + timedelta(days=10)
    mark(lead, member, {"DIAGNOSES", "OCCASIONAL"}, day)

    assert flags_on(member, day - timedelta(days=1)) == {"KEY", "DIAGNOSES"}
    assert flags_on(member, day) == {"DIAGNOSES", "OCCASIONAL"}
    assert member.flags.get(kind="DIAGNOSES").from_on == JOINED


def test_two_leads_change_different_flags_and_none_is_lost(
    lead: Person, member: Membership
) -> None:
    mark(lead, member, {"KEY"}, JOINED)

    mark(lead, member, {"KEY", "DIAGNOSES"}, JOINED, seen={"KEY"})
    mark(lead, member, set(), JOINED, seen={"KEY"})

    assert flags_on(member, JOINED) == {"DIAGNOSES"}


def test_the_same_flags_twice_change_nothing(lead: Person, member: Membership) -> None:
    mark(lead, member, {"KEY"}, JOINED, seen=set())

    with pytest.raises(AlreadySaved):
        mark(lead, member, {"KEY"}, JOINED, seen=set())

    assert Entry.objects.filter(verb="FLAGS_SET").count() == 1


def test_a_flag_does_not_hold_twice_on_a_day(lead: Person, member: Membership) -> None:
    mark(lead, member, {"KEY"}, JOINED)
    mark(lead, member, set(), date(2025, 3, 1))

    with pytest.raises(ValidationError, match="jeszcze obowiązywała"):
        mark(lead, member, {"KEY"}, date(2025, 2, 1))
    mark(lead, member, {"KEY"}, date(2025, 3, 1))

    assert member.flags.on(date(2025, 3, 1)).count() == 1
