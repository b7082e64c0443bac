"""Who comes in and who leaves: somebody invited to declare, a member on a day in May."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Organisation, Person
from tests.factories import accession as make_accession
from tests.factories import partnership as make_partnership
from tests.factories import people as make

TODAY = date(2026, 5, 12)
Came = tuple[Client, Person, AccessionDeclaration]


@pytest.fixture
def came_in(in_partnership: TenantRef, lead: Person) -> Came:
    return make_accession.invited(in_partnership, lead, make.organisation(name="Szkoła nr 3"))


@pytest.fixture
def in_may() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 5, 12, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def school(in_partnership: TenantRef) -> Organisation:
    """A member for long."""
    school = make.organisation(name="Szkoła Podstawowa nr 3")
    make_partnership.member(school)
    return school
