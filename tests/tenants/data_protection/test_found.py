"""Authorisations and statements of a person are found by name, by those who see the registers."""

import pytest
from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import Membership
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import data_protection as make_papers
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.people.test_everywhere import found
from tests.tenants.reading import HOME, text_of

KIND, NAME = "Upoważnienia i oświadczenia", "Łucja Dźwigała"
REGISTERS = HOME + "partnerstwo/ochrona-danych/"


@pytest.fixture
def member(in_partnership: TenantRef) -> Membership:
    return make_partnership.member(make.organisation(name="Dom Kultury"))


@pytest.fixture
def named(member: Membership) -> Person:
    """Somebody with all papers, and another one with a similar name."""
    make_papers.may_see(make.person(full_name="Łucja Inna"), member.organisation)
    person = make.person(full_name=NAME)
    make_papers.may_see(person, member.organisation)
    return person


def _browser(tenant: TenantRef, role: str, of: Membership | None = None) -> Client:
    return make.signed_in(tenant, role, organisation=of.organisation if of else None)[0]


@pytest.mark.parametrize("role", [Role.DPO, Role.LEAD])
def test_who_keeps_or_checks_the_registers_finds_all(
    in_partnership: TenantRef, named: Person, role: str
) -> None:
    given = named.authorisations.get()
    client = _browser(in_partnership, role)
    assert found(client, "dzwigala łucja")[KIND] == [
        (f"{REGISTERS}upowaznienia/{given.pk}/", f"{given}: {NAME}"),
        (f"{REGISTERS}oswiadczenia/?stan=wszystkie", f"Oświadczenie o poufności: {NAME}"),
    ]
    page = text_of(client.post(HOME + "szukaj/", {"slowa": "dzwigala"}))
    assert "obowiązuje, Dom Kultury" in page
    assert "złożono 1 stycznia 2024 r., Dom Kultury" in page


def test_a_voice_finds_those_of_its_own_institution(
    in_partnership: TenantRef, member: Membership, named: Person
) -> None:
    other = make_partnership.member(make.organisation(name="Szkoła"))
    assert KIND in found(_browser(in_partnership, Role.PARTNER_COORDINATOR, member), NAME)
    assert KIND not in found(_browser(in_partnership, Role.PARTNER_COORDINATOR, other), NAME)


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.PARTNER_WORKER, Role.APPLICANT])
def test_nobody_else_finds_them(
    in_partnership: TenantRef, member: Membership, named: Person, role: str
) -> None:
    of = None if role == Role.SOCIAL_WORKER else member
    assert KIND not in found(_browser(in_partnership, role, of), NAME)
