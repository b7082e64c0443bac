"""Keeping uploaded files and issuing frozen versions of documents."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.crypto.named import KeyName
from kooperacja.documents import drawing, signatures, storage
from kooperacja.documents.errors import AnotherDocument, BadTemplate, RejectedUpload
from kooperacja.documents.models import (
    DOCX,
    PDF,
    Document,
    OfficeTemplate,
    SignatureReport,
    SignedContainer,
    StoredFile,
)
from kooperacja.documents.office_templates import check_form, own_template
from kooperacja.documents.papers import Paper
from kooperacja.documents.signedfile import NewFile, SignedFile, continues, read_signed
from kooperacja.documents.uploads import checked_pdf, clean_name, read_docx, read_pdf
from kooperacja.outside import outside
from kooperacja.ui.files import file_name
from kooperacja.writes import AlreadySaved, StaleForm, came_in, next_in

OFFICE_TEMPLATE = "OFFICE_TEMPLATE"


def store_upload(
    *,
    by: Actor,
    upload: "UploadedFile[Any]",
    kind: str,
    name: str = "",
    key: KeyName | None = None,
    field: str = RejectedUpload.field,
) -> StoredFile:
    """Keep an uploaded PDF, by its own name if no other is given, under a closer key if one is.

    RejectedUpload says in Polish why it can't be kept, beside the form's `field`.
    """
    content = outside(("pdf", id(upload)), lambda: _read(upload, by, field))
    new = NewFile(clean_name(name or upload.name or ""), content, PDF)
    with _kept([new], by=by, kind=kind, key=key) as (stored,):
        record(by=by, verb="FILE_STORED", obj=stored, data={"sha256": stored.sha256})
    return stored


def _read(upload: "UploadedFile[Any]", by: Actor, field: str) -> bytes:
    try:
        return read_pdf(upload, by=by)
    except RejectedUpload as rejected:
        rejected.field = field
        raise


def store_received(*, by: Actor, name: str, content: bytes, kind: str) -> StoredFile | str:
    """Keep a PDF that came by mail; or give the words that say why it can't be kept."""
    sha256 = hashlib.sha256(content).hexdigest()
    looked = outside(("received", sha256), lambda: _looked_at(content, by))
    if isinstance(looked, str):
        return looked
    with _kept([NewFile(clean_name(name), looked, PDF)], by=by, kind=kind) as (stored,):
        record(by=by, verb="FILE_STORED", obj=stored, data={"sha256": stored.sha256})
    return stored


def _looked_at(content: bytes, by: Actor) -> bytes | str:
    try:
        return checked_pdf(content, by)
    except RejectedUpload as rejected:
        return rejected.words


def store_signed(
    *,
    by: Actor,
    upload: "UploadedFile[Any]",
    kind: str,
    name: str = "",
    after: StoredFile | None = None,
) -> StoredFile:
    """Keep an electronically signed PDF with the report of its signatures, and its container.

    RejectedUpload where there is none, or where the document changed after it. Where it must be a
    kept file with one more signature, that is `after`; AnotherDocument where it is not. It is kept
    by its own name if no other is given.
    """
    key = ("signed", id(upload))
    signed = outside(key, lambda: read_signed(upload, by=by))
    signatures.require_signed(signed.verdict, signed.facts)
    if after is not None:
        _require_after(after, signed, key, by)
    new = NewFile(clean_name(name) if name else signed.name, signed.pdf, PDF)
    with ExitStack() as stack:
        place = _placed(stack, signed.container, by) if signed.container else None
        (stored,) = stack.enter_context(_kept([new], by=by, kind=kind))
        SignatureReport.objects.create(file=stored, verdict=signed.verdict, signatures=signed.facts)
        data: dict[str, Any] = {"sha256": stored.sha256, "signatures": len(signed.facts)}
        if place:
            container = SignedContainer.objects.create(file=stored, **place)
            data["container_sha256"] = container.sha256
        record(by=by, verb="FILE_STORED", obj=stored, data=data)
    return stored


def _require_after(after: StoredFile, signed: SignedFile, key: tuple[str, int], by: Actor) -> None:
    """The kept file may be another one when the lock is there: then it is compared anew."""
    if not outside(
        ("after", after.pk, key), lambda: continues(signed, storage.content_of(after), by=by)
    ):
        raise AnotherDocument


