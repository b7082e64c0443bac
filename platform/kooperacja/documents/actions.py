"""Keeping uploaded files and issuing frozen versions of documents."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents import drawing, signatures, storage
from kooperacja.documents.errors import BadTemplate
from kooperacja.documents.models import (
    DOCX,
    PDF,
    Document,
    OfficeTemplate,
    SignatureReport,
    StoredFile,
    Verdict,
)
from kooperacja.documents.office_templates import check_form, own_template
from kooperacja.documents.papers import Paper
from kooperacja.documents.uploads import clean_name, read_docx, read_pdf
from kooperacja.outside import outside
from kooperacja.ui.files import file_name
from kooperacja.writes import AlreadySaved, StaleForm

OFFICE_TEMPLATE = "OFFICE_TEMPLATE"


@dataclass(frozen=True, slots=True)
class _NewFile:
    name: str
    content: bytes
    content_type: str


def store_upload(*, by: Actor, upload: "UploadedFile[Any]", kind: str) -> StoredFile:
    """Keep an uploaded PDF; RejectedUpload says in Polish why it can't be kept."""
    content = outside(("pdf", id(upload)), lambda: read_pdf(upload, by=by))
    new = _NewFile(clean_name(upload.name or ""), content, PDF)
    with _kept([new], by=by, kind=kind) as (stored,):
        record(by=by, verb="FILE_STORED", obj=stored, data={"sha256": stored.sha256})
    return stored


def store_signed(*, by: Actor, upload: "UploadedFile[Any]", kind: str) -> StoredFile:
    """Keep an electronically signed PDF with the report of its signatures.

    RejectedUpload where there is none, or where the document changed after it.
    """
    content, verdict, facts = outside(("signed", id(upload)), lambda: _read_signed(by, upload))
    signatures.require_signed(verdict, facts)
    new = _NewFile(clean_name(upload.name or ""), content, PDF)
    with _kept([new], by=by, kind=kind) as (stored,):
        SignatureReport.objects.create(file=stored, verdict=verdict, signatures=facts)
        data = {"sha256": stored.sha256, "signatures": len(facts)}
        record(by=by, verb="FILE_STORED", obj=stored, data=data)
    return stored


def _read_signed(by: Actor, upload: "UploadedFile[Any]") -> tuple[bytes, Verdict, list[Any]]:
    content = read_pdf(upload, by=by)
    return content, *signatures.check(content, by=by)


def signatures_of(file: StoredFile | None) -> list[signatures.Signature]:
    """The signatures of a kept file, to be shown with it."""
    report = getattr(file, "signature_report", None)
    return [signatures.Signature.of(facts) for facts in report.signatures] if report else []


def issue(
    *, by: Actor, paper: Paper, subject: UUID, title: str, context: Mapping[str, Any]
) -> Document:
    """Freeze the next version of a paper about a subject, as PDF and as Word.

    The context is JSON: texts as they shall be read, dates included. The caller holds the lock
    of the subject, or two at once get an IntegrityError.
    """
    known = Document.objects.filter(kind=paper.kind, subject=subject)
    version = (known.aggregate(last=Max("version"))["last"] or 0) + 1
    own = own_template(paper.kind)
    words = json.dumps(context, sort_keys=True)
    as_pdf, as_word = outside(
        (paper.kind, own and own.pk, words),
        lambda: (drawing.pdf_of(paper, context, by), drawing.word_of(paper, context, own, by)),
    )
    files = [
        _NewFile(file_name(title, ".pdf", detail=f"wersja {version}"), as_pdf, PDF),
        _NewFile(file_name(title, ".docx", detail=f"wersja {version}"), as_word, DOCX),
    ]
    with _kept(files, by=by, kind=paper.kind) as (pdf, docx):
        document = Document.objects.create(
            kind=paper.kind,
            subject=subject,
            version=version,
            title=title[:200],
            context=dict(context),
            pdf=pdf,
            docx=docx,
            office_template=own,
        )
        record(by=by, verb="DOCUMENT_ISSUED", obj=document, data={"version": version})
    return document


def replace_template(
    *,
    by: Actor,
    paper: Paper,
    upload: "UploadedFile[Any] | None",
    after: int,
    without_fields: bool = False,
) -> OfficeTemplate:
    """Use the office's own Word template from now on; without one, ours again.

    `after` is the version its sender saw. BadTemplate and RejectedUpload say what is wrong,
    AlreadySaved that ours is in use anyway, StaleForm that there is a newer one.
    """
    by.require_proof()
    new = []
    if upload is None and own_template(paper.kind) is None:
        raise AlreadySaved(paper)
    newest = OfficeTemplate.objects.filter(kind=paper.kind).first()
    if after != (newest.version if newest else 0):
        raise StaleForm(newest)
    if upload is not None:
        new.append(_form_file(by, paper, upload, without_fields))
    with _kept(new, by=by, kind=OFFICE_TEMPLATE) as stored:
        try:
            with transaction.atomic():
                template = OfficeTemplate.objects.create(
                    kind=paper.kind,
                    version=after + 1,
                    file=stored[0] if stored else None,
                    fields=paper.fields,
                    made_by_name=by.name[:200],
                )
        except IntegrityError:
            newest = OfficeTemplate.objects.filter(kind=paper.kind).first()
            raise StaleForm(newest) from None
        data = {"kind": paper.kind, "version": template.version, "own": bool(stored)}
        record(by=by, verb="TEMPLATE_REPLACED", obj=template, data=data)
    return template


def _form_file(
    by: Actor, paper: Paper, upload: "UploadedFile[Any]", without_fields: bool
) -> _NewFile:
    content = read_docx(upload)
    if not check_form(content, paper, by=by) and not without_fields:
        raise BadTemplate(
            "W tym szablonie nie ma żadnego pola, więc każdy dokument byłby taki sam.",
            "Sprawdź, czy to właściwy plik. Jeśli tak ma być, zaznacz „Szablon bez pól” "
            "i wgraj go jeszcze raz.",
        )
    return _NewFile(clean_name(upload.name or "", suffix=".docx"), content, DOCX)


@contextmanager
def _kept(files: list[_NewFile], *, by: Actor, kind: str) -> Iterator[list[StoredFile]]:
    """Files on the disk first, then their rows in one transaction; all of it or nothing."""
    with ExitStack() as stack:
        placed = []
        for new in files:
            pk = uuid7()
            staged = storage.staged(new.content, pk=pk, year=by.today.year)
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


def keeper_of(*, is_electronic: bool) -> Callable[..., StoredFile]:
    """The action that keeps a signed file: a scan as it is, an electronic signature only if it holds."""
    return store_signed if is_electronic else store_upload
