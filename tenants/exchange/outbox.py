"""Handler of tenants' outboxes in the exchange."""

from typing import Any

from kooperacja.tenancy.ref import TenantRef
from tenants.exchange.actions import remember_institution


def institution(message: Any, tenant: TenantRef | None) -> None:
    """INSTITUTION: a tenant entered or corrected one; its public data are noted."""
    remember_institution(message.payload)
