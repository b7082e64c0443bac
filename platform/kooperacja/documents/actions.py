"""Keeping uploaded files and issuing frozen versions of documents."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.record import Actor, record
from kooperacja.documents import signatures, storage
from kooperacja.documents.models import (
    DOCX,
    PDF,
    Document,
    OfficeTemplate,
    SignatureReport,
    StoredFile,
)
from kooperacja.documents.uploads import clean_name, read_docx, read_pdf
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.writes import AlreadySaved

OFFICE_TEMPLATE = "OFFICE_TEMPLATE"


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


def store_signed(*, by: Actor, upload: "UploadedFile[Any]", kind: str) -> StoredFile:
    """Keep an electronically signed PDF with the report of its signatures.

    RejectedUpload where there is none, or where the document changed after it.
    """
    content = read_pdf(upload)
    verdict, found = signatures.check(content)
    signatures.require_signed(verdict)
    new = _NewFile(clean_name(upload.name or ""), content, PDF)
    with _kept([new], by=by, kind=kind) as (stored,):
        SignatureReport.objects.create(file=stored, verdict=verdict, signatures=found)
        data = {"sha256": stored.sha256, "signatures": len(found)}
        record(by=by, verb="FILE_STORED", obj=stored, data=data)
    return stored


def signatures_of(file: StoredFile | None) -> list[signatures.Signature]:
    """The signatures of a kept file, to be shown with it."""
    report = getattr(file, "signature_report", None)
    return [signatures.Signature.of(one) for one in report.signatures] if report else []


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
    from kooperacja.documents.office_templates import own_template, source
    from kooperacja.documents.pdf import render_pdf
    from kooperacja.documents.word import render_docx

    known = Document.objects.filter(kind=kind, subject=subject)
    version = (known.aggregate(last=Max("version"))["last"] or 0) + 1
    name = f"{title[:120]} – wersja {version}".replace("/", "-")
    files = [_NewFile(clean_name(name, suffix=".pdf"), render_pdf(template, context), PDF)]
    own = own_template(kind) if word_template else None
    if word_template:
        word = render_docx(source(own, word_template), context)
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
            office_template=own,
        )
        record(by=by, verb="DOCUMENT_ISSUED", obj=document, data={"version": version})
    return document


def replace_template(
    *, by: Actor, kind: str, upload: "UploadedFile[Any] | None", after: int
) -> OfficeTemplate:
    """Use the office's own Word template from now on; without one, ours again.

    `after` is the version its sender saw. BadTemplate and RejectedUpload say what is wrong,
    AlreadySaved that ours is in use anyway.
    """
    from kooperacja.documents.office_templates import own_template, replaceable
    from kooperacja.documents.wordcheck import check_template

    document = replaceable(kind)
    if document is None:
        raise ValueError(f"{kind} has no template to replace")
    new = []
    if upload is None and own_template(kind) is None:
        raise AlreadySaved(document)
    if upload is not None:
        content = read_docx(upload)
        check_template(content, document.example)
        new.append(_NewFile(clean_name(upload.name or "", suffix=".docx"), content, DOCX))
    with _kept(new, by=by, kind=OFFICE_TEMPLATE) as stored:
        try:
            with transaction.atomic():
                template = OfficeTemplate.objects.create(
                    kind=kind,
                    version=after + 1,
                    file=stored[0] if stored else None,
                    made_by_name=by.name[:200],
                )
        except IntegrityError:
            raise Problem(
                "Ktoś zmienił ten szablon w międzyczasie",
                "Obejrzyj obecny szablon i w razie potrzeby wgraj swój jeszcze raz.",
                kept=NOTHING_SAVED,
            ) from None
        data = {"kind": kind, "version": template.version, "own": bool(stored)}
        record(by=by, verb="TEMPLATE_REPLACED", obj=template, data=data)
    return template


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
