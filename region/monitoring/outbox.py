"""Handler of the outbox: something behind a tenant's figures changed."""

from typing import Any

from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from region.monitoring.actions import publish_figures


def figures_changed(message: Any, tenant: TenantRef | None) -> None:
    """Publish the figures that read the tables named; delivered twice, the second finds no change."""
    if tenant is None:
        raise ValueError("a change of figures is always a tenant's")
    publish_figures(tenant, as_of=timezone.localdate(), tables=message.payload.get("tables"))
