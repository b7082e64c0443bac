"""Writing a message into an outbox, in the caller's transaction, and forgetting it when it is old."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import router
from django.utils import timezone

from kooperacja.outbox.models import OutboxMessage
from kooperacja.outbox.nudge import nudge_after_commit

# Long enough to see what became of something; its trace in the journal stays anyway.
KEPT_DONE = timedelta(days=30)
_AT_ONCE = 1000
# More letters than these are written by a worker, so many at a time: nobody waits for them.
LETTERS_AT_ONCE = 25


def enqueue(
    model: type[OutboxMessage],
    *,
    kind: str,
    payload: dict[str, Any],
    dedupe: str,
    available_at: datetime | None = None,
) -> None:
    """Add a message unless there is one with this `dedupe`; a worker is told after the commit."""
    enqueue_all(model, kind=kind, payloads={dedupe: payload}, available_at=available_at)


def enqueue_all(
    model: type[OutboxMessage],
    *,
    kind: str,
    payloads: Mapping[str, dict[str, Any]],
    available_at: datetime | None = None,
) -> None:
    """Add the same for many, each payload under its own `dedupe`."""
    due = available_at or timezone.now()
    messages = [
        model(kind=kind, payload=payload, dedupe=dedupe, available_at=due)
        for dedupe, payload in payloads.items()
    ]
    model.objects.bulk_create(messages, ignore_conflicts=True)
    nudge_after_commit(router.db_for_write(model))


def leave_to_worker(
    model: type[OutboxMessage],
    *,
    kind: str,
    payload: Mapping[str, Any],
    name: str,
    ids: Sequence[UUID],
    dedupe: str,
) -> None:
    """Add messages of a few ids each, as `name` in their payloads: too many for a request."""
    batches = [ids[at : at + LETTERS_AT_ONCE] for at in range(0, len(ids), LETTERS_AT_ONCE)]
    payloads = {f"{dedupe}:{few[0]}": {**payload, name: few} for few in batches}
    enqueue_all(model, kind=kind, payloads=payloads)


def forget_done(model: type[OutboxMessage]) -> int:
    """Delete what was done long ago, a little at a time; how many."""
    using = router.db_for_write(model)
    old = model.objects.using(using).filter(done_at__lt=timezone.now() - KEPT_DONE)
    forgotten = 0
    while keys := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
        forgotten += model.objects.using(using).filter(pk__in=keys).delete()[0]
    return forgotten
