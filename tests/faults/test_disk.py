"""The disk of files is full: it is said in Polish, and neither a row nor a file is left behind."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kooperacja.audit.models import Entry
from kooperacja.documents.models import Document, StoredFile
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.partnership.models import Membership
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.faults.browser import Browser
from tests.faults.conftest import PARTNERSHIP, Office, accept, signed_document

FULL = "Na serwerze zabrakło miejsca"


@contextmanager
def full_disk(office: Office) -> Iterator[None]:
    """A small disk without room, or, where none can be mounted, a process that may not write."""
    media = office.site.var / "media" / office.tenant.schema
    media.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(media)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        with _may_not_write(office.site.children[0].pid):
            yield
        return
    try:
        _fill(media / "filler")
        yield
        assert [one.name for one in media.rglob("*") if one.is_file()] == ["filler"]
    finally:
        subprocess.run(["umount", "--lazy", str(media)], check=True)


def _fill(path: Path) -> None:
    try:
        path.write_bytes(b"x" * 128 * 1024)
    except OSError:
        return
    raise AssertionError("the disk is not small")


@contextmanager
def _may_not_write(pid: int) -> Iterator[None]:
    (process,) = psutil.Process(pid).children()
    before = process.rlimit(psutil.RLIMIT_FSIZE)
    process.rlimit(psutil.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        process.rlimit(psutil.RLIMIT_FSIZE, before)


def rows(office: Office) -> list[int]:
    kept = (StoredFile, Document, Membership, Outgoing, Entry)
    with inside(office.tenant):
        return [model.objects.count() for model in kept]


def make_draft(office: Office) -> AccessionDeclaration:
    with inside(office.tenant):
        return make_accession.draft(make.lead())


def test_a_declaration_is_not_handed_in_by_half(office: Office, lead: Browser) -> None:
    declaration = make_draft(office)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
    assert lead.get(url).status == 200
    before, files = rows(office), office.files()
    with full_disk(office):
        answer = lead.post(url, signed_document())
    assert (answer.status, FULL in answer.text) == (503, True)
    assert "Nic nie zostało zapisane." in answer.text
    assert (rows(office), office.files()) == (before, files)
    with inside(office.tenant):
        assert AccessionDeclaration.objects.get(pk=declaration.pk).state == "DRAFT"
    assert lead.post(url, signed_document()).status == 302


def test_an_institution_is_not_admitted_by_half(office: Office, lead: Browser) -> None:
    declaration = office.filed()
    assert lead.get(PARTNERSHIP + "deklaracje/").status == 200
    before, files = rows(office), office.files()
    with full_disk(office):
        answer = accept(lead, declaration)
    assert (answer.status, FULL in answer.text) == (503, True)
    assert (rows(office), office.files()) == (before, files)
    with inside(office.tenant):
        assert AccessionDeclaration.objects.get(pk=declaration.pk).state == "FILED"
    assert accept(lead, declaration).status == 302


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of another process")
def test_a_full_disk_of_temporary_files_is_told_too(office: Office, lead: Browser) -> None:
    declaration = make_draft(office)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
    assert lead.get(url).status == 200
    before = rows(office)
    # Django writes what is as large as this to a temporary file before any view runs.
    large = SimpleUploadedFile("skan.pdf", b"%PDF-1.7" + bytes(3 * 1024 * 1024), "application/pdf")
    with _may_not_write(office.site.children[0].pid):
        answer = lead.post(url, signed_document(file=large))
    assert (answer.status, FULL in answer.text) == (503, True)
    assert rows(office) == before


@pytest.mark.parametrize("upload", [b"", b"nieprawda", b"%PDF-1.7 ale nie do konca"])
def test_a_file_that_is_no_pdf_leaves_nothing(office: Office, lead: Browser, upload: bytes) -> None:
    declaration = make_draft(office)
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
    lead.get(url)
    before, files = rows(office), office.files()
    document = signed_document()
    document["file"].file.seek(0)
    document["file"].file.truncate()
    document["file"].file.write(upload)
    answer = lead.post(url, document)
    assert answer.status == 422
    assert "plik" in answer.text
    assert (rows(office), office.files()) == (before, files)
