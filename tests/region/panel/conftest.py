"""A coordinator at the region's panel, and tenants with figures of September 2026."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from region.monitoring.actions import backfill, publish_figures
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.region.counting import counting

Publish = Callable[..., None]


@pytest.fixture
def coordinator(db: None) -> Client:
    return accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))


@pytest.fixture
def publish(db: None) -> Publish:
    """Publishes given counts of one tenant, by default for September 2026."""

    def now(
        tenant: TenantRef,
        counts: dict[str, int],
        *,
        as_of: date = date(2026, 9, 14),
        months: int = 0,
    ) -> None:
        with counting(members_by_sector=counts):
            publish_figures(tenant, as_of=as_of)
            if months:
                backfill(tenant, months=months, today=as_of)

    return now
