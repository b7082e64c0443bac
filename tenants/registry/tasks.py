"""Nightly work of the register: advisers leave after their last day (POR support)."""

from uuid import UUID

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from tenants.registry import advisers


@app.task(name="tenants.registry.tasks.end_advisers")
def end_advisers() -> None:
    """Ask for each proposal whose adviser's last day has passed that it be closed."""
    for tenant_id, proposal_id in advisers.overdue(timezone.localdate()):
        end_adviser.delay(str(tenant_id), str(proposal_id))


@app.task(name="tenants.registry.tasks.end_adviser")
def end_adviser(tenant_id: str, proposal_id: str) -> None:
    """Close one, in a suspended unit too; the unit stands first, whose tasks wait in one queue."""
    advisers.end_overdue(by=SYSTEM, proposal_id=UUID(proposal_id))
