"""Doors follow roles: an account that comes to one by a merge has its door and its second factor."""

import pytest
from django.test import Client

from kooperacja.accounts.models import Account
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Person
from tenants.registry.models import Access, Invitation
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import invitations as make_invitations
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.people.test_mending import merge, undo
from tests.tenants.reading import HOME


@pytest.fixture
def admin(in_partnership: TenantRef) -> Person:
    return make.person(Role.TENANT_ADMIN)


@pytest.fixture
def partner(in_partnership: TenantRef) -> Person:
    """Somebody of a kooperant who signs in with a password alone."""
    of = make.organisation()
    make_partnership.member(of)
    account, role = accounts.account(), Role.PARTNER_COORDINATOR
    accounts.access(account, in_partnership, role, organisation_id=of.pk)
    return make.person(role, organisation=of, account=account, email=account.email)


@pytest.fixture
def invited(in_partnership: TenantRef) -> Person:
    """The same human once more, invited by another address as the DPO."""
    person = make.person(Role.DPO, email="inspektor@example.pl")
    make_invitations.sent(person.role_assignments.get())
    return person


def browser(partner: Person) -> Client:
    return accounts.client_of(Account.objects.get(pk=partner.account_id))


@pytest.mark.parametrize("is_source", [True, False])
def test_a_role_of_the_office_is_used_behind_the_second_factor_alone(
    admin: Person, partner: Person, invited: Person, is_source: bool
) -> None:
    live, account_id = browser(partner), partner.account_id
    pair = (partner, invited) if is_source else (invited, partner)

    merge(admin, *pair)
    assert live.get(HOME).headers["Location"] == "/konto/drugi-skladnik/"
    drain(Outgoing, handlers())

    door = Access.objects.get(role=Role.DPO)
    assert (door.account_id, door.person_id) == (account_id, pair[1].pk)
    assert live.get(HOME).status_code in {302, 401}
    again = accounts.client_of(Account.objects.get(pk=account_id)).get(HOME)
    assert again.headers["Location"].startswith("/konto/drugi-skladnik/")


@pytest.mark.parametrize("is_source", [True, False])
def test_undone_the_door_of_the_role_is_shut_and_the_own_one_open(
    admin: Person, partner: Person, invited: Person, is_source: bool
) -> None:
    account_id = partner.account_id
    pair = (partner, invited) if is_source else (invited, partner)
    merged = merge(admin, *pair)
    drain(Outgoing, handlers())

    undo(admin, merged)
    drain(Outgoing, handlers())

    held = Access.objects.filter(account_id=account_id, ended_at=None)
    assert [door.role for door in held] == [Role.PARTNER_COORDINATOR]
    client = accounts.client_of(Account.objects.get(pk=account_id))
    assert client.get(HOME).status_code == 200
    assert client.get(HOME + "partnerstwo/nabor/").status_code == 403


def test_nobody_else_takes_the_invitation_of_a_role_that_has_its_account(
    admin: Person, partner: Person, invited: Person
) -> None:
    link = make_invitations.link()

    merge(admin, invited, partner)
    drain(Outgoing, handlers())

    assert Client().get(link).status_code == 410
    assert not Invitation.objects.filter(accepted_at=None, withdrawn_at=None).exists()
