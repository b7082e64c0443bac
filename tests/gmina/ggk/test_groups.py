"""The group ends with everything in it, and one of the OPS coordinates it (POR-C §3.1, §3.3)."""

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from gmina.ggk.actions import ending, groups, seating
from gmina.ggk.models import DelegationRequest, Group, GroupCoordinator
from gmina.ggk.tasks import look_in_one
from kooperacja.audit.actor import Unproved
from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem, Refused
from kooperacja.writes import AlreadySaved
from tenants.exchange import delegations
from tenants.people.actions.invitations import take_role
from tenants.people.actions.office import end_role
from tenants.people.followers import follow
from tenants.people.models import Person, RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.models import Seat, Team
from tests.factories import ggk as make
from tests.factories import people as make_people
from tests.factories.exchange import carried

Heard = list[tuple[str, dict[str, Any]]]


def test_a_worker_of_the_ops_coordinates_and_nobody_else(gmina: TenantRef, group: Group) -> None:
    with inside(gmina):
        by = make.by(make_people.lead())
        outside = make_people.person(Role.PARTNER_HEAD, organisation=make_people.organisation())
        with pytest.raises(ValidationError, match="rolę w ośrodku"):
            groups.appoint(by=by, group_id=group.pk, person_id=outside.pk)
        worker = make_people.person(Role.SOCIAL_WORKER)
        groups.appoint(by=by, group_id=group.pk, person_id=worker.pk)
        with pytest.raises(AlreadySaved):
            groups.appoint(by=by, group_id=group.pk, person_id=worker.pk)
        next_one = make_people.person(Role.NETWORK_OFFICER)
        groups.appoint(by=by, group_id=group.pk, person_id=next_one.pk)
        held = GroupCoordinator.objects.filter(ended_on=None)
        assert [row.person for row in held] == [next_one]
        today = timezone.localdate()
        assert Seat.objects.on(today).get(team__rests_on=group.pk).person == next_one


def coordinator_of(group: Group) -> tuple[list[Person], list[Person]]:
    """Who coordinates it today, and who sits in it for that."""
    today = timezone.localdate()
    rows = GroupCoordinator.objects.on(today).filter(group=group).select_related("person")
    seats = Seat.objects.on(today).filter(team__rests_on=group.pk, organisation=None)
    return [row.person for row in rows], [seat.person for seat in seats.select_related("person")]


def test_whose_last_role_in_the_office_ends_coordinates_no_more(
    gmina: TenantRef, group: Group
) -> None:
    with inside(gmina):
        worker = make.coordinator(group)
        first = worker.role_assignments.get()
        second = RoleAssignment.objects.create(
            person=worker, role=Role.NETWORK_OFFICER, from_on=first.from_on
        )
        by = make.by(make_people.lead())
        take_role(by=by, assignment=first)
        assert coordinator_of(group) == ([worker], [worker])
        take_role(by=by, assignment=second)
        assert coordinator_of(group) == ([], [])
        assert Entry.objects.filter(verb="GGK_COORDINATOR_LEFT").count() == 1


def test_a_role_that_ends_with_a_day_ends_the_coordinating_that_night(
    gmina: TenantRef, group: Group
) -> None:
    with inside(gmina):
        worker = make.coordinator(group)
        follow(RoleAssignment)
        assert coordinator_of(group) == ([worker], [worker])
        RoleAssignment.objects.filter(person=worker).update(ended_on=make.tomorrow())
        for day, there in ((timezone.localdate(), [worker]), (make.tomorrow(), [])):
            with time_machine.travel(day):
                look_in_one(str(gmina.id))
                assert coordinator_of(group) == (there, there)


def test_who_may_not_appoint_and_who_did_not_prove_who_they_are_change_nothing(
    gmina: TenantRef, group: Group
) -> None:
    with inside(gmina):
        lead, worker = make_people.lead(), make_people.person(Role.SOCIAL_WORKER)
        given = {"group_id": group.pk, "person_id": worker.pk}
        with pytest.raises(Refused):
            groups.appoint(by=make.by(worker), **given)
        with pytest.raises(Unproved):
            groups.appoint(by=replace(make.by(lead), lacks_proof=True), **given)
        assert not GroupCoordinator.objects.exists()


