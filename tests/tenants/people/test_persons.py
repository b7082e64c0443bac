"""The person of the register whom a form names, by who writes it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.actions.persons import find_or_add_person
from tenants.people.models import Organisation, Person
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.tenants.reading import PARTNERSHIP


@pytest.fixture
def school(lead: Person) -> Organisation:
    return make.organisation(name="Szkoła nr 3")


def find(by: Actor, of: Organisation, name: str, **changed: Any) -> Person:
    values = {"email": "", "phone": "", "organisation": of, "is_own_email": False, **changed}
    return find_or_add_person(by=by, full_name=name, **values)


def with_post(person: Person, of: Organisation) -> Person:
    person.posts.create(organisation=of, function="dyrektor", from_on=make.ESTABLISHED)
    return person


def test_the_office_finds_whoever_works_there_by_name(lead: Person, school: Organisation) -> None:
    with_post(lead, school)
    for role in (Role.LEAD, Role.TENANT_ADMIN, Role.NETWORK_OFFICER):
        found = find(make.by(make.person(role)), school, lead.full_name)
        assert found == lead


def test_an_institution_finds_its_own_people_alone(lead: Person, school: Organisation) -> None:
    head = make.head(school)
    with_post(lead, school)
    own = with_post(make.person(full_name="Iga Szkolna", email=""), school)

    assert find(make.by(head), school, "Iga Szkolna") == own
    assert find(make.by(head), school, lead.full_name) != lead
    with pytest.raises(ValidationError, match="Ten adres jest zajęty"):
        find(make.by(head), school, lead.full_name, email=lead.email)


def test_whoever_acts_for_two_institutions_is_found_by_themselves(school: Organisation) -> None:
    head = make.head(school)
    with_post(head, make.organisation(name="Druga"))

    assert find(make.by(head), school, head.full_name, email=head.email) == head
    assert find(make.by(head), school, head.full_name) == head
    colleague = make.by(make.head(school, full_name="Drugi Dyrektor"))
    assert find(colleague, school, head.full_name) != head


def test_the_system_finds_as_the_office_does(lead: Person, school: Organisation) -> None:
    with_post(lead, school)
    assert find(make.BY, school, lead.full_name) == lead
    assert make.BY.person_id is None


def test_a_shared_address_is_no_address_of_ones_own(lead: Person, school: Organisation) -> None:
    head = make.head(school, email="sekretariat@example.pl")
    with pytest.raises(ValidationError, match="Ten adres jest zajęty"):
        find(make.by(lead), school, "Ktoś Inny", email=head.email, is_own_email=True)

    other = find(make.by(lead), school, "Ktoś Inny", email=head.email)
    assert (other.full_name, other.email) == ("Ktoś Inny", head.email)


def test_nobody_invites_themselves_and_the_form_keeps_what_it_held(
    in_partnership: TenantRef, lead: Person
) -> None:
    client, head = make.signed_in(
        in_partnership, Role.PARTNER_HEAD, organisation=make.organisation()
    )
    member = make_partnership.member(head.role_assignments.get().organisation)
    url = f"{PARTNERSHIP}instytucje/{member.organisation_id}/koordynator/"
    who = {"key": uuid7(), "full_name": head.full_name, "email": head.email, "position": "pedagog"}

    page = client.post(url, {**who, "from_on": timezone.localdate()})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["email"]
    assert f'value="{head.email}"' in page.content.decode()
    assert 'value="pedagog"' in page.content.decode()
    with inside(in_partnership):
        assert head.role_assignments.count() == 1
        assert not head.coordinates.exists()
