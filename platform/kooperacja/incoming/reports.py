"""Reads what a server says of a mail that it could not deliver (RFC 3464); knows no Django.

Nothing of the letter that it returns is kept.
"""

import re
from collections.abc import Iterator
from email.message import Message
from typing import Any

from flufl.bounce import all_failures

MOST_BLOCKS, TEXT_LENGTH, SAID_LENGTH = 20, 20_000, 1000
_STATUS = re.compile(r"(?<![\d.])([245])(\.\d{1,3}\.\d{1,3})(?![\d.])")
_NOTHING = ".0.0"  # a status that says no more than that it failed


def report_of(message: Message) -> dict[str, Any] | None:
    """The answer of a server that stands in a message; None where no mail came back."""
    reports = [report for block in _blocks(message) if (report := _report(block))]
    if reports:
        return next((one for one in reports if one["is_final"]), reports[0])
    if any(part.get_content_type() == "message/delivery-status" for part in message.walk()):
        return None  # it tells of another thing: that the mail arrived, or was passed on
    return _as_written(message)


def _blocks(message: Message) -> Iterator[Message]:
    """The parts of a report, each about one recipient."""
    for part in message.walk():
        within: Any = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(within, list):
            yield from within[:MOST_BLOCKS]


def _report(block: Message) -> dict[str, Any] | None:
    action = str(block["Action"] or "").strip().lower()
    if not action.startswith(("fail", "error", "delay")):
        return None
    words = str(block["Diagnostic-Code"] or "").partition(";")[2]
    statuses = (_status(str(block["Status"] or "")), _status(words))
    status = next((one for one in statuses if one and not one.endswith(_NOTHING)), statuses[0])
    is_final = not action.startswith("delay")
    return {"is_final": is_final, "status": status, "said": words[:SAID_LENGTH]}


def _as_written(message: Message) -> dict[str, Any] | None:
    """The same of servers that write for people alone; their words may quote the letter."""
    late, failed = all_failures(message)
    if not late and not failed:
        return None
    wanted = "5" if failed else "4"
    found = (part for part in _STATUS.findall(_text(message)) if part[0] == wanted)
    return {"is_final": bool(failed), "status": "".join(next(found, ())), "said": ""}


def _text(message: Message) -> str:
    parts = (part for part in message.walk() if not part.is_multipart())
    first = next(parts, message).get_payload(decode=True)
    return first[:TEXT_LENGTH].decode("utf-8", "replace") if isinstance(first, bytes) else ""


def _status(text: str) -> str:
    found = _STATUS.search(text)
    return found[0] if found else ""
