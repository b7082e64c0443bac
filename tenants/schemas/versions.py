"""In which version each tenant's schema is, and what its last upgrade came to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from tenants.registry import release
from tenants.registry.models import SchemaVersion, Tenant, Upgrade


@dataclass(frozen=True)
class SchemaState:
    """The state of one tenant's schema, as an operator reads it."""

    tenant: Tenant
    version: str
    is_behind: bool
    last: Upgrade | None

    @property
    def said(self) -> str:
        if not self.tenant.ddl:
            return "jeszcze bez danych"
        if not self.is_behind:
            return "aktualna"
        if self.last is None or self.last.is_done:
            return "czeka na aktualizację"
        if self.last.ended_at is None:
            return "aktualizacja trwa albo została przerwana"
        where = f" w {self.last.failed_in}" if self.last.failed_in else ""
        return f"aktualizacja nie udała się{where}: {self.last.error}"

    @property
    def has_failed(self) -> bool:
        return self.is_behind and self.last is not None and bool(self.last.error)

    @property
    def seconds(self) -> float | None:
        return self.last.seconds if self.last else None

    @property
    def at(self) -> str:
        moment = (self.last.ended_at or self.last.began_at) if self.last else self.tenant.opened_at
        return date_format(timezone.localtime(moment), "Y-m-d H:i") if moment else ""


def states(tenants: Iterable[Tenant] | None = None) -> list[SchemaState]:
    """Three queries, however many tenants."""
    if tenants is None:
        tenants = Tenant.objects.select_related("unit")
    tenants = list(tenants)
    names = {row.digest: str(row) for row in SchemaVersion.objects.defer("statements")}
    fitting = release.fitting()
    newest = Upgrade.objects.filter(tenant__in=tenants).order_by("tenant_id", "-began_at", "-id")
    last = {row.tenant_id: row for row in newest.distinct("tenant_id")}
    return [
        SchemaState(
            tenant,
            names.get(tenant.ddl, tenant.ddl[:6]),
            is_behind=bool(tenant.ddl) and tenant.ddl not in fitting,
            last=last.get(tenant.pk),
        )
        for tenant in tenants
    ]
