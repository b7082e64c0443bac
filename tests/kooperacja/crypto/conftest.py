"""Keys for the tenants of a test; what a process remembers of keys ends with the test."""

from collections.abc import Iterator

import pytest

from kooperacja.crypto import keys
from kooperacja.crypto.actions import create_tenant_key
from kooperacja.tenancy.ref import TenantRef


@pytest.fixture(autouse=True)
def _no_memory_of_keys() -> Iterator[None]:
    keys.forget()
    yield
    keys.forget()


@pytest.fixture
def two_tenants(gmina: TenantRef, powiat: TenantRef) -> tuple[TenantRef, TenantRef]:
    create_tenant_key(gmina.id)
    create_tenant_key(powiat.id)
    return gmina, powiat
