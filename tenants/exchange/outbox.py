"""Handler of tenants' outboxes in the exchange."""

from typing import Any

from kooperacja.tenancy.ref import TenantRef
from tenants.exchange.actions import remember_institution


def institution(message: Any, tenant: TenantRef | None) -> None:
    """INSTITUTION: a tenant's office entered or corrected one; its public data are noted."""
    if tenant is None:
        raise ValueError("only a tenant knows institutions")
    remember_institution(message.payload, source_id=tenant.id)
