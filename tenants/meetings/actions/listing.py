"""Each account has its open arrangements of all units in one list (REG §2; POR §2.3.3)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from uuid6 import uuid7

from kooperacja.inbox.actions import keep_tasks
from kooperacja.notifications.actions import ask_outside
from kooperacja.tenancy.context import current_tenant
from kooperacja.writes import one_at_a_time
from tenants.meetings.arranged import task_of
from tenants.meetings.models.arrangements import Arrangement

OWNED = "ARRANGEMENTS_OWNED"


def ask_to_list(arrangement: Arrangement, *, cause: UUID) -> None:
    """Ask for one to be listed anew, where it changed."""
    payload = {"ids": [str(arrangement.pk)]}
    ask_outside(kind=OWNED, payload=payload, dedupe=f"arrangement-owned:{cause}:{arrangement.pk}")


def ask_to_list_all() -> None:
    """Ask it of all open ones: somebody took a seat or left one."""
    if Arrangement.objects.open().exists():
        ask_outside(kind=OWNED, payload={}, dedupe=f"arrangements-owned:{uuid7()}")


@transaction.atomic(using="shared")
def list_owned(*, day: date, ids: list[UUID] | None = None) -> None:
    """Let the lists of accounts be as the open ones, or these of them, say on a day."""
    tenant = current_tenant()
    # What is read after another one wrote is never older.
    one_at_a_time(f"arrangements:{tenant.id}")
    rows = Arrangement.objects.whole(day).open().order_by("pk")
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    keep_tasks(tenant=tenant, tasks=[task_of(row, day) for row in rows], among=ids)
