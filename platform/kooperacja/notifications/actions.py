"""Writes of this app that others call: messages to other planes, and preferences."""

from typing import Any

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.notifications.models import Channel, Outgoing, Preference
from kooperacja.outbox.actions import enqueue


def ask_outside(*, kind: str, payload: dict[str, Any], dedupe: str) -> None:
    """Ask the shared plane for something (INVITATION, FIGURES, ACCESS_END) after the commit."""
    enqueue(Outgoing, kind=kind, payload=payload, dedupe=dedupe)


def set_preference(*, by: Actor, code: str, is_on: bool) -> Preference:
    """Switch the mails of one kind on or off for oneself."""
    assert by.account_id is not None
    with transaction.atomic():
        preference, _ = Preference.objects.update_or_create(
            account_id=by.account_id,
            code=code,
            channel=Channel.EMAIL,
            defaults={"is_on": is_on},
        )
        record(by=by, verb="NOTIFICATION_SWITCHED", obj=preference, data={"is_on": is_on})
    return preference
