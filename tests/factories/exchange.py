"""Letters between tenants and the workers that carry them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox.drain import drain, handlers
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.exchange import letters
from tenants.exchange.letters import LetterRef


def post(source: TenantRef, to: UUID, kind: str, dedupe: str = "one", **payload: Any) -> None:
    with inside(source), transaction.atomic():
        letters.post(to=to, kind=kind, payload=payload, dedupe=dedupe)


def carried(*tenants: TenantRef) -> None:
    """What the workers do: these outboxes are emptied, then the shared plane's."""
    for tenant in tenants:
        with inside(tenant):
            drain(Outgoing, handlers())
    drain(OutgoingMessage, handlers())


def letter(
    source: TenantRef, addressee: TenantRef, kind: str, pk: UUID, **payload: Any
) -> LetterRef:
    """A letter as its reader gets it."""
    return LetterRef(pk, kind, source, addressee, payload, timezone.now())
