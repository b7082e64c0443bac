"""Keeping the directory fresh when no message comes: a new day, a restored tenant, a closed one."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kooperacja.celery import app
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.tasks import tenant_task
from region.directory.actions import publish_services, withdraw_services
from region.directory.models import ListedService, PartnersService, TenantListing
from tenants.registry.models import Tenant
from tenants.registry.workflow import TenantStatus


@app.task(name="region.directory.tasks.refresh_stale")
def refresh_stale() -> None:
    """List anew every open tenant that was not read today; withdraw what closed ones left."""
    for tenant_id in closed_tenants():
        withdraw_services(tenant_id)
    for tenant_id in stale_tenants():
        refresh.delay(str(tenant_id))


@tenant_task
def refresh() -> None:
    """List the services of one tenant."""
    publish_services(current_tenant(), today=timezone.localdate())


def stale_tenants() -> list[UUID]:
    """Open tenants that were not read today, or are to be read anew."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    fresh = TenantListing.objects.filter(listed_at__gte=midnight, is_due=False)
    open_ones = Tenant.objects.filter(status=TenantStatus.ACTIVE)
    stale = open_ones.exclude(pk__in=fresh.values("tenant_id")).order_by("unit__code")
    return list(stale.values_list("pk", flat=True))


def closed_tenants() -> Iterable[UUID]:
    """Tenants that are not open and have something listed."""
    listed = [
        Q(pk__in=model.objects.filter(withdrawn_at=None).order_by().values("tenant_id"))
        for model in (ListedService, PartnersService)
    ]
    closed = Tenant.objects.filter(listed[0] | listed[1]).exclude(status=TenantStatus.ACTIVE)
    return list(closed.order_by("pk").values_list("pk", flat=True))
