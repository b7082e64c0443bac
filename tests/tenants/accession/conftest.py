"""Somebody who was invited to fill in their institution's declaration."""

import pytest
from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Person
from tests.factories import accession as make_accession
from tests.factories import people as make

Came = tuple[Client, Person, AccessionDeclaration]


@pytest.fixture
def came_in(in_partnership: TenantRef, lead: Person) -> Came:
    return make_accession.invited(in_partnership, lead, make.organisation(name="Szkoła nr 3"))
