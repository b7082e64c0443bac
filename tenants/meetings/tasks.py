"""Daily work of meetings: reminders, the end of proposals, addresses forgotten (REG §2.5, §2.8; POR §2.3.3)."""

from django.utils import timezone

from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.meetings.actions import guests, polling
from tenants.meetings.actions.arrangements import remind, to_remind
from tenants.meetings.actions.recipients import forget_addresses


@app.task(name="tenants.meetings.tasks.remind_of_arrangements")
def remind_of_arrangements() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        remind_in_one.delay(str(tenant.id))


@tenant_task
def remind_in_one() -> None:
    """Remind in one tenant of each arrangement and poll near its day, in its own transaction."""
    day = timezone.localdate()
    for key in to_remind(day):
        remind(arrangement_id=key, day=day)
    for key in polling.to_remind(day):
        polling.remind(respondent_id=key, day=day)


@app.task(name="tenants.meetings.tasks.close_guests")
def close_guests() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        close_guests_in_one.delay(str(tenant.id))


@tenant_task
def close_guests_in_one() -> None:
    """Count in one tenant each proposal of a guest whose last day is over, in its own transaction."""
    day = timezone.localdate()
    for key in guests.to_close(day):
        guests.close(guest_id=key, day=day)
    forget_addresses(day=day)
