"""Nightly work of agreements: they come into force or fail, parties are reminded (POR signatures)."""

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.agreements.actions import (
    accession,
    accession_reminding,
    amendment_force,
    amendment_reminding,
)
from tenants.agreements.actions.annex import refresh_at, to_refresh
from tenants.agreements.actions.ending import settle_at, to_settle
from tenants.agreements.actions.force import look_at, to_look
from tenants.agreements.actions.reminding import remind, to_remind


@app.task(name="tenants.agreements.tasks.look_in_each")
def look_in_each() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        look_in_one.delay(str(tenant.id))


@tenant_task
def look_in_one() -> None:
    """Look at what lies before its parties, end what ends today, keep lists of people; then remind."""
    for key in to_look():
        look_at(by=SYSTEM, agreement_id=key)
    day = timezone.localdate()
    for key in to_settle(day):
        settle_at(by=SYSTEM, agreement_id=key)
    for key in to_refresh():
        refresh_at(by=SYSTEM, agreement_id=key)
    for key in to_remind(day):
        remind(party_id=key, day=day)
    for key in accession.to_lapse(day):
        accession.look_at(by=SYSTEM, accession_id=key)
    for key in accession_reminding.to_remind(day):
        accession_reminding.remind(accession_id=key, day=day)
    for key in amendment_force.to_look():
        amendment_force.look_at(by=SYSTEM, amendment_id=key)
    for key in amendment_reminding.to_remind(day):
        amendment_reminding.remind(side_id=key, day=day)
