"""Hands a private file to whom may read it, and records the reading."""

import logging
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kooperacja.audit.record import actor, record
from kooperacja.documents import perms, storage
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import writing
from kooperacja.tenancy.request import TenantRequest

logger = logging.getLogger(__name__)


@require_safe
def file(request: TenantRequest, pk: UUID) -> HttpResponse:
    stored = get_object_or_404(StoredFile, pk=pk)
    if not perms.can_read(request, stored):
        raise PermissionDenied
    try:
        content = storage.read(stored.path, pk=stored.pk)
    except FileNotFoundError:
        logger.error("stored file %s is not on the disk", pk)
        raise Http404 from None
    with writing(), transaction.atomic():
        record(by=actor(request), verb="FILE_READ", obj=stored)
    return _as_attachment(content, stored)


def _as_attachment(content: bytes, stored: StoredFile) -> HttpResponse:
    response = HttpResponse(content, content_type=stored.content_type)
    # Always a download: a page of ours must never show a stranger's file as its own.
    disposition = content_disposition_header(as_attachment=True, filename=stored.original_name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
