"""Writes of this app that others call: messages to other planes."""

from typing import Any

from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.actions import enqueue


def ask_outside(*, kind: str, payload: dict[str, Any], dedupe: str) -> None:
    """Ask the shared plane for something (INVITATION, FIGURES, ACCESS_END) after the commit."""
    enqueue(Outgoing, kind=kind, payload=payload, dedupe=dedupe)
