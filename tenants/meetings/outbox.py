"""Handler of the outbox: letters about a meeting that were too many for a request."""

from typing import Any

from kooperacja.tenancy.ref import TenantRef
from tenants.meetings.actions.inviting import write_letters


def letters(message: Any, tenant: TenantRef | None) -> None:
    """MEETING_LETTERS: write those of some invitations; written twice, each is sent once."""
    write_letters(**message.payload)
