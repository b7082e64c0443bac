"""A kooperant with its coordinator, and the Lider's office."""

import pytest

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people


@pytest.fixture
def office(in_partnership: TenantRef, lead: Person) -> Actor:
    return make_people.by(lead)


@pytest.fixture
def kooperant(in_partnership: TenantRef) -> Organisation:
    organisation = make_people.organisation(name="Poradnia Zmyślona")
    make_partnership.member(organisation)
    return organisation


@pytest.fixture
def another(in_partnership: TenantRef) -> Organisation:
    """Another kooperant, whose people read."""
    organisation = make_people.organisation(name="Świetlica Zmyślona")
    make_partnership.member(organisation)
    return organisation


@pytest.fixture
def coordinator(kooperant: Organisation) -> Actor:
    person = make_people.person(Role.PARTNER_COORDINATOR, organisation=kooperant)
    return make_people.by(person)
