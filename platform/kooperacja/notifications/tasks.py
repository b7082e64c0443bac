"""Emptying the outboxes: after a commit that filled one, and in a sweep that forgets none."""

from django.db.models import Count, Q
from django.utils import timezone

from kooperacja.celery import app
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.ops.metrics import OUTBOX_FAILING, OUTBOX_WAITING
from kooperacja.outbox.actions import forget_done
from kooperacja.outbox.drain import OFTEN, take_turn
from kooperacja.outbox.models import OutboxMessage
from kooperacja.outbox.nudge import SHARED_DRAIN, TENANT_DRAIN, begin, nudge
from kooperacja.tenancy.context import current_tenant, inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.tasks import tenant_task


@tenant_task
def drain() -> None:
    """One turn at the tenant's outbox; what is left queues up behind the other tenants."""
    call = (TENANT_DRAIN, str(current_tenant().id))
    begin(*call)
    if take_turn(Outgoing):
        nudge(*call)


@app.task
def drain_shared() -> None:
    """One turn at the shared plane's outbox."""
    begin(SHARED_DRAIN)
    if take_turn(OutgoingMessage):
        nudge(SHARED_DRAIN)


@app.task
def drain_all() -> None:
    """Find every outbox with work that is due; a broker that lost everything loses nothing."""
    waiting, failing = _state(OutgoingMessage)
    _show("shared", waiting, failing)
    if waiting and not nudge(SHARED_DRAIN):
        take_turn(OutgoingMessage)
    in_tenants = failing_in_tenants = 0
    for tenant in directory().open_tenants():
        with inside(tenant):
            waiting, failing = _state(Outgoing)
            if waiting and not nudge(TENANT_DRAIN, str(tenant.id)):
                take_turn(Outgoing)
        in_tenants += waiting
        failing_in_tenants += failing
    _show("tenants", in_tenants, failing_in_tenants)


@app.task
def forget_old_messages() -> None:
    """Nightly: what was done long ago goes, from every outbox."""
    forget_done(OutgoingMessage)
    for tenant in directory().open_tenants():
        with inside(tenant):
            forget_done(Outgoing)


def _state(model: type[OutboxMessage]) -> tuple[int, int]:
    """How many messages are due, and how many have failed often."""
    undone = model.objects.filter(done_at=None)
    counts: dict[str, int] = undone.aggregate(
        due=Count("pk", filter=Q(available_at__lte=timezone.now())),
        failing=Count("pk", filter=Q(attempts__gte=OFTEN)),
    )
    return counts["due"], counts["failing"]


def _show(plane: str, waiting: int, failing: int) -> None:
    OUTBOX_WAITING.labels(plane).set(waiting)
    OUTBOX_FAILING.labels(plane).set(failing)
