"""An address that only a declaration gives to somebody: the office names its true holder (REG §1.5)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tenants.accession.actions import decisions, declarations
from tenants.partnership.actions import seats
from tenants.people.actions import office
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.accession.conftest import Came
from tests.tenants.reading import HOME, PARTNERSHIP, text_of


def names_falsely(came_in: Came) -> None:
    """The applicant gives the address of somebody whom this unit does not know yet."""
    client, _, declaration = came_in
    named = {"full_name": "Fałszywe Imię", "function": "dyrektor", "email": "anna@example.pl"}
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/podpis/"
    assert client.post(url, {"version": declaration.version, **named}).status_code == 302


def test_the_office_invites_whose_address_an_applicant_gave_to_another(
    came_in: Came, lead: Person, partnership: TenantRef
) -> None:
    names_falsely(came_in)

    with inside(partnership):
        role = office.invite_colleague(
            by=make.by(lead),
            full_name="Anna Lis",
            email="anna@example.pl",
            role=Role.LEAD,
            basis="nr 7",
        )

        assert role.person.full_name == "Anna Lis"
        assert Person.objects.filter(email="anna@example.pl").count() == 2


def test_an_account_is_not_the_person_whom_an_applicant_named(
    came_in: Came, partnership: TenantRef
) -> None:
    names_falsely(came_in)
    account = accounts.with_totp(accounts.account(email="anna@example.pl", full_name="Anna Lis"))
    accounts.access(account, partnership, Role.TENANT_ADMIN)

    accounts.with_fresh_factor(accounts.client_of(account)).get(HOME)

    with inside(partnership):
        assert Person.objects.get(account_id=account.pk).full_name == "Anna Lis"


TRUE = {"full_name": "Anna Lis", "email": "anna@example.pl"}


def as_declared(by: Actor, of: Organisation) -> Person | None:
    """The coordinator in the declaration that another institution hands in."""
    declaration = declarations.draft_declaration(by=by, key=uuid7(), organisation_id=of.pk)
    about = {"declaration_id": declaration.pk, "version": 0, "position": "pedagog"}
    return declarations.name_coordinator(by=by, **about, **TRUE).coordinator  # type: ignore[arg-type]


def as_coordinator(by: Actor, of: Organisation) -> Person | None:
    return seats.add_coordinator(by=by, **in_membership(of), **TRUE).person


def as_worker(by: Actor, of: Organisation) -> Person | None:
    head = of.posts.get(is_head=True).person_id
    return seats.designate_worker(by=by, **in_membership(of), **TRUE, head_id=head).person


def in_membership(of: Organisation) -> dict[str, Any]:
    since = {"position": "pedagog", "from_on": timezone.localdate()}
    return {"key": uuid7(), "membership_id": of.memberships.get().pk, **since}


@pytest.mark.parametrize("name_them", [as_declared, as_coordinator, as_worker])
def test_the_office_names_the_true_holder_of_an_address(
    came_in: Came, lead: Person, partnership: TenantRef, name_them: Any
) -> None:
    names_falsely(came_in)

    with inside(partnership):
        of = make.organisation(name="Poradnia")
        if name_them is not as_declared:
            make_partnership.member(of)
            make.head(of)
        true = name_them(make.by(lead), of)

        assert (true.full_name, true.email) == ("Anna Lis", "anna@example.pl")
        assert Person.objects.get(full_name="Fałszywe Imię").pk != true.pk


@pytest.mark.parametrize("name_them", [as_coordinator, as_worker])
def test_an_institution_itself_can_not_name_them(
    came_in: Came, lead: Person, partnership: TenantRef, name_them: Any
) -> None:
    names_falsely(came_in)

    with inside(partnership):
        of = make_partnership.member(make.organisation(name="Poradnia")).organisation
        head = make.head(of)
        with pytest.raises(ValidationError, match="Ten adres jest zajęty"):
            name_them(make.by(head), of)
        assert not Person.objects.filter(full_name="Anna Lis").exists()


@pytest.mark.parametrize("holder", ["the office's", "another applicant's", "a member's"])
def test_an_applicant_hears_the_same_whoever_has_the_address(
    came_in: Came, lead: Person, partnership: TenantRef, holder: str
) -> None:
    client, _, declaration = came_in
    with inside(partnership):
        addresses = {
            "the office's": make.person(Role.NETWORK_OFFICER).email,
            "another applicant's": make_accession.draft(lead).coordinator.email,  # type: ignore[union-attr]
            "a member's": make.head(make.organisation(name="Inna")).email,
        }
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/koordynator/"
    named = {"full_name": "Ktoś Inny", "position": "pedagog", "email": addresses[holder]}
    page = client.post(url, {"version": declaration.version, **named})

    assert page.status_code == 422
    assert "Ten adres jest zajęty. Każdy loguje się własnym adresem." in text_of(page)


def test_a_declaration_is_not_accepted_for_an_address_that_has_got_another_holder(
    lead: Person, in_partnership: TenantRef
) -> None:
    declaration = make_accession.filed(lead)
    coordinator = declaration.coordinator
    assert coordinator is not None
    other = make.person(Role.NETWORK_OFFICER)
    Person.objects.filter(pk=other.pk).update(email=coordinator.email.upper())
    with pytest.raises(Problem, match="należy już do innej osoby") as refused:
        decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)
    assert "Zwróć deklarację do poprawy" in refused.value.explanation
    assert other.full_name not in refused.value.words
    declaration.refresh_from_db()
    assert (declaration.state, declaration.membership) == ("FILED", None)
    assert not RoleAssignment.objects.filter(person=coordinator).exists()

    Person.objects.filter(pk=other.pk).update(full_name=coordinator.full_name)
    decisions.accept_declaration(by=make.by(lead), declaration_id=declaration.pk)
    assert RoleAssignment.objects.filter(person=coordinator).exists()
