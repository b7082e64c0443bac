"""The door of a role: it ends with the role, whoever comes first, and only with that one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from kooperacja.accounts.models import Account
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.ref import TenantRef
from tenants.people.actions import office
from tenants.people.models import Person, RoleAssignment, holds
from tenants.registry import invitations
from tenants.registry.models import Access, Invitation
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import people as make


def invited(lead: Person, **changed: Any) -> RoleAssignment:
    values = {
        "full_name": "Nina Nowa",
        "email": "nina.nowa@example.pl",
        "role": Role.SOCIAL_WORKER,
        **changed,
    }
    return office.invite_colleague(by=make.by(lead), **values)


def told() -> None:
    drain(Outgoing, handlers())


def told_late(kind: str) -> None:
    """The messages of a kind come a minute after the others."""
    late = Outgoing.objects.filter(kind=kind, done_at=None)
    late.update(available_at=timezone.now() + timedelta(seconds=15))
    told()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        told()
    assert not Outgoing.objects.filter(done_at=None).exists()


def doors(account: Account) -> int:
    return Access.objects.filter(account=account, ended_at=None).count()


def test_a_role_ended_before_its_holder_came_in_leaves_no_door_open(lead: Person) -> None:
    role = invited(lead)
    told()
    account = invitations.accept_as_new(
        invitation=Invitation.objects.get(), full_name="Nina Nowa", password=accounts.PASSWORD
    )
    assert doors(account) == 1

    office.end_role(by=make.by(lead), assignment_id=role.pk)
    told()

    assert doors(account) == 0


def test_an_older_door_without_its_role_ends_by_its_person(
    lead: Person, in_partnership: TenantRef
) -> None:
    role, account = invited(lead), accounts.account()
    told()
    accounts.access(account, in_partnership, Role.SOCIAL_WORKER)
    Access.objects.update(person_id=role.person_id)

    office.end_role(by=make.by(lead), assignment_id=role.pk)
    told()

    assert doors(account) == 0


def test_nobody_is_invited_to_a_role_that_has_ended(lead: Person) -> None:
    role = invited(lead)
    office.end_role(by=make.by(lead), assignment_id=role.pk)

    told_late("INVITATION")

    assert not Invitation.objects.filter(withdrawn_at=None).exists()


def test_the_end_of_a_role_leaves_the_door_of_a_later_one(
    lead: Person, in_partnership: TenantRef
) -> None:
    _, worker = make.signed_in(in_partnership, Role.SOCIAL_WORKER)
    office.end_role(by=make.by(lead), assignment_id=worker.role_assignments.get().pk)
    invited(lead, full_name=worker.full_name, email=worker.email)

    told_late("ACCESS_END")

    assert doors(Account.objects.get(pk=worker.account_id)) == 1


def test_the_end_of_a_role_leaves_the_invitation_to_a_later_one(lead: Person) -> None:
    office.end_role(by=make.by(lead), assignment_id=invited(lead).pk)
    invited(lead)

    told_late("ACCESS_END")

    assert Invitation.objects.get(withdrawn_at=None).email == "nina.nowa@example.pl"


@pytest.mark.parametrize("is_again", [True, False])
def test_an_administrator_granted_again_on_the_day_of_the_end_is_one(
    lead: Person, in_partnership: TenantRef, *, is_again: bool
) -> None:
    client, admin = make.signed_in(in_partnership, Role.TENANT_ADMIN)
    make.person(Role.TENANT_ADMIN, account=accounts.account())
    office.end_role(by=make.by(lead), assignment_id=admin.role_assignments.get().pk)
    account = Account.objects.get(pk=admin.account_id)
    if is_again:
        Access.objects.filter(account=account).update(ended_at=timezone.now())
        accounts.access(account, in_partnership, Role.TENANT_ADMIN)
    else:  # of the region, and not yet closed
        Access.objects.filter(account=account).update(person_id=None)
    client = accounts.with_fresh_factor(accounts.client_of(account))
    client.get("/gmina/gogolin/")

    assert holds(Person.objects.get(pk=admin.pk), {Role.TENANT_ADMIN}) is is_again
