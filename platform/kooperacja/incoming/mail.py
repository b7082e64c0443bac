"""A message as its handler gets it, and the offer of a handler."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kooperacja.ical import Reply
from kooperacja.offers import Offer
from kooperacja.tenancy.ref import TenantRef


@dataclass(frozen=True, slots=True)
class MailedFile:
    """A file that a message carries, as it came; nobody has looked at it yet."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message to the address of one row.

    Nobody proves who the sender is: the address of the row does, and the handler decides what an
    unexpected sender means.
    """

    sender: str  # the one address of From, in small letters
    subject: str
    text: str
    calendar: Reply | None
    row_id: UUID
    message_id: str
    received_at: datetime
    files: tuple[MailedFile, ...] = ()
    files_left_out: int = 0  # there were more than are taken


@dataclass(frozen=True, slots=True)
class MailHandler(Offer):
    """Handles messages to addresses of one kind (1 to 8 small letters), inside the tenant.

    It is called once for a message and a row, in a transaction; whatever it raises undoes that, and
    the message is tried again later. What the sender got wrong is therefore no exception. A file is
    looked at before (`documents.actions.store_received`), for which it is begun anew.
    """

    kind: str
    handle: Callable[[Incoming, TenantRef], None]
