"""Helpers for tests of outboxes."""

from typing import Any

from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.actions import enqueue
from kooperacja.outbox.models import OutboxMessage


def put(name: str, *, kind: str = "TESTED", **payload: Any) -> None:
    enqueue(OutgoingMessage, kind=kind, payload=payload, dedupe=name)


def get(name: str) -> OutgoingMessage:
    return OutgoingMessage.objects.get(dedupe=name)


class Seen:
    """A handler that notes what it was given, and fails where told to."""

    def __init__(self, failing: tuple[str, ...] = ()) -> None:
        self.names: list[str] = []
        self.failing = failing

    def __call__(self, message: OutboxMessage, tenant: object) -> None:
        self.names.append(message.dedupe)
        if message.dedupe in self.failing:
            raise ValueError(f"Anna Nowak, {message.dedupe}")
