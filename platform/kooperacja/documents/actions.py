"""Keeping uploaded files and issuing frozen versions of documents."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.record import Actor, record
from kooperacja.documents import storage
from kooperacja.documents.models import DOCX, PDF, Document, StoredFile
from kooperacja.documents.uploads import clean_name, read_pdf


@dataclass(frozen=True, slots=True)
class _NewFile:
    name: str
    content: bytes
    content_type: str


def store_upload(*, by: Actor, upload: "UploadedFile[Any]", kind: str) -> StoredFile:
    """Keep an uploaded PDF; RejectedUpload says in Polish why it can't be kept."""
    new = _NewFile(clean_name(upload.name or ""), read_pdf(upload), PDF)
    with _kept([new], by=by, kind=kind) as (stored,):
        record(by=by, verb="FILE_STORED", obj=stored, data={"sha256": stored.sha256})
    return stored


def issue_document(
    *,
    by: Actor,
    kind: str,
    subject: UUID,
    title: str,
    template: str,
    context: Mapping[str, Any],
    word_template: str = "",
) -> Document:
    """Freeze the next version of a document as PDF and, with a Word template, as DOCX.

    The context is JSON: texts as they shall be read, dates included. The caller holds the lock
    of the subject, or two at once get an IntegrityError.
    """
    # Drawing takes a second to import, and most processes never draw.
    from kooperacja.documents.pdf import render_pdf
    from kooperacja.documents.word import render_docx, template_file

    known = Document.objects.filter(kind=kind, subject=subject)
    version = (known.aggregate(last=Max("version"))["last"] or 0) + 1
    name = f"{title[:120]} – wersja {version}".replace("/", "-")
    files = [_NewFile(clean_name(name, suffix=".pdf"), render_pdf(template, context), PDF)]
    if word_template:
        word = render_docx(template_file(word_template), context)
        files.append(_NewFile(clean_name(name, suffix=".docx"), word, DOCX))
    with _kept(files, by=by, kind=kind) as stored:
        document = Document.objects.create(
            kind=kind,
            subject=subject,
            version=version,
            title=title,
            context=dict(context),
            pdf=stored[0],
            docx=stored[1] if word_template else None,
        )
        record(by=by, verb="DOCUMENT_ISSUED", obj=document, data={"version": version})
    return document


@contextmanager
def _kept(files: list[_NewFile], *, by: Actor, kind: str) -> Iterator[list[StoredFile]]:
    """Files on the disk first, then their rows in one transaction; all of it or nothing."""
    with ExitStack() as stack:
        placed = []
        for new in files:
            pk = uuid7()
            staged = storage.staged(new.content, pk=pk, year=timezone.localdate().year)
            placed.append((new, pk, stack.enter_context(staged)))
        stack.enter_context(transaction.atomic())
        yield [_row(new, pk, path, by=by, kind=kind) for new, pk, path in placed]


def _row(new: _NewFile, pk: UUID, path: str, *, by: Actor, kind: str) -> StoredFile:
    return StoredFile.objects.create(
        id=pk,
        kind=kind,
        original_name=new.name,
        content_type=new.content_type,
        size=len(new.content),
        sha256=hashlib.sha256(new.content).hexdigest(),
        path=path,
        stored_by_account_id=by.account_id,
        stored_by_name=by.name[:200],
    )
