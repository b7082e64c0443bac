"""Files that people take away: none of them acts by itself."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def file_response(content: bytes | str, *, name: str, content_type: str) -> HttpResponse:
    """A private download, never a page: nobody's file may be shown as a page of ours."""
    disposition = content_disposition_header(as_attachment=True, filename=name.replace("/", "-"))
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
