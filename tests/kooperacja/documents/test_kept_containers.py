"""A container is kept beside its PDF and handed out by the same rule."""

import hashlib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM, actor
from kooperacja.audit.models import Entry
from kooperacja.documents import actions, antivirus, storage, tasks, views
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import PDF, SignatureReport, SignedContainer, StoredFile, Verdict
from kooperacja.documents.perms import KeptFile
from kooperacja.documents.sigreport import Claim, report_of
from kooperacja.ui.problems import Refused
from tests.factories import containers as make
from tests.factories import revisions
from tests.factories import signatures as pdfs
from tests.kooperacja.documents.conftest import pdf
from tests.offering import offer

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: Any) -> Iterator[None]:
    offer(
        monkeypatch,
        KeptFile("OPEN", lambda request, file: True),
        KeptFile("SHUT", lambda request, file: False),
    )
    return None


def keep(content: bytes, name: str = "umowa.asice", kind: str = "OPEN") -> StoredFile:
    upload = pdfs.upload(content)
    upload.name = name
    return actions.store_signed(by=SYSTEM, upload=upload, kind=kind)


def get(pk: Any) -> HttpResponse:
    request: Any = RequestFactory().get("/")
    request.account = SimpleNamespace(pk=uuid7(), full_name="Anna Nowak", email="anna@ops.example")
    request.access = ()
    request.actor = actor(request)
    return views.container(request, pk=pk)


@pytest.mark.parametrize(
    ("made", "name", "document"),
    [(make.asice, "umowa.asice", "pismo.pdf"), (make.enveloping, "umowa.xades", "umowa.pdf")],
)
def test_the_document_is_the_pdf_and_the_container_stays_beside_it(
    made: Any, name: str, document: str
) -> None:
    content = made()
    stored = keep(content, name)

    assert (stored.original_name, stored.content_type) == (document, PDF)
    assert storage.read(stored.path, pk=stored.pk) == pdfs.page()
    kept = SignedContainer.objects.get(file=stored)
    assert (kept.original_name, kept.size) == (name, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert storage.read(kept.path, pk=kept.pk) == content
    assert SignatureReport.objects.get(file=stored).verdict == Verdict.INTACT
    (entry,) = Entry.objects.filter(verb="FILE_STORED")
    assert entry.data["container_sha256"] == kept.sha256


def test_the_report_compares_and_names_the_container() -> None:
    report = report_of(keep(make.asice()), Claim(signer="Anna Inna"))
    assert report is not None
    assert report.container == SignedContainer.objects.get()
    assert report.remarks == [
        "Formularz mówi, że podpisuje Anna Inna, a w podpisie jest Jan Dyrektor."
    ]
    plain = report_of(keep(pdfs.signed("Jan"), "a.pdf"), Claim())
    assert plain is not None
    assert plain.container is None


def test_who_may_read_the_document_gets_the_container_and_it_is_written_down() -> None:
    content = make.asice()
    keep(content)
    response = get(SignedContainer.objects.get().pk)
    assert response.content == content
    assert response["Content-Type"] == "application/vnd.etsi.asic-e+zip"
    assert response["Content-Disposition"] == 'attachment; filename="umowa.asice"'
    assert Entry.objects.filter(verb="FILE_READ").count() == 1


def test_who_may_not_read_the_document_gets_no_container() -> None:
    keep(make.asice(), kind="SHUT")
    with pytest.raises(Refused):
        get(SignedContainer.objects.get().pk)
    assert not Entry.objects.filter(verb="FILE_READ").exists()


def test_the_sweep_leaves_it(monkeypatch: Any) -> None:
    keep(make.asice())
    kept = SignedContainer.objects.get()
    assert list(storage.orphans((), older_than_seconds=-9))
    monkeypatch.setattr(tasks, "GRACE_SECONDS", -9)
    assert tasks.sweep() == 0
    assert storage.is_kept(kept.path)


def test_a_refused_one_leaves_nothing() -> None:
    changed = make.package({**make.unpacked(make.asice()), "pismo.pdf": pdfs.signed("Ewa")})
    with pytest.raises(RejectedUpload, match="zmieniono po podpisaniu"):
        keep(changed)
    assert not StoredFile.objects.exists()
    assert list(storage.orphans((), older_than_seconds=-9)) == []


def test_the_pdf_inside_is_looked_through_as_any_other() -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    acting = pdf(lambda made: made.Root.__setitem__("/OpenAction", script))
    with pytest.raises(RejectedUpload, match="zawiera program"):
        keep(make.asice(acting))
    with pytest.raises(RejectedUpload, match="jest uszkodzony"):
        keep(make.enveloping(b"%PDF-1.7 nic"), "a.xml")


def test_the_container_and_the_pdf_pass_the_antivirus(monkeypatch: Any) -> None:
    seen: list[bytes] = []
    monkeypatch.setattr(antivirus, "scan", seen.append)
    content = make.asice()
    keep(content)
    assert seen == [content, pdfs.page()]


def test_a_container_as_a_scan_is_refused_with_the_next_step() -> None:
    with pytest.raises(RejectedUpload, match="Zaznacz w formularzu podpis elektroniczny"):
        actions.store_upload(by=SYSTEM, upload=pdfs.upload(make.asice()), kind="OPEN")


def test_a_scan_of_8_megabytes_is_read_within_the_limits() -> None:
    heavy = revisions.heavy(8 * 1024 * 1024)
    assert keep(make.enveloping(heavy), "a.xades").size == len(heavy)
    assert keep(make.asice(heavy)).size == len(heavy)