def test_when_the_group_is_closed_everything_in_it_ends(
    gmina: TenantRef, group: Group, heard: Heard
) -> None:
    with inside(gmina):
        make.coordinator(group)
        waits = make.asked(group, "psycholog")
        named, sits = make.named(group), make.seated(group, function="kurator sądowy")
        groups.close(by=make.by(make_people.lead()), group_id=group.pk)
        states = dict(DelegationRequest.objects.values_list("pk", "state"))
        assert states == {waits.pk: "WITHDRAWN", named.pk: "ENDED", sits.pk: "ENDED"}
        today = timezone.localdate()
        assert not Seat.objects.on(today).exists()
        assert Team.objects.get(rests_on=group.pk).ended_on == today
        assert make.roles_of(sits.person) == make.roles_of(named.person) == set()
        with pytest.raises(AlreadySaved):
            groups.close(by=make.by(make_people.lead()), group_id=group.pk)
    carried(gmina)
    told = sorted((kind, payload.get("why", "")) for kind, payload in heard)
    assert told == [
        (delegations.STATE, "GROUP_CLOSED"),
        (delegations.STATE, "GROUP_CLOSED"),
        (delegations.WITHDRAWN, ""),
    ]


def test_a_person_takes_one_seat_in_a_group(gmina: TenantRef, group: Group, heard: Heard) -> None:
    with inside(gmina):
        first = make.seated(group)
        second = make.named(group, first.person, function="psycholog")
        by = make.by(first.person)
        with pytest.raises(Problem, match="Masz już miejsce"):
            seating.accept(by=by, delegation_id=second.pk)
        assert Seat.objects.on(timezone.localdate()).get(person=first.person).rests_on == first.pk
        assert DelegationRequest.objects.get(pk=second.pk).state == "NAMED"
        ending.release(by=make.by(make_people.lead()), delegation_id=first.pk, version=0)
        seating.accept(by=by, delegation_id=second.pk)
        assert Seat.objects.on(timezone.localdate()).get(person=first.person).rests_on == second.pk
    carried(gmina)
    assert [payload["state"] for _, payload in heard] == ["ENDED", "SEATED"]


def test_whose_role_the_office_ends_is_a_delegate_no_more(
    gmina: TenantRef, group: Group, heard: Heard
) -> None:
    with inside(gmina):
        by = make.by(make_people.person(Role.TENANT_ADMIN))
        row, other = make.seated(group), make.seated(group, function="psycholog")
        assert row.person is not None
        end_role(by=by, assignment_id=row.person.role_assignments.get().pk)
        row.refresh_from_db()
        assert (row.state, row.end_reason) == ("ENDED", "RELEASED")
        seats = Seat.objects.on(timezone.localdate()).filter(team__rests_on=group.pk)
        assert [seat.person for seat in seats] == [other.person]
        other.refresh_from_db()
        assert other.state == "SEATED"
    carried(gmina)
    assert [(kind, payload["why"]) for kind, payload in heard] == [(delegations.STATE, "RELEASED")]


def test_the_data_protection_officer_does_not_coordinate(gmina: TenantRef, group: Group) -> None:
    with inside(gmina):
        officer = make_people.person(Role.DPO)
        given = {"group_id": group.pk, "person_id": officer.pk}
        with pytest.raises(ValidationError, match="rolę w ośrodku"):
            groups.appoint(by=make.by(make_people.lead()), **given)
        assert not GroupCoordinator.objects.exists()
        make.coordinator(group, officer)
        follow(RoleAssignment)
        assert coordinator_of(group) == ([], [])


def test_a_person_delegated_twice_keeps_the_role_until_the_last_one_ends(
    gmina: TenantRef, group: Group, heard: Heard
) -> None:
    with inside(gmina):
        first = make.seated(group)
        second = make.named(group, first.person, function="psycholog")
        by = make.by(make_people.lead())
        ending.release(by=by, delegation_id=first.pk, version=0)
        assert make.roles_of(first.person) == {Role.DELEGATE}
        with pytest.raises(AlreadySaved):
            ending.release(by=by, delegation_id=first.pk, version=0)
        seating.decline(by=make.by(first.person), delegation_id=second.pk)
        assert make.roles_of(first.person) == set()
    carried(gmina)
    assert [payload["state"] for _, payload in heard] == ["ENDED", "DECLINED"]
