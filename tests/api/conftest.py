"""Keys, and a program that presents one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.accounts import tokens
from kooperacja.accounts.models import Account
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make


@dataclass(frozen=True)
class Program:
    """Calls the interface with a key."""

    key: str
    account: Account

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    def get(self, path: str, **query: str) -> Any:
        return Client().get(f"/api/v1/{path}", query, headers=self.headers)

    def post(self, path: str, body: Any) -> Any:
        return Client().post(
            f"/api/v1/{path}", body, content_type="application/json", headers=self.headers
        )

    def put(self, path: str, body: Any) -> Any:
        return Client().put(
            f"/api/v1/{path}", body, content_type="application/json", headers=self.headers
        )

    def upload(self, path: str, body: Any) -> Any:
        return Client().post(f"/api/v1/{path}", body, headers=self.headers)


@pytest.fixture
def region(db: None) -> Program:
    """A program of a coordinator of the ROPS."""
    account = accounts.member(None, Role.ROPS_COORDINATOR)
    return program_with(account, None, "REGION_READ")


@pytest.fixture
def partnership(gmina: TenantRef) -> TenantRef:
    with inside(gmina):
        make_partnership.found(gmina)
    return gmina


Of = Callable[..., Program]


@pytest.fixture
def program_of(db: None) -> Of:
    """Makes a program of somebody with a role in a tenant."""

    def made(
        tenant: TenantRef,
        role: str = Role.LEAD,
        scope: str = "TENANT_WRITE",
        organisation: Organisation | None = None,
    ) -> Program:
        account = accounts.with_totp(accounts.account())
        with inside(tenant):
            person = make.person(role, organisation=organisation, account=account)
        Access.objects.create(
            account=account, tenant_id=tenant.id, role=role, person_id=person.pk, granted_by="test"
        )
        return program_with(account, tenant, scope)

    return made


def program_with(
    account: Account, tenant: TenantRef | None, scope: str = "TENANT_WRITE"
) -> Program:
    """A program with a key of this account."""
    _, key = tokens.issue(
        by=accounts.acting(account),
        name="test",
        scope=scope,
        expires_at=timezone.now() + timedelta(days=1),
        tenant_id=tenant.id if tenant else None,
    )
    return Program(key, account)


@pytest.fixture
def coordinator_session(db: None) -> Client:
    return accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
