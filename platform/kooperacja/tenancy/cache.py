"""The cache, kept in the shared plane; each tenant's keys begin with its schema."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache

from kooperacja.tenancy.context import current_tenant_or_none


class TenantDatabaseCache(DatabaseCache):
    """The same key in two tenants is two entries."""

    def make_key(self, key: Any, version: int | None = None) -> str:
        tenant = current_tenant_or_none()
        return super().make_key(f"{tenant.schema if tenant else 'shared'}:{key}", version)
