"""A document is frozen in versions, as PDF and Word, with the facts it was made from."""

from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.documents import actions, storage
from kooperacja.documents.models import Document, StoredFile
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.papers import ANNOTATED_DECLARATION
from tests.kooperacja.documents.declaration import ACCEPTANCE, CONTEXT

SUBJECT = uuid7()


def issue(**context: Any) -> Document:
    return actions.issue(
        by=SYSTEM,
        paper=ANNOTATED_DECLARATION,
        subject=SUBJECT,
        title="Deklaracja przystąpienia",
        context=CONTEXT | context,
    )


def test_each_issue_is_a_new_version_and_the_former_stays(office: TenantRef, media: Path) -> None:
    first, second = issue(), issue(acceptance=ACCEPTANCE)
    kept = Document.objects.get(pk=first.pk)
    assert (kept.version, second.version) == (1, 2)
    assert (str(kept), str(second)) == (kept.title, f"{kept.title} (wydanie 2)")
    assert (kept.context, Document.objects.get(pk=second.pk).context) == (
        CONTEXT,
        CONTEXT | {"acceptance": ACCEPTANCE},
    )
    assert kept.docx is not None
    assert kept.pdf.original_name == "Deklaracja przystąpienia – wersja 1.pdf"
    assert kept.docx.original_name == "Deklaracja przystąpienia – wersja 1.docx"
    assert storage.read(kept.pdf.path, pk=kept.pdf.pk).startswith(b"%PDF-")
    assert storage.read(kept.docx.path, pk=kept.docx.pk).startswith(b"PK")
    assert Entry.objects.filter(verb="DOCUMENT_ISSUED").count() == 2


def test_history_can_not_be_edited_or_deleted(office: TenantRef, media: Path) -> None:
    document = issue()
    for attempt in (
        lambda: Document.objects.filter(pk=document.pk).update(title="Inny"),
        lambda: Document.objects.filter(pk=document.pk).delete(),
        lambda: StoredFile.objects.filter(pk=document.pdf_id).update(sha256="0" * 64),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            attempt()
    assert Document.objects.get(pk=document.pk).title == "Deklaracja przystąpienia"


def test_a_wrong_context_leaves_nothing(office: TenantRef, media: Path) -> None:
    with pytest.raises(LookupError, match=r"no organisation\.name"):
        issue(organisation={})
    assert Document.objects.count() == StoredFile.objects.count() == 0
    assert list(media.rglob("*")) == []
