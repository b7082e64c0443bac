"""Handler of the outbox: letters to all members that were too many for a request."""

from typing import Any

from kooperacja.tenancy.ref import TenantRef
from tenants.dialogue.actions.telling import write_letters


def letters(message: Any, tenant: TenantRef | None) -> None:
    """DIALOGUE_LETTERS: write those of some notices; written twice, each is sent once."""
    write_letters(**message.payload)
