"""Handler of tenants' outboxes in the exchange."""

from typing import Any
from uuid import UUID

from kooperacja import offers
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange import counties, letters
from tenants.exchange.actions import remember_institution


def institution(message: Any, tenant: TenantRef | None) -> None:
    """INSTITUTION: a tenant's office entered or corrected one; its public data are noted."""
    if tenant is None:
        raise ValueError("only a tenant knows institutions")
    remember_institution(message.payload, source_id=tenant.id)


def tenant_changed(message: Any, tenant: TenantRef | None) -> None:
    """TENANT_CHANGED: letters that waited for it are looked at again; a closed county binds nobody."""
    letters.tenant_changed(message, tenant)
    tenant_id = UUID(message.payload["tenant_id"])
    counties.end_of_closed(tenant_id)
    for moved in offers.of(offers.TenantMoved):
        moved.run(tenant_id)
