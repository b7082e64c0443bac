"""Handler of the outbox: something in a tenant's basket changed."""

from typing import Any

from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from region.directory.actions import publish_services


def basket_changed(message: Any, tenant: TenantRef | None) -> None:
    """DIRECTORY: list the basket as it is now; delivered twice or late, nothing differs."""
    if tenant is None:
        raise ValueError("only a tenant has a basket")
    publish_services(tenant, today=timezone.localdate())
