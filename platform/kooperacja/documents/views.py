"""Hands out private files and prepared papers to their readers, and records the reading."""

import logging
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from kooperacja.audit.record import record
from kooperacja.documents import perms, preparing, storage
from kooperacja.documents.drawing import type_of
from kooperacja.documents.models import PreparedFile, SignedContainer, StoredFile
from kooperacja.documents.papers import Pack, prepared_of
from kooperacja.downloads import asked_before_file
from kooperacja.tenancy.context import writing
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.files import file_response
from kooperacja.ui.problems import Missing

logger = logging.getLogger(__name__)


@require_safe
def file(request: TenantRequest, pk: UUID) -> HttpResponse:
    stored = get_object_or_404(StoredFile, pk=pk)
    if stored.is_closed and not perms.read_file(request, stored):
        raise Http404  # whoever may not read it learns no more than of one that is not there
    perms.read_file.require(request, stored)
    return hand_out(request, stored)


@require_safe
def container(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The container in which a signed PDF came, by the rule for reading that PDF."""
    kept = get_object_or_404(SignedContainer.objects.select_related("file"), pk=pk)
    perms.read_file.require(request, kept.file)
    return hand_out(request, kept)


def hand_out(
    request: TenantRequest, kept: StoredFile | SignedContainer, *, name: str = ""
) -> HttpResponse:
    """A file to whoever may read it, which the caller has asked; the journal knows of it.

    It bears its own name, unless its page has a better one.
    """
    try:
        content = storage.content_of(kept)
    except FileNotFoundError:
        logger.error("stored file %s is not on the disk", kept.pk)
        raise Http404 from None
    with writing(), transaction.atomic():
        record(by=request.actor, verb="FILE_READ", obj=kept)
    return file_response(content, name=name or kept.name, content_type=kept.content_type)


@require_safe
def prepared(request: TenantRequest, pk: UUID) -> HttpResponse:
    """How far a long paper is, and its file when it is ready."""
    row = _prepared(request, pk)
    paper = prepared_of(row.kind)
    context = {
        "prepared": row,
        "is_pack": isinstance(paper, Pack),
        "days": preparing.KEPT_DAYS,
        "listed": paper.listed if paper else ("", ""),
    }
    return render(request, "documents/prepared.html", context)


@require_safe
def prepared_file(request: TenantRequest, pk: UUID) -> HttpResponse:
    """It leaves the platform behind the second factor alone."""
    row = _prepared(request, pk)
    what = f"{row.title} ({row.name.rpartition('.')[2].upper()})"
    if asked := asked_before_file(request, what=what, back=row.url):
        return asked
    if not row.path:
        return redirect(row.url)
    try:
        content = preparing.hand_out(by=request.actor, prepared=row)
    except FileNotFoundError:
        raise _gone(row.again_at) from None
    return file_response(content, name=row.name, content_type=type_of(row.name))


def _prepared(request: TenantRequest, pk: UUID) -> PreparedFile:
    row = PreparedFile.objects.filter(pk=pk).first()
    if row is None:
        raise _gone()
    perms.take_prepared.require(request.person, row)
    return row


def _gone(again_at: str = "") -> Missing:
    return Missing(
        "Tego pliku już nie ma",
        f"Przygotowane dokumenty trzymamy {preparing.KEPT_DAYS} dni. Zamów go jeszcze raz.",
        href=again_at,
        action="Zamów jeszcze raz",
    )
