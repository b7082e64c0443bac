"""Opening tenants outside the request; needs the owner's right to make schemas and roles."""

from uuid import UUID

from kooperacja.celery import app
from kooperacja.ops.metrics import SPARES_READY, TENANTS_BEHIND, UPGRADES_FAILED
from kooperacja.outbox.nudge import begin, nudge
from tenants.registry.models import Tenant
from tenants.registry.workflow import TenantStatus
from tenants.schemas import spares, upgrade, versions
from tenants.schemas.actions import finish_opening

_OPEN, _FILL = "tenants.schemas.tasks.open_pending", "tenants.schemas.tasks.fill_spares"


@app.task(name="tenants.schemas.tasks.open_one")
def open_one(tenant_id: str) -> None:
    """Open the tenant that was just asked for."""
    tenant = Tenant.objects.filter(pk=UUID(tenant_id)).first()
    if tenant is not None:
        finish_opening(tenant)
        nudge(_FILL)


@app.task(name=_OPEN)
def open_pending() -> None:
    """Open every tenant that waits, the longest waiting first; finds what a lost message missed."""
    begin(_OPEN)
    for tenant in Tenant.objects.filter(status=TenantStatus.OPENING).order_by("requested_at", "pk"):
        finish_opening(tenant)


@app.task(name=_FILL)
def fill_spares() -> None:
    """Keep schemas ready for the next openings; those who wait for one now go first."""
    begin(_FILL)
    open_pending()
    try:
        spares.refill()
    finally:
        _show()


def _show() -> None:
    """Set the gauges that warn an operator; this task looks every few seconds anyway."""
    late = versions.states(upgrade.behind())
    TENANTS_BEHIND.set(len(late))
    UPGRADES_FAILED.set(sum(state.has_failed for state in late))
    SPARES_READY.set(spares.ready())
