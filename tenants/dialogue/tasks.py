"""Daily work between meetings: old correspondence goes, plans are reminded of (REG §2.10, §6.2)."""

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.dialogue.actions.plan_progress import remind, to_remind
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


@app.task(name="tenants.dialogue.tasks.remind_in_each")
def remind_in_each() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        remind_in_one.delay(str(tenant.id))


@tenant_task
def remind_in_one() -> None:
    """Remind in one tenant of activities near their term, each in its own transaction."""
    day = timezone.localdate()
    for key in to_remind(day):
        remind(activity_id=key, day=day)
