"""Emptying the outboxes: after a commit that filled one, and in a sweep that forgets none."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone

from kooperacja.celery import app
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.inbox.returned import forget_mails
from kooperacja.notifications.models import Outgoing
from kooperacja.ops.metrics import OUTBOX_FAILING, OUTBOX_OLDEST, OUTBOX_WAITING
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
    shared = _state(OutgoingMessage)
    _show("shared", shared)
    if shared.due and not nudge(SHARED_DRAIN):
        take_turn(OutgoingMessage)
    in_tenants = _State()
    for tenant in directory().open_tenants():
        with inside(tenant):
            state = _state(Outgoing)
            if state.due and not nudge(TENANT_DRAIN, str(tenant.id)):
                take_turn(Outgoing)
        in_tenants += state
    _show("tenants", in_tenants)


@app.task
def forget_old_messages() -> None:
    """Nightly: what was done long ago goes, from every outbox."""
    forget_done(OutgoingMessage)
    forget_mails()
    for tenant in directory().open_tenants():
        with inside(tenant):
            forget_done(Outgoing)


@dataclass(frozen=True)
class _State:
    """The numbers of messages that are due and that failed often, and the wait of the oldest."""

    due: int = 0
    failing: int = 0
    oldest_seconds: float = 0.0

    def __add__(self, other: "_State") -> "_State":
        return _State(
            self.due + other.due,
            self.failing + other.failing,
            max(self.oldest_seconds, other.oldest_seconds),
        )


def _state(model: type[OutboxMessage]) -> _State:
    undone, now = model.objects.filter(done_at=None), timezone.now()
    counts = undone.aggregate(
        due=Count("pk", filter=Q(available_at__lte=now)),
        failing=Count("pk", filter=Q(attempts__gte=OFTEN)),
        oldest=Min("available_at", filter=Q(available_at__lte=now)),
    )
    waited = (now - counts["oldest"]).total_seconds() if counts["oldest"] else 0.0
    return _State(counts["due"], counts["failing"], waited)


def _show(plane: str, state: _State) -> None:
    OUTBOX_WAITING.labels(plane).set(state.due)
    OUTBOX_FAILING.labels(plane).set(state.failing)
    OUTBOX_OLDEST.labels(plane).set(state.oldest_seconds)
