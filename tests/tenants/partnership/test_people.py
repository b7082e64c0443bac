"""Coordinators, heads and workers for ZZK, and their terms."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.models import Entry
from kooperacja.notifications.models import Outgoing
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.partnership.actions.posts import add_post, end_post
from tenants.partnership.actions.seats import (
    add_coordinator,
    designate_worker,
    end_coordinator,
    end_designation,
)
from tenants.partnership.models import DesignatedWorker, Membership, PartnershipCoordinator
from tenants.partnership.today import missing_coordinators
from tenants.people.models import Organisation, Person, Post, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make


@pytest.fixture
def member(lead: Person) -> Membership:
    return make_partnership.member(make.organisation(name="Poradnia"), date(2025, 1, 1))


def add(person: Person, member: Membership, **changed: Any) -> PartnershipCoordinator:
    values = {
        "key": uuid7(),
        "full_name": "Ewa Nowa",
        "position": "pedagog",
        "email": "ewa.nowa@example.pl",
        "from_on": date(2025, 3, 1),
        **changed,
    }
    return add_coordinator(by=make.by(person), membership_id=member.pk, **values)


def end(person: Person, seat: PartnershipCoordinator, day: date | None = None) -> None:
    end_coordinator(
        by=make.by(person),
        coordinator_id=seat.pk,
        ended_on=day or timezone.localdate(),
    )


def said(person: Person) -> list[str]:
    return [one.title for one in missing_coordinators(person, timezone.localdate())]


def test_a_new_coordinator_is_invited_and_has_a_post(lead: Person, member: Membership) -> None:
    seat = add(lead, member)

    assert seat.person.posts.get().function == "pedagog"
    (role,) = seat.person.role_assignments.all()
    assert (role.role, role.organisation) == (Role.PARTNER_COORDINATOR, member.organisation)
    assert Outgoing.objects.get(kind="INVITATION").payload["email"] == "ewa.nowa@example.pl"
    assert Entry.objects.filter(verb="COORDINATOR_ADDED").count() == 1


def test_the_same_form_twice_makes_one_coordinator(lead: Person, member: Membership) -> None:
    key = uuid7()
    add(lead, member, key=key)

    with pytest.raises(AlreadySaved):
        add(lead, member, key=key)

    assert member.coordinators.filter(person__full_name="Ewa Nowa").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"from_on": date(2024, 12, 31)}, "from_on"),
        ({"from_on": date(2999, 1, 1)}, "from_on"),
        ({"email": "lidia@example.pl"}, "email"),
    ],
)
def test_a_wrong_day_or_address_is_said_at_its_field(
    lead: Person, member: Membership, wrong: dict[str, Any], field: str
) -> None:
    Person.objects.filter(pk=lead.pk).update(email="lidia@example.pl")

    with pytest.raises(ValidationError) as refused:
        add(lead, member, **wrong)

    assert list(refused.value.message_dict) == [field]
    assert member.coordinators.count() == 1
    assert not Outgoing.objects.exists()


def test_nobody_coordinates_twice_at_a_time(lead: Person, member: Membership) -> None:
    seat = add(lead, member)
    with pytest.raises(ValidationError, match="już jest koordynatorem"):
        add(lead, member)
    end(lead, seat, date(2025, 6, 1))

    with pytest.raises(ValidationError, match="nie może być wcześniejszy"):
        add(lead, member, from_on=date(2025, 5, 31))
    again = add(lead, member, from_on=date(2025, 6, 1))

    assert again.person == seat.person


def test_one_person_coordinates_for_two_institutions(lead: Person, member: Membership) -> None:
    other = make_partnership.member(make.organisation(name="Świetlica"), date(2025, 1, 1))

    first, second = add(lead, member), add(lead, other)
    end(lead, first)

    assert first.person == second.person
    assert first.person.posts.count() == 2
    (held,) = RoleAssignment.objects.filter(person=first.person, ended_on=None)
    assert held.organisation == other.organisation


def test_ending_closes_the_role_and_the_access(lead: Person, member: Membership) -> None:
    seat = add(lead, member)
    day = timezone.localdate()

    end(lead, seat)

    seat.refresh_from_db()
    assert seat.ended_on == day
    assert RoleAssignment.objects.get(person=seat.person).ended_on == day
    closed = Outgoing.objects.get(kind="ACCESS_END").payload
    assert (closed["email"], closed["role"]) == ("ewa.nowa@example.pl", Role.PARTNER_COORDINATOR)
    with pytest.raises(AlreadySaved):
        end(lead, seat)
    assert Outgoing.objects.filter(kind="ACCESS_END").count() == 1


def test_the_end_is_no_earlier_than_the_beginning(lead: Person, member: Membership) -> None:
    seat = add(lead, member)

    for day in (date(2025, 2, 28), timezone.localdate() + timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            end(lead, seat, day)
        assert list(refused.value.message_dict) == ["ended_on"]

    seat.refresh_from_db()
    assert seat.ended_on is None


def test_the_last_coordinator_may_leave_and_everybody_hears(member: Membership) -> None:
    lead, head = make.lead(), make.head(member.organisation)
    assert said(lead) == said(head) == []

    end(head, member.coordinators.get())

    missing = "Wpisz koordynatora instytucji „Poradnia”"
    assert said(lead) == said(head) == [missing]
    (waiting,) = missing_coordinators(lead, timezone.localdate())
    assert waiting.clause == "§ 1 ust. 3 lit. a regulaminu"
    assert waiting.since == timezone.localdate()
    told = Outgoing.objects.filter(dedupe__startswith="coordinator-missing:")
    assert lead.email in {one.payload.get("to", one.payload.get("email")) for one in told}
    add(head, member)
    assert said(lead) == said(head) == []


def test_a_head_of_another_institution_hears_nothing(lead: Person, member: Membership) -> None:
    stranger = make.head(make.organisation())
    end(lead, member.coordinators.get())

    assert said(stranger) == []


@pytest.mark.parametrize("role", [Role.PARTNER_COORDINATOR, Role.PARTNER_WORKER, Role.DPO])
def test_who_neither_heads_nor_keeps_the_register_changes_nothing(
    member: Membership, role: str
) -> None:
    of = None if role == Role.DPO else member.organisation
    person, seat = make.person(role, organisation=of), member.coordinators.get()

    with pytest.raises(Refused):
        add(person, member)
    with pytest.raises(Refused):
        end(person, seat)

    seat.refresh_from_db()
    assert (seat.ended_on, member.coordinators.count()) == (None, 1)


def test_a_head_of_a_neighbour_may_not_end_anybody(member: Membership) -> None:
    with pytest.raises(Refused):
        end(make.head(make.organisation()), member.coordinators.get())

    assert member.coordinators.get().ended_on is None


def test_nobody_is_added_for_who_has_left(lead: Person) -> None:
    gone = make_partnership.member(make.organisation(), date(2024, 1, 1), date(2025, 1, 1))

    with pytest.raises(Problem, match="nie należy do Partnerstwa"):
        add(lead, gone, from_on=date(2024, 5, 1))

    assert gone.coordinators.count() == 1


def _post(lead: Person, of: Organisation, **changed: Any) -> Post:
    values = {
        "key": uuid7(),
        "full_name": "Adam Kierujący",
        "email": "adam@example.pl",
        "function": "dyrektor",
        "is_head": True,
        "is_invited": True,
        "from_on": date(2020, 9, 1),
        **changed,
    }
    return add_post(by=make.by(lead), organisation_id=of.pk, **values)


def test_a_post_given_again_begins_no_earlier_than_it_ended(
    lead: Person, member: Membership
) -> None:
    post = _post(lead, member.organisation, is_invited=False)
    end_post(by=make.by(lead), post_id=post.pk, ended_on=date(2024, 3, 1))

    with pytest.raises(ValidationError, match=r"from_on.*nie może być wcześniejszy"):
        _post(lead, member.organisation, is_invited=False, from_on=date(2024, 2, 29))
    assert Post.objects.filter(function="dyrektor", ended_on=None).count() == 0

    _post(lead, member.organisation, is_invited=False, from_on=date(2024, 3, 1))


def test_a_head_is_invited_and_loses_access_with_the_post(lead: Person, member: Membership) -> None:
    post = _post(lead, member.organisation)
    assert post.person.role_assignments.get().role == Role.PARTNER_HEAD

    today = timezone.localdate()
    end_post(by=make.by(lead), post_id=post.pk, ended_on=today)

    assert post.person.role_assignments.get().ended_on == today
    assert Outgoing.objects.filter(kind="ACCESS_END").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"is_head": False}, "is_invited"),
        ({"email": ""}, "email"),
        ({"from_on": date(2999, 1, 1)}, "from_on"),
    ],
)
def test_only_a_head_with_an_address_is_invited(
    lead: Person, member: Membership, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        _post(lead, member.organisation, **wrong)

    assert list(refused.value.message_dict) == [field]
    assert not Post.objects.filter(organisation=member.organisation).exists()


def test_a_head_of_no_member_is_not_invited(lead: Person) -> None:
    with pytest.raises(ValidationError, match="nie należy dziś"):
        _post(lead, make.organisation())

    assert not RoleAssignment.objects.filter(role=Role.PARTNER_HEAD).exists()


def _designate(person: Person, member: Membership, **changed: Any) -> DesignatedWorker:
    values = {
        "key": uuid7(),
        "full_name": "Ola Pracująca",
        "position": "psycholog",
        "from_on": date(2025, 2, 1),
        **changed,
    }
    return designate_worker(by=make.by(person), membership_id=member.pk, **values)


def test_the_head_indicates_in_person(member: Membership) -> None:
    head = make.head(member.organisation)

    assert _designate(head, member).indicated_by == head


def test_the_office_names_who_was_the_head_that_day(lead: Person, member: Membership) -> None:
    head = make.head(member.organisation, from_on=date(2025, 2, 1))

    for wrong in ({}, {"head_id": lead.pk}, {"head_id": head.pk, "from_on": date(2025, 1, 31)}):
        with pytest.raises(ValidationError) as refused:
            _designate(lead, member, **wrong)
        assert list(refused.value.message_dict) == ["head"]
    assert not DesignatedWorker.objects.exists()

    assert _designate(lead, member, head_id=head.pk).indicated_by == head


def test_a_worker_is_on_the_roster_once_and_may_come_back(member: Membership) -> None:
    head = make.head(member.organisation)
    row = _designate(head, member)
    with pytest.raises(ValidationError, match="już wskazana"):
        _designate(head, member)
    day = date(2025, 5, 1)
    end_designation(by=make.by(head), designation_id=row.pk, ended_on=day)

    again = _designate(head, member, from_on=day)

    assert again.person == row.person
    assert member.designated.on(day).get() == again


def test_whatever_is_written_of_a_person_is_in_the_journal(
    lead: Person, member: Membership
) -> None:
    known = make.head(member.organisation, email="", phone="")
    added = add(lead, member, full_name=known.full_name, email="ewa@example.pl", phone="774666500")

    known.refresh_from_db()
    assert (added.person, known.email, known.version) == (known, "ewa@example.pl", 1)
    entry = Entry.objects.get(verb="CONTACT_FILLED_IN", object_id=known.pk)
    assert entry.data == {"fields": [None, ["email", "phone"]]}
    assert Entry.objects.get(verb="POST_ADDED").data["function"] == [None, "pedagog"]
