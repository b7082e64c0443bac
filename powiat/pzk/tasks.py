"""Work of a county by the clock: it confirms its agreements, reminds, lets requests expire."""

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from powiat.pzk import standing
from powiat.pzk.actions import ending, publishing, reminding


@app.task
def confirm_in_each() -> None:
    """Ask it of every open county."""
    for tenant in directory().open_tenants():
        if standing.is_county(tenant):
            confirm_in_one.delay(str(tenant.id))


@tenant_task
def confirm_in_one() -> None:
    """Confirm to gminas that the agreements are in force."""
    publishing.confirm_all()


@app.task
def look_in_each() -> None:
    """Ask it of every open county."""
    for tenant in directory().open_tenants():
        if standing.is_county(tenant):
            look_in_one.delay(str(tenant.id))


@tenant_task
def look_in_one() -> None:
    """Let expire what nobody answered, end what ends with the day, and remind of the rest."""
    day = timezone.localdate()
    for key in ending.to_expire(day):
        ending.expire(by=SYSTEM, asked_id=key)
    for key in ending.of_closed():
        ending.end_of_closed(asked_id=key)
    ending.follow_agreements()
    for key in reminding.to_remind(day):
        reminding.remind(asked_id=key, day=day)
