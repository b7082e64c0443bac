"""Daily work of meetings: reminders, ends of proposals, what comes onto agendas (REG §2; POR §2.3.3)."""

from django.utils import timezone

from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.meetings.actions import guests, polling
from tenants.meetings.actions.arrangements import remind, to_remind
from tenants.meetings.actions.carrying import carry_due, teams_awaiting
from tenants.meetings.actions.listing import list_owned
from tenants.meetings.actions.recipients import forget_addresses
from tenants.meetings.actions.reminding import remind_silent
from tenants.meetings.actions.reminding import to_remind as to_remind_silent


@app.task(name="tenants.meetings.tasks.remind_in_each")
def remind_in_each() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        remind_in_one.delay(str(tenant.id))


@tenant_task
def remind_in_one() -> None:
    """In one tenant, each in its own transaction: remind of arrangements, polls and voices.

    Minutes whose time for remarks is over come onto the next agenda, where a meeting approves them.
    """
    day = timezone.localdate()
    for key in to_remind(day):
        remind(arrangement_id=key, day=day)
    for key in polling.to_remind(day):
        polling.remind(respondent_id=key, day=day)
    for meeting, institution in to_remind_silent(day):
        remind_silent(meeting_id=meeting, institution=institution, day=day)
    for team in teams_awaiting(day):
        carry_due(by=SYSTEM, team_id=team)
    list_owned(day=day)


@app.task(name="tenants.meetings.tasks.close_in_each")
def close_in_each() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        close_in_one.delay(str(tenant.id))


@tenant_task
def close_in_one() -> None:
    """Count in one tenant each proposal of a guest whose last day is over, in its own transaction."""
    day = timezone.localdate()
    for key in guests.to_close(day):
        guests.close(guest_id=key, day=day)
    forget_addresses(day=day)
