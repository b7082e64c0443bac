"""Mails that could not be delivered: refused when they were sent, or returned by a later server."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from uuid import UUID

from django.utils import timezone

from kooperacja.offers import Offer, of
from kooperacja.outbox.mail import send_mail
from kooperacja.outbox.models import OutboxMessage
from kooperacja.outside import outside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.text import tidy_line

SAID_LENGTH = 200
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
# Like mail servers, we try for days where the fault may be ours.
GIVES_UP = timedelta(days=3)
_LINK = re.compile(r"\S*://\S*")
# Of whoever sends, not of the address: who may relay, in whose name.
_OURS = re.compile(r"5\.(?:7\.\d+|1\.[78])")
_OURS_WORDS = re.compile(r"\brelay|\bsender\b|authenticat", re.IGNORECASE)
_OURS_CODES = frozenset({530, 534, 535, 538})
_OF_ADDRESS = re.compile(r"5\.[12]\.\d+")
_REFUSED = "serwer odbiorcy nie przyjmuje poczty pod ten adres"
_LATE = "serwer odbiorcy jeszcze jej nie przyjął"
# RFC 3463; 5.4.1 is what large providers answer where there is no such mailbox.
_REASONS = (
    (r"[45]\.2\.2", "skrzynka jest pełna"),
    (r"5\.2\.1", "skrzynka jest wyłączona"),
    (r"5\.(?:2\.3|3\.4)", "wiadomość jest za duża dla tej skrzynki"),
    (r"5\.(?:1\.2|4\.4)", "nie ma serwera poczty, który wskazuje ten adres"),
    (r"5\.1\.(?:[0136]|10)", "nie ma takiej skrzynki"),
    (r"5\.4\.1", _REFUSED),
    (r"[45]\.4\.\d+", "serwer odbiorcy nie odpowiada"),
    (
        r"5\.7\.\d+",
        "serwer odbiorcy odrzucił wiadomość: uznał ją za niechcianą albo nie ufa nadawcy",
    ),
)


class NotYetLogged(RuntimeError):
    """A mail came back before it was logged that it went out; a moment later it will be."""


@dataclass(frozen=True, slots=True)
class Return:
    """The answer of a server about one mail: it gave it up, or only keeps it for later."""

    is_final: bool
    status: str  # as in RFC 3463, "5.1.1"; empty where it gave none
    said: str  # the server's own words, no more than a line


@dataclass(frozen=True, slots=True)
class ReturnAddress(Offer):
    """Gives a mail the address that it comes back to; empty where the site takes no mail."""

    of: Callable[[TenantRef | None, UUID], str]


@dataclass(frozen=True, slots=True)
class Sent:
    """The name of a mail that a server was given, and its answer where that was a refusal."""

    message_id: str
    refusal: Return | None = None


def sent(message: OutboxMessage, tenant: TenantRef | None, **mail: Any) -> Sent:
    """Send the mail of an outbox's message; for handlers alone.

    A refusal that only a change of the address can mend is a result; after all others it waits.
    """
    return outside("mail", lambda: _sent(message, tenant, mail))


def _sent(message: OutboxMessage, tenant: TenantRef | None, mail: dict[str, Any]) -> Sent:
    return_to = next((offer.of(tenant, message.id) for offer in of(ReturnAddress)), "")
    try:
        return Sent(send_mail(source_id=message.id, return_to=return_to, **mail))
    except SMTPException as error:
        is_old = timezone.now() - message.created_at > GIVES_UP
        refusal = refusal_of(error, is_old=is_old)
        if refusal is None:
            raise
        return Sent("", refusal)


def refusal_of(error: SMTPException, *, is_old: bool) -> Return | None:
    """The refusal for good that an error means; None where it is worth trying again.

    A relay that does not know us refuses everybody. So what may be the sender's fault is a refusal
    only of a mail that is old.
    """
    code, words = _answer(error)
    if not 500 <= code < 600:
        return None
    status = _status(words)
    is_ours = code in _OURS_CODES or _OURS.fullmatch(status) or _OURS_WORDS.search(words)
    is_of_address = isinstance(error, SMTPRecipientsRefused) or _OF_ADDRESS.fullmatch(status)
    if is_old or (is_of_address and not is_ours):
        return Return(True, status, said(f"{code} {words}"))
    return None


def said(words: str) -> str:
    """The words of a server in one short line, without links that nobody here vouches for."""
    line = tidy_line(_LINK.sub("", words.replace("\0", "")))
    return line if len(line) <= SAID_LENGTH else f"{line[: SAID_LENGTH - 1]}…"


def reason_of(status: str, *, is_final: bool) -> str:
    """Why it was not delivered, in words that name what can be mended."""
    for pattern, words in _REASONS:
        if re.fullmatch(pattern, status):
            return words
    return _REFUSED if is_final else _LATE


def _answer(error: SMTPException) -> tuple[int, str]:
    """The code and the words of the server; a mail has one recipient."""
    code: Any = 0
    words: Any = b""
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return int(code), text


def _status(words: str) -> str:
    found = STATUS.search(words)
    return found[1] if found else ""
