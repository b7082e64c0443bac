"""Reads one message that came by mail; a reader of `guarded`, which knows no Django."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import Any

from kooperacja.ical import BadReply, read_reply
from kooperacja.incoming.reports import report_of
from kooperacja.ui.text import tidy_line, tidy_lines

MOST_BYTES = 10 * 1024 * 1024
MOST_PARTS, MOST_DEPTH, MOST_HEADERS, HEADER_LENGTH = 100, 20, 500, 50_000
TEXT_LENGTH, SUBJECT_LENGTH, ID_LENGTH = 20_000, 200, 998
MOST_CALENDARS, MOST_RECIPIENTS = 3, 10
MOST_FILES, NAME_LENGTH = 5, 200
RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
ADDRESS = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,189}")
MASS = frozenset({"bulk", "list", "junk", "auto_reply"})
# Of a list, and of programs that answer without the header of RFC 3834.
BY_PROGRAMS = ("List-Id", "X-Autoreply", "X-Autorespond")
# What programs of Exchange say: nobody shall answer this by a program.
SUPPRESSED = frozenset({"all", "oof", "autoreply"})
CALENDARS = frozenset({"text/calendar", "application/ics"})
# Of names of hosts, and slow.
NO_CHARSETS = frozenset({"punycode", "idna"})


class Unreadable(Exception):
    """It is no message that we take."""


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The facts about a message with its files, or why it is refused.

    `asked` names our own box and its domain, and how the addresses begin to which mails return.
    """
    try:
        return _facts(content, **asked)
    except Unreadable as reason:
        return {"refused": str(reason)}, b""


def _facts(
    content: bytes, *, box: str, domain: str, returns: str, is_return: bool
) -> tuple[dict[str, Any], bytes]:
    message = message_from_bytes(content)
    _require_bounds(message)
    parts = list(_parts(message))
    to = _ours(message, box, domain)
    if is_return or any(address.startswith(returns) for address in to):
        return {"to": to, "report": report_of(message)}, b""
    calendar = _answer(parts)
    if _is_automatic(message, has_answer=calendar is not None):
        return {"is_automatic": True}, b""
    files = [part for part in parts if _is_file(part)]
    taken = [(_name(part), _content(part)) for part in files[:MOST_FILES]]
    facts = {
        "sender": _sender(message),
        "to": to,
        "subject": tidy_line(_clean(_decoded(message["Subject"])))[:SUBJECT_LENGTH],
        "text": tidy_lines(_clean(_text(parts)))[:TEXT_LENGTH],
        "calendar": calendar,
        "message_id": _clean(str(message["Message-ID"] or "")).strip()[:ID_LENGTH],
        "files": [{"name": name, "size": len(held)} for name, held in taken],
        "files_left_out": len(files) - len(taken),
    }
    return facts, b"".join(held for _, held in taken)


def _require_bounds(message: Message) -> None:
    if len(message) > MOST_HEADERS:
        raise Unreadable("headers")
    if any(len(str(value)) > HEADER_LENGTH for value in message.values()):
        raise Unreadable("header")


def _parts(message: Message) -> Iterator[Message]:
    """Those that have no parts of their own."""
    waiting, count = [(message, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > MOST_PARTS or depth > MOST_DEPTH:
            raise Unreadable("parts")
        within = part.get_payload()
        if isinstance(within, list):
            waiting += [(child, depth + 1) for child in reversed(within)]
        else:
            yield part


def _is_automatic(message: Message, *, has_answer: bool) -> bool:
    """A program sent it, so that to answer could make a loop.

    A calendar says the same of the answer that somebody gave by one of its buttons.
    """
    submitted = str(message["Auto-Submitted"] or "no").partition(";")[0].strip().lower()
    if has_answer and submitted == "auto-generated":
        submitted = "no"
    suppressed = str(message["X-Auto-Response-Suppress"] or "").lower().split(",")
    return (
        submitted != "no"
        or (not has_answer and any(one.strip() in SUPPRESSED for one in suppressed))
        or str(message["Precedence"] or "").strip().lower() in MASS
        or any(header in message for header in BY_PROGRAMS)
        or message.get_content_type() == "multipart/report"
        or any(str(path).strip() in ("", "<>") for path in message.get_all("Return-Path", []))
    )


def _sender(message: Message) -> str:
    """The one address of From."""
    given = [str(value) for value in message.get_all("From", [])]
    addresses = [address for _, address in getaddresses(given)]
    if len(given) != 1 or len(addresses) != 1 or not ADDRESS.fullmatch(addresses[0]):
        raise Unreadable("sender")
    return addresses[0].lower()


def _ours(message: Message, box: str, domain: str) -> list[str]:
    """The recipients with an address of our own kind, each once."""
    given = [str(value) for name in RECIPIENTS for value in message.get_all(name, [])]
    lowered = (address.lower() for _, address in getaddresses(given))
    ours = (a for a in lowered if a.startswith(f"{box}+") and a.endswith(f"@{domain}"))
    return list(dict.fromkeys(ours))[:MOST_RECIPIENTS]


def _decoded(header: Any) -> str:
    """The words of a header; as it is where its encoding is none."""
    try:
        return str(make_header(decode_header(header or "")))
    except (LookupError, ValueError, MessageError):
        return str(header)


def _clean(text: str) -> str:
    """Without NUL and halves of signs, which the database refuses."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _text(parts: list[Message]) -> str:
    """The first text that is no attachment; of a page its words."""
    bodies = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in bodies:
            if part.get_content_type() == kind and (text := _words(part)).strip():
                return _Page.words(text) if kind == "text/html" else text
    return ""


def _is_file(part: Message) -> bool:
    """It is attached; pictures within the text, as in a signature, and calendars are not."""
    if part.get_content_type() in CALENDARS:
        return False
    if part.get_content_disposition() == "attachment":
        return True
    return bool(part.get_filename()) and part.get_content_maintype() not in ("image", "text")


def _name(part: Message) -> str:
    return tidy_line(_clean(_decoded(part.get_filename())))[:NAME_LENGTH] or "bez nazwy"


def _words(part: Message) -> str:
    content = _content(part)[: TEXT_LENGTH * 10]
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode("utf-8" if charset in NO_CHARSETS else charset, "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _answer(parts: list[Message]) -> dict[str, Any] | None:
    """The first calendar that is an answer; mail programs add it as a file as well."""
    calendars = [part for part in parts if part.get_content_type() in CALENDARS]
    for part in calendars[:MOST_CALENDARS]:
        is_text = part.get_content_charset("utf-8") not in ("utf-8", "us-ascii")
        try:
            return asdict(read_reply(_words(part).encode() if is_text else _content(part)))
        except BadReply:
            continue
    return None


class _Page(HTMLParser):
    """Keeps the words of a page of HTML."""

    UNSEEN = frozenset({"head", "script", "style", "title"})
    BREAKS = frozenset({"br", "p", "div", "li", "tr", "blockquote"})

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []
        self.unseen = 0

    @classmethod
    def words(cls, html: str) -> str:
        page = cls()
        page.feed(html)  # and no close(), which looks at each tag left open up to the end
        return "".join(page.kept)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.unseen += tag in self.UNSEEN
        if tag in self.BREAKS:
            self.kept.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in self.UNSEEN and self.unseen > 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.kept.append(re.sub(r"\s+", " ", data))
