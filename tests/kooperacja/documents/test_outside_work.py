"""What an action needs done outside is done while no transaction is open, and then it begins anew."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.documents import antivirus, drawing, uploads
from kooperacja.documents.actions import issue, store_upload
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Document, StoredFile
from kooperacja.documents.work_first import work_first
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Problem
from tests.kooperacja.documents.conftest import pdf, upload
from tests.kooperacja.documents.test_papers import LETTER
from tests.traps import TRAP, WorkedInside, own_transactions


@pytest.fixture
def open_meanwhile(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many transactions were open at each outside work."""
    counted: list[int] = []

    def counting(work: Any) -> Any:
        def run(*args: Any) -> Any:
            counted.append(own_transactions())
            return work(*args)

        return run

    monkeypatch.setattr(antivirus, "scan", counting(antivirus.scan))
    monkeypatch.setattr(drawing, "pdf_of", counting(drawing.pdf_of))
    return counted


def test_a_file_is_read_and_a_paper_drawn_once_before_the_transaction(
    office: TenantRef, open_meanwhile: list[int]
) -> None:
    runs = []

    @work_first
    def act(file: Any) -> tuple[StoredFile, Document]:
        runs.append(own_transactions())
        stored = store_upload(by=SYSTEM, upload=file, kind="TEST")
        context = LETTER.example
        document = issue(by=SYSTEM, paper=LETTER, subject=uuid7(), title="Pismo", context=context)
        return stored, document

    stored, document = act(upload(pdf()))
    assert (runs, open_meanwhile) == ([1, 1, 1], [0, 0])
    assert set(StoredFile.objects.all()) == {stored, document.pdf, document.docx}


def test_what_changed_meanwhile_is_noticed_and_nothing_is_kept(
    office: TenantRef, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = ["open"]
    monkeypatch.setattr(antivirus, "scan", lambda content: states.append("closed"))

    @work_first
    def act(file: Any) -> StoredFile:
        if states[-1] == "closed":
            raise Problem("Już zamknięte")
        return store_upload(by=SYSTEM, upload=file, kind="TEST")

    with pytest.raises(Problem, match="Już zamknięte"):
        act(upload(pdf()))
    assert not StoredFile.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_paper_that_never_stands_still_is_given_up(office: TenantRef) -> None:
    @work_first
    def act() -> Document:
        context = {**LETTER.example, "text": str(uuid7())}
        return issue(by=SYSTEM, paper=LETTER, subject=uuid7(), title="Pismo", context=context)

    with pytest.raises(Problem) as given_up:
        act()
    assert given_up.value.status == 409
    assert not Document.objects.exists()


def test_a_file_that_is_refused_is_refused_as_before(office: TenantRef) -> None:
    act = work_first(lambda file: store_upload(by=SYSTEM, upload=file, kind="TEST"))
    with pytest.raises(RejectedUpload, match="nie jest plik PDF"):
        act(upload(b"tekst"))
    assert own_transactions() == 0


def test_the_trap_catches_what_is_done_inside(office: TenantRef) -> None:
    with pytest.raises(WorkedInside), transaction.atomic():
        uploads.read_pdf(upload(pdf()))
    with pytest.raises(WorkedInside), transaction.atomic():
        drawing.pdf_of(LETTER, LETTER.example)
    assert TRAP.take() == [f"{name} while a transaction is open" for name in ("scan", "pdf_of")]
