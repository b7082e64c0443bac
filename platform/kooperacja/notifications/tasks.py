"""Emptying the outboxes: after a commit that filled one, and in a sweep that forgets none."""

from django.utils import timezone

from kooperacja.celery import app
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.ops.metrics import OUTBOX_WAITING
from kooperacja.outbox.drain import BATCH, handlers
from kooperacja.outbox.drain import drain as drain_outbox
from kooperacja.outbox.models import OutboxMessage
from kooperacja.outbox.nudge import SHARED_DRAIN, TENANT_DRAIN, nudge
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task


@tenant_task
def drain() -> None:
    """One batch of the tenant's outbox; what is left queues up behind the other tenants."""
    if drain_outbox(Outgoing, handlers()) == BATCH:
        nudge(TENANT_DRAIN, str(current_tenant().id))


@app.task
def drain_shared() -> None:
    """One batch of the shared plane's outbox."""
    if drain_outbox(OutgoingMessage, handlers()) == BATCH:
        nudge(SHARED_DRAIN)


@app.task
def drain_all() -> None:
    """Find every outbox with work that is due; a broker that lost everything loses nothing."""
    waiting = _due(OutgoingMessage)
    OUTBOX_WAITING.labels("shared").set(waiting)
    if waiting and not nudge(SHARED_DRAIN):
        drain_shared()
    in_tenants = 0
    for tenant in directory().open_tenants():
        with inside(tenant):
            waiting = _due(Outgoing)
            if waiting and not nudge(TENANT_DRAIN, str(tenant.id)):
                drain_outbox(Outgoing, handlers())
        in_tenants += waiting
    OUTBOX_WAITING.labels("tenants").set(in_tenants)


def _due(model: type[OutboxMessage]) -> int:
    due: int = model.objects.filter(done_at=None, available_at__lte=timezone.now()).count()
    return due
