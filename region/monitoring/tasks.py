"""Keeping the figures fresh when nobody changes anything: a new day, a new tenant."""

from django.utils import timezone

from kooperacja.celery import app
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.tasks import tenant_task
from region.monitoring.actions import publish_figures
from region.monitoring.catalogue import digest
from region.monitoring.models import Publication
from tenants.registry.models import Tenant
from tenants.registry.workflow import TenantStatus


@app.task(name="region.monitoring.tasks.refresh_stale")
def refresh_stale() -> None:
    """Ask for the figures of every open tenant that did not publish them today."""
    for tenant_id in stale_tenants():
        refresh.delay(str(tenant_id))


@tenant_task
def refresh() -> None:
    """Publish the figures of one tenant."""
    publish_figures(current_tenant(), as_of=timezone.localdate())


def stale_tenants() -> list[object]:
    fresh = Publication.objects.fresh(timezone.localdate(), digest())
    active = Tenant.objects.filter(status=TenantStatus.ACTIVE)
    stale = active.exclude(pk__in=fresh.values("tenant_id")).order_by("unit__code")
    return list(stale.values_list("pk", flat=True))