def signatures_of(file: StoredFile | None) -> list[signatures.Signature]:
    """The signatures of a kept file, to be shown with it."""
    report = getattr(file, "signature_report", None)
    return [signatures.Signature.of(facts) for facts in report.signatures] if report else []


def issue(
    *,
    by: Actor,
    paper: Paper,
    subject: UUID,
    title: str,
    context: Mapping[str, Any],
    key: KeyName | None = None,
) -> Document:
    """Freeze the next version of a paper about a subject, as PDF and as Word.

    Its files and facts lie under a closer key if one is named; its title does not. The context is JSON: texts as they shall be read, dates included. The caller holds the lock
    of the subject, or two at once get an IntegrityError.
    """
    known = Document.objects.filter(kind=paper.kind, subject=subject)
    version = next_in(known, "version")
    own = own_template(paper.kind)
    words = json.dumps(context, sort_keys=True)
    as_pdf, as_word = outside(
        (paper.kind, own and own.pk, words),
        lambda: (drawing.pdf_of(paper, context, by), drawing.word_of(paper, context, own, by)),
    )
    files = [
        NewFile(file_name(title, ".pdf", detail=f"wersja {version}"), as_pdf, PDF),
        NewFile(file_name(title, ".docx", detail=f"wersja {version}"), as_word, DOCX),
    ]
    with _kept(files, by=by, kind=paper.kind, key=key) as (pdf, docx):
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
        template = OfficeTemplate(
            kind=paper.kind,
            version=after + 1,
            file=stored[0] if stored else None,
            fields=paper.fields,
            made_by_name=by.name[:200],
        )
        if not came_in(template):
            raise StaleForm(OfficeTemplate.objects.filter(kind=paper.kind).first())
        data = {"kind": paper.kind, "version": template.version, "own": bool(stored)}
        record(by=by, verb="TEMPLATE_REPLACED", obj=template, data=data)
    return template


def _form_file(
    by: Actor, paper: Paper, upload: "UploadedFile[Any]", without_fields: bool
) -> NewFile:
    content = read_docx(upload)
    if not check_form(content, paper, by=by) and not without_fields:
        raise BadTemplate(
            "W tym szablonie nie ma żadnego pola, więc każdy dokument byłby taki sam.",
            "Sprawdź, czy to właściwy plik. Jeśli tak ma być, zaznacz „Szablon bez pól” "
            "i wgraj go jeszcze raz.",
        )
    return NewFile(clean_name(upload.name or "", suffix=".docx"), content, DOCX)


@contextmanager
def _kept(
    files: list[NewFile], *, by: Actor, kind: str, key: KeyName | None = None
) -> Iterator[list[StoredFile]]:
    """Files on the disk first, then their rows in one transaction; all of it or nothing."""
    who = {"stored_by_account_id": by.account_id, "stored_by_name": by.name[:200]}
    with ExitStack() as stack:
        placed = [_placed(stack, new, by, key) | _closed(new, key) for new in files]
        stack.enter_context(transaction.atomic())
        yield [StoredFile.objects.create(kind=kind, **who, **place) for place in placed]


def _closed(new: NewFile, key: KeyName | None) -> dict[str, Any]:
    """The values by which the row of a closed file differs: its name lies under its key too."""
    if key is None:
        return {}
    plain = "plik.pdf" if new.content_type == PDF else "plik.docx"
    names = {"original_name": plain, "closed_name": new.name}
    return {**names, "key_kind": key.kind, "key_of": key.of}


def _placed(
    stack: ExitStack, new: NewFile, by: Actor, key: KeyName | None = None
) -> dict[str, Any]:
    """Put a file on the disk, from where it goes again if the block fails; the values of its row."""
    pk = uuid7()
    path = stack.enter_context(storage.staged(new.content, pk=pk, year=by.today.year, key=key))
    # That of the content would tell who knows a file that it is here.
    hashed = new.content if key is None else storage.as_it_lies(path)
    return {
        "id": pk,
        "original_name": new.name,
        "content_type": new.content_type,
        "size": len(new.content),
        "sha256": hashlib.sha256(hashed).hexdigest(),
        "path": path,
    }


def keeper_of(*, is_electronic: bool) -> Callable[..., StoredFile]:
    """The action that keeps a signed file: a scan as it is, an electronic signature only if it holds."""
    return store_signed if is_electronic else store_upload
