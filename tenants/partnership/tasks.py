"""Daily work of a partnership: what ends on a day is closed on that day (REG §1.6)."""

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.partnership.actions.access import close_ended_access


@app.task(name="tenants.partnership.tasks.close_ended")
def close_ended() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        close_ended_of_one.delay(str(tenant.id))


@tenant_task
def close_ended_of_one() -> None:
    """Close in one tenant the doors of roles that ended."""
    close_ended_access(by=SYSTEM)
