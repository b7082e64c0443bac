"""Nightly work of the register: advisers leave after their last day (POR support)."""

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from tenants.registry import advisers


@app.task(name="tenants.registry.tasks.end_advisers")
def end_advisers() -> None:
    """Close what their last day has ended, one by one; may run twice."""
    for proposal_id in advisers.overdue(timezone.localdate()):
        advisers.end_overdue(by=SYSTEM, proposal_id=proposal_id)
