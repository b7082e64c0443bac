"""Writing a message into an outbox, in the caller's transaction."""

from datetime import datetime
from typing import Any

from django.db import router
from django.utils import timezone

from kooperacja.outbox.models import OutboxMessage
from kooperacja.outbox.nudge import nudge_after_commit


def enqueue(
    model: type[OutboxMessage],
    *,
    kind: str,
    payload: dict[str, Any],
    dedupe: str,
    available_at: datetime | None = None,
) -> None:
    """Add a message unless there is one with this `dedupe`; a worker is told after the commit."""
    message = model(
        kind=kind, payload=payload, dedupe=dedupe, available_at=available_at or timezone.now()
    )
    model.objects.bulk_create([message], ignore_conflicts=True)
    nudge_after_commit(router.db_for_write(model))
