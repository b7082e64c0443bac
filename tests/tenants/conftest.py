"""A gmina whose partnership was founded."""

from collections.abc import Iterator

import pytest

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Person
from tests.factories import partnership as make


@pytest.fixture
def partnership(gmina: TenantRef) -> TenantRef:
    with inside(gmina):
        make.found(gmina)
    return gmina


@pytest.fixture
def in_partnership(partnership: TenantRef) -> Iterator[TenantRef]:
    with inside(partnership):
        yield partnership


@pytest.fixture
def lead(in_partnership: TenantRef) -> Person:
    return make.lead()
