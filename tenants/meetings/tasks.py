"""Daily work of meetings: whoever is to do something is reminded of it (POR §2.3.3)."""

from django.utils import timezone

from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.meetings.actions.arrangements import remind, to_remind


@app.task(name="tenants.meetings.tasks.remind_of_arrangements")
def remind_of_arrangements() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        remind_in_one.delay(str(tenant.id))


@tenant_task
def remind_in_one() -> None:
    """Remind in one tenant of each that is near its day, in its own transaction."""
    day = timezone.localdate()
    for key in to_remind(day):
        remind(arrangement_id=key, day=day)
