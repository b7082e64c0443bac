"""Nightly work of the GGK: requests expire, delegations come to their last day (POR-C §2.4.2)."""

from django.utils import timezone

from gmina.ggk.actions.ending import end_without_role, look_at, to_look
from gmina.ggk.actions.groups import end_who_left
from gmina.ggk.models import GroupCoordinator
from kooperacja.audit.actor import SYSTEM
from kooperacja.celery import app
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task
from tenants.people.followers import follow


@app.task(name="gmina.ggk.tasks.look_in_each")
def look_in_each() -> None:
    """Ask it of every open tenant."""
    for tenant in directory().open_tenants():
        look_in_one.delay(str(tenant.id))


@tenant_task
def look_in_one() -> None:
    """Let requests expire that nobody answered, and end delegations and coordinating with their day."""
    for key in to_look(timezone.localdate()):
        look_at(by=SYSTEM, delegation_id=key)
    end_who_left()
    end_without_role()
    follow(GroupCoordinator)
