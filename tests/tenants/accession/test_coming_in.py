"""From the acceptance to the partner who signs in, through both outboxes."""

import re

import pytest
from django.core import mail
from django.test import Client
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.inbox.models import InboxItem, OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions import decisions
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.actions import office
from tenants.people.models import Person, RoleAssignment
from tenants.registry.models import Access, Invitation
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.factories import people as make

HOME = "/gmina/gogolin/"
JOIN = {
    "full_name": "Ewa Koordynująca",
    "password1": accounts.PASSWORD,
    "password2": accounts.PASSWORD,
}


def deliver(tenant: TenantRef) -> None:
    """The work of a worker after a commit."""
    with inside(tenant):
        drain(Outgoing, handlers())
    drain(OutgoingMessage, handlers())


@pytest.fixture
def accepted(partnership: TenantRef) -> AccessionDeclaration:
    with inside(partnership):
        lead = make.lead()
        declaration = make_accession.filed(lead)
        decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)
        whole = AccessionDeclaration.objects.select_related("coordinator", "organisation")
        return whole.get(pk=declaration.pk)


def test_the_coordinator_is_invited_signs_in_and_finds_the_inbox(
    partnership: TenantRef, accepted: AccessionDeclaration
) -> None:
    assert accepted.coordinator is not None
    deliver(partnership)
    deliver(partnership)  # a second delivery invites nobody twice
    (invitation,) = Invitation.objects.filter(email=accepted.coordinator.email)
    (letter,) = [one for one in mail.outbox if "zaproszenie" in one.subject]
    found = re.search(r"http://testserver(/konto/zaproszenie/\S+)", str(letter.body))
    assert found is not None

    client = Client()
    page = client.post(found[1], JOIN, follow=True)
    assert page.status_code == 200
    home = client.get(HOME)
    deliver(partnership)

    account = Account.objects.get(email=invitation.email)
    assert home.status_code == 200
    assert accepted.organisation.name in home.content.decode()
    with inside(partnership):
        assert Person.objects.get(pk=accepted.coordinator_id).account_id == account.pk
    assert [one.code for one in InboxItem.objects.filter(account=account)] == ["PARTNER_WELCOME"]


def test_whoever_comes_to_fill_in_a_declaration_is_not_welcomed_as_a_partner(
    partnership: TenantRef,
) -> None:
    account, school = accounts.account("pisze@example.pl"), uuid7()
    access = Access.objects.create(
        account=account,
        tenant_id=partnership.id,
        role=Role.APPLICANT,
        organisation_id=school,
        organisation_name="Szkoła nr 3",
        granted_by="test",
    )
    with inside(partnership):
        by = make.by(make.lead())
        person = office.enter(by=by, account=account, access=[access], home=HOME)

        assert person.account_id == account.pk
        assert not Outgoing.objects.filter(payload__code="PARTNER_WELCOME").exists()


def test_the_named_people_hear_of_the_acceptance_by_mail(
    partnership: TenantRef, accepted: AccessionDeclaration
) -> None:
    deliver(partnership)

    assert accepted.coordinator is not None
    (letter,) = [one for one in mail.outbox if one.subject.startswith("Przyjęto do Partnerstwa")]
    assert letter.to == [accepted.coordinator.email]
    assert "przyjęto do Partnerstwa w dniu" in str(letter.body)


def test_whoever_works_here_already_gets_a_role_without_an_invitation(
    partnership: TenantRef,
) -> None:
    account = accounts.member(partnership, Role.TENANT_ADMIN)
    client = accounts.with_fresh_factor(accounts.client_of(account))
    client.get(HOME)
    with inside(partnership):
        other, _ = make.signed_in(partnership, Role.TENANT_ADMIN)
        entered = Person.objects.get(account_id=account.pk)
    who = {
        "full_name": entered.full_name,
        "email": entered.email,
        "role": Role.LEAD,
        "basis": "nr 7",
    }
    other.post(HOME + "partnerstwo/osrodek/zaproszenie/", who)

    deliver(partnership)

    roles = Access.objects.filter(account=account, ended_at=None).values_list("role", flat=True)
    assert set(roles) == {Role.TENANT_ADMIN, Role.LEAD}
    assert not Invitation.objects.exists()
    assert client.get(HOME).status_code == 200


def test_an_ended_role_shuts_the_door(partnership: TenantRef) -> None:
    with inside(partnership):
        client, officer = make.signed_in(partnership, Role.NETWORK_OFFICER)
        lead = make.lead()
        (role,) = RoleAssignment.objects.filter(person=officer)
    assert client.get(HOME).status_code == 200
    with inside(partnership):
        office.end_role(by=make.by(lead), assignment_id=role.pk)

    deliver(partnership)

    assert not Access.objects.filter(account_id=officer.account_id, ended_at=None).exists()
    page = client.get(HOME)
    assert (page.status_code, page.url[:15]) == (302, "/konto/zaloguj/")
