"""Handlers of the outbox: letters that were too many for a request, lists of arrangements."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions.inviting import write_letters
from tenants.meetings.actions.listing import list_owned


def letters(message: Any, tenant: TenantRef | None) -> None:
    """MEETING_LETTERS: write those of some invitations; written twice, each is sent once."""
    write_letters(**message.payload)


def owned(message: Any, tenant: TenantRef | None) -> None:
    """ARRANGEMENTS_OWNED: the lists of accounts say what is so now, however often it is asked."""
    ids = message.payload.get("ids")
    list_owned(day=timezone.localdate(), ids=None if ids is None else [UUID(pk) for pk in ids])
