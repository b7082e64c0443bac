"""The mailbox to which answers come, read by IMAP where no server hands them to us."""

import imaplib
import secrets
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from kooperacja.documents import slots
from kooperacja.incoming.reading import MOST_BYTES
from kooperacja.incoming.receiving import Outcome, take

BATCH, TURN_SECONDS, TIMEOUT = 100, 50.0, 20.0
# Put on messages that could not be taken yet, so that none of them stands before a new one.
LATER = "kooperacja-later"
SEEN = r"(\Seen)"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def read_mailbox() -> int:
    """Take the messages that nobody has seen, one reader at a time; how many were looked at.

    A message is marked only after it was taken; if that fails it comes again, which does nothing.
    """
    ends, looked_at = time.monotonic() + TURN_SECONDS, 0
    with slots.taken({"mailbox": 1}), _opened() as box:
        for uid in _waiting(box):
            if time.monotonic() > ends:
                break
            _take(box, uid)
            looked_at += 1
    return looked_at


@contextmanager
def _opened() -> Iterator[imaplib.IMAP4]:
    """Signed in, over TLS unless the server is on this machine."""
    url = urlsplit(settings.INCOMING_IMAP_URL)
    box = _connected(url.scheme == "imaps", url.hostname or "", url.port)
    try:
        if url.scheme == "imap" and url.hostname not in _LOOPBACK:
            box.starttls(ssl.create_default_context())
        box.login(unquote(url.username or ""), unquote(url.password or ""))
        _must(box.select(_quoted(unquote(url.path.strip("/")) or "INBOX")))
        yield box
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()
        with suppress(OSError):
            box.shutdown()


def _connected(is_tls: bool, host: str, port: int | None) -> imaplib.IMAP4:
    if not is_tls:
        return imaplib.IMAP4(host, port or 143, timeout=TIMEOUT)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(host, port or 993, ssl_context=context, timeout=TIMEOUT)


def _waiting(box: imaplib.IMAP4) -> list[str]:
    """New messages first, then those that were to come later, in no order."""
    new = _found(box, "UNSEEN", "UNKEYWORD", LATER)
    again = _found(box, "UNSEEN", "KEYWORD", LATER)
    secrets.SystemRandom().shuffle(again)
    return [*new, *again][:BATCH]


def _found(box: imaplib.IMAP4, *what: str) -> list[str]:
    [numbers] = _must(box.uid("SEARCH", *what))
    return (numbers or b"").decode("ascii").split()


def _take(box: imaplib.IMAP4, uid: str) -> None:
    answer = _must(box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)"))
    content = next((part[1] for part in answer if isinstance(part, tuple)), None)
    if content is None:  # it was moved meanwhile
        return
    outcome = take(content)
    if outcome == Outcome.LATER:
        with suppress(imaplib.IMAP4.error):  # not every server keeps such marks
            box.uid("STORE", uid, "+FLAGS.SILENT", f"({LATER})")
        return
    _must(box.uid("STORE", uid, "+FLAGS.SILENT", SEEN))
    if settings.INCOMING_IMAP_DONE and outcome in (Outcome.TAKEN, Outcome.REPEATED):
        _must(box.uid("MOVE", uid, _quoted(settings.INCOMING_IMAP_DONE)))


def _must(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return data


def _quoted(name: str) -> str:
    escaped = name.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'
