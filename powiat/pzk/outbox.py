"""Handler of a county's outbox."""

from typing import Any
from uuid import UUID

from kooperacja.tenancy.ref import TenantRef
from powiat.pzk.actions.publishing import publish


def agreement_changed(message: Any, tenant: TenantRef | None) -> None:
    """COUNTY_AGREEMENT: gminas read it as it is now; delivered twice, nothing differs."""
    if tenant is None:
        raise ValueError("only a county publishes its agreements")
    publish(agreement_id=UUID(message.payload["agreement_id"]), tenant=tenant)
