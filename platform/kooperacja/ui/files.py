"""How every file is handed out."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


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
