"""Taking one message in: it is read by a program of its own, and handed to whom its address names."""

import hashlib
import logging
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import Error, transaction
from django.utils import timezone

from kooperacja import offers
from kooperacja.documents import guarded
from kooperacja.documents.errors import Busy
from kooperacja.documents.work_first import work_first
from kooperacja.ical import PartStat, Reply
from kooperacja.inbox import returned as shared
from kooperacja.incoming.address import RETURNS, Address, read_address
from kooperacja.incoming.mail import Incoming, MailedFile, MailHandler
from kooperacja.incoming.models import ReceivedMail
from kooperacja.incoming.reading import MOST_BYTES
from kooperacja.notifications.returned import came_back
from kooperacja.ops.metrics import INCOMING_MAIL
from kooperacja.returns import NotYetLogged, Return, said
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef
from kooperacja.writes import came_in

logger = logging.getLogger(__name__)

_READER = "kooperacja.incoming.reading"


class Outcome(StrEnum):
    """The end of one message."""

    TAKEN = "TAKEN"
    REPEATED = "REPEATED"  # it was taken before
    DROPPED = "DROPPED"  # a program sent it
    NOBODY = "NOBODY"  # no address of ours, whatever the reason
    UNUSABLE = "UNUSABLE"
    LATER = "LATER"


def take(content: bytes, *, to: str = "") -> Outcome:
    """Hand a message to the rows that its recipients name, or to that of `to` alone.

    The same message again does nothing.
    """
    try:
        outcome = _taken(content, to)
    except (Busy, Error, OSError) as error:
        logger.warning("incoming mail waits: %s", type(error).__name__)
        outcome = Outcome.LATER
    INCOMING_MAIL.labels(outcome).inc()
    logger.info("incoming mail: %s", outcome)
    return outcome


def _taken(content: bytes, to: str) -> Outcome:
    if not settings.INCOMING_MAIL_ADDRESS or (to and read_address(to) is None):
        return Outcome.NOBODY
    facts = _read(content, to)
    if facts is None or "refused" in facts:
        return Outcome.UNUSABLE
    if "report" in facts:
        return _returned([to] if to else facts["to"], facts["report"])
    if facts.get("is_automatic"):
        return Outcome.DROPPED
    facts["message_id"] = facts["message_id"] or hashlib.sha256(content).hexdigest()
    named = dict.fromkeys(read_address(address) for address in ([to] if to else facts["to"]))
    ends = {_handed_over(address, facts) for address in named if address}
    order = (Outcome.LATER, Outcome.TAKEN, Outcome.REPEATED)
    return next((end for end in order if end in ends), Outcome.NOBODY)


def _read(content: bytes, to: str) -> dict[str, Any] | None:
    """Its facts, with its files one after another (`held`); None where it is too much."""
    if len(content) > MOST_BYTES:
        return None
    box, _, domain = settings.INCOMING_MAIL_ADDRESS.partition("@")
    returns = f"{box}+{RETURNS}."
    is_return = to.strip().lower().startswith(returns)
    asked = {"box": box, "domain": domain, "returns": returns, "is_return": is_return}
    for _ in range(2):  # somebody else may have ended the reader
        try:
            facts, held = guarded.run(_READER, content, asked)
        except guarded.TooHard:
            continue
        return {**facts, "held": held}
    return None


def _returned(to: list[str], report: dict[str, Any] | None) -> Outcome:
    """Keep what a server says of a mail of ours; nobody is answered, whatever it was."""
    named = dict.fromkeys(read_address(address) for address in to)
    mails = [one for one in named if one and one.kind == RETURNS]
    if not mails:
        return Outcome.NOBODY
    if report is None:  # somebody is away, or a mail arrived
        return Outcome.DROPPED
    answer = Return(report["is_final"], report["status"], said(report["said"]))
    ends = {_came_back(one, answer) for one in mails}
    order = (Outcome.LATER, Outcome.TAKEN, Outcome.REPEATED)
    return next((end for end in order if end in ends), Outcome.NOBODY)


def _came_back(address: Address, answer: Return) -> Outcome:
    tenant = _tenant_of(address) if address.code else None
    if isinstance(tenant, Outcome):
        return tenant
    try:
        if tenant is None:
            with transaction.atomic(using="shared"):
                is_new = shared.came_back(address.row_id, answer)
        else:
            with inside(tenant), transaction.atomic():
                is_new = came_back(address.row_id, answer)
    except NotYetLogged:
        return Outcome.LATER
    return Outcome.TAKEN if is_new else Outcome.REPEATED


def _tenant_of(address: Address) -> TenantRef | Outcome:
    """The unit that an address names, or why nothing is handed over to it now."""
    tenant: TenantRef | None = directory().find_by_code(address.code)
    if tenant is None or tenant.status == "CLOSED":
        return Outcome.NOBODY
    return tenant if tenant.is_open and not tenant.is_behind else Outcome.LATER


def _files(facts: dict[str, Any]) -> Iterator[MailedFile]:
    held = facts.get("held", b"")
    for one in facts.get("files", []):
        yield MailedFile(one["name"], held[: one["size"]])
        held = held[one["size"] :]


def _handed_over(address: Address, facts: dict[str, Any]) -> Outcome:
    handler = handlers().get(address.kind)
    if handler is None:
        return Outcome.NOBODY
    tenant = _tenant_of(address)
    if not isinstance(tenant, TenantRef):
        return tenant
    try:
        with inside(tenant):
            return _handled(handler, address, _incoming(address, facts), tenant)
    except Busy:  # too many files are looked at already
        raise
    except Exception as error:
        # Its text may name people, so only its type is kept.
        logger.error("handler of mail %s failed: %s", address.kind, type(error).__qualname__)
        return Outcome.LATER


@work_first
def _handled(
    handler: MailHandler, address: Address, incoming: Incoming, tenant: TenantRef
) -> Outcome:
    if not came_in(ReceivedMail(key=_key(address, incoming.message_id))):
        return Outcome.REPEATED
    handler.handle(incoming, tenant)
    return Outcome.TAKEN


def _key(address: Address, message_id: str) -> str:
    named = f"{address.kind}.{address.row_id}\n{message_id}"
    return hashlib.sha256(named.encode()).hexdigest()


def _incoming(address: Address, facts: dict[str, Any]) -> Incoming:
    calendar = facts["calendar"]
    if calendar:
        calendar = Reply(**{**calendar, "partstat": PartStat(calendar["partstat"])})
    return Incoming(
        sender=facts["sender"],
        subject=facts["subject"],
        text=facts["text"],
        calendar=calendar,
        row_id=address.row_id,
        message_id=facts["message_id"],
        received_at=timezone.now(),
        files=tuple(_files(facts)),
        files_left_out=facts.get("files_left_out", 0),
    )


def handlers() -> dict[str, MailHandler]:
    """The handler of each kind of address, as the apps offer them."""
    known: dict[str, MailHandler] = {}
    for offer in offers.of(MailHandler):
        if offer.kind in known:
            raise ValueError(f"addresses of the kind {offer.kind} have two handlers")
        known[offer.kind] = offer
    return known
