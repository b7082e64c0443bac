"""A gmina whose partnership was founded."""

from collections.abc import Iterator

import pytest
from django.test import Client

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make


@pytest.fixture
def partnership(gmina: TenantRef) -> TenantRef:
    with inside(gmina):
        make_partnership.found(gmina)
    return gmina


@pytest.fixture
def in_partnership(partnership: TenantRef) -> Iterator[TenantRef]:
    with inside(partnership):
        yield partnership


@pytest.fixture
def lead(in_partnership: TenantRef) -> Person:
    return make.lead()


@pytest.fixture
def keeper(in_partnership: TenantRef) -> Client:
    """The browser of the Lider's representative."""
    client, _ = make.signed_in(in_partnership, Role.LEAD)
    return client
