"""Hands out a private file to its readers, and records the reading."""

import logging
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kooperacja.audit.record import record
from kooperacja.documents import perms, storage
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import writing
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.files import file_response

logger = logging.getLogger(__name__)


@require_safe
def file(request: TenantRequest, pk: UUID) -> HttpResponse:
    stored = get_object_or_404(StoredFile, pk=pk)
    perms.read_file.require(request, stored)
    try:
        content = storage.read(stored.path, pk=stored.pk)
    except FileNotFoundError:
        logger.error("stored file %s is not on the disk", pk)
        raise Http404 from None
    with writing(), transaction.atomic():
        record(by=request.actor, verb="FILE_READ", obj=stored)
    return file_response(content, name=stored.original_name, content_type=stored.content_type)
