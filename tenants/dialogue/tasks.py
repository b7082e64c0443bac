"""Daily work of what is said between meetings: old correspondence goes (REG §6.2)."""

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.dialogue.actions.retaining import forget_old


@app.task(name="tenants.dialogue.tasks.forget_in_each")
def forget_in_each() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        forget_in_one.delay(str(tenant.id))


@tenant_task
def forget_in_one() -> None:
    """Delete in one tenant what is older than its office keeps; done twice, it finds nothing."""
    forget_old(by=SYSTEM)
