"""Files that people take away: none of them acts by itself."""

import re
import unicodedata

from django.http import HttpResponse
from django.utils.http import content_disposition_header

LONGEST_NAME = 120
_LIKE_COLON = re.compile(r"\s*:(?=\s)")
_DASHED = re.compile(r"[:/\\|]")
_FORBIDDEN = re.compile(r'[<>"?*]')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
# Names of devices, which Windows takes for no file.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def file_name(title: str, suffix: str, *, detail: str = "") -> str:
    """A name that every system takes, cut at a word; `detail` ends it unless the title says it."""
    title, end = _without_forbidden(title), f" – {_without_forbidden(detail)}" if detail else ""
    room = LONGEST_NAME - len(suffix)
    name = _cut(title, room)
    if detail and not re.search(rf"\b{re.escape(end[3:])}\b", name, re.IGNORECASE):
        name = f"{_cut(title, room - len(end))}{end}"
    return f"{'_' if _DEVICE.match(name) else ''}{name}"[:room].rstrip(" .") + suffix


def _without_forbidden(text: str) -> str:
    text = _LIKE_COLON.sub(" –", unicodedata.normalize("NFC", text))
    text = _FORBIDDEN.sub("", _DASHED.sub("-", text))
    printable = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    return unicodedata.normalize("NFC", " ".join(printable.split()))


def _cut(text: str, room: int) -> str:
    if len(text) > room:
        words, space, _ = text[: room + 1].rpartition(" ")
        text = words if space else text[:room]
    return text.strip(" .,–-(„") or "dokument"


def as_file_name(name: str) -> str:
    """The same for a name that has its ending already."""
    ending = _ENDING.search(name)
    suffix = ending[0] if ending else ""
    return file_name(name.removesuffix(suffix), suffix)


def file_response(content: bytes | str, *, name: str, content_type: str) -> HttpResponse:
    """A private download, never a page: nobody's file may be shown as a page of ours."""
    disposition = content_disposition_header(as_attachment=True, filename=as_file_name(name))
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
