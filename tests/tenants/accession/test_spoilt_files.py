"""A page that is given a file spoilt at random takes it or says what to do, and never fails."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Person
from tenants.registry.roles import Role
from tests.budget import IS_SOAK
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.kooperacja.documents import spoilt
from tests.kooperacja.documents.measured import Readers, measured_ready
from tests.tenants.reading import PARTNERSHIP

SEEDS = range(1000, 1050 if IS_SOAK else 1005)
pytestmark = pytest.mark.soak


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Readers:
    return measured_ready(monkeypatch, tmp_path)


def require_words(answer: Any) -> None:
    """Taken, refused with what to do, or another gave a form before."""
    assert answer.status_code in {302, 409, 422}
    if answer.status_code == 422:
        assert "k-error-summary" in answer.content.decode()


def test_a_page_for_a_signed_pdf(in_partnership: TenantRef, lead: Person, readers: Readers) -> None:
    client, _ = make.signed_in(in_partnership, Role.NETWORK_OFFICER)
    client.raise_request_exception = False
    day = timezone.localdate().isoformat()
    sent = {"mode": "QUALIFIED", "signed_on": day, "received_on": day, "regulation_id": "on"}
    for seed in SEEDS:
        with inside(in_partnership):
            declaration = make_accession.draft(lead)
        content = spoilt.pdf(seed)
        with readers.within_limits(seed, content):
            file = SimpleUploadedFile("deklaracja.pdf", content)
            url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
            require_words(client.post(url, {**sent, "file": file}))
            assert readers.took()


def test_a_page_for_a_word_form(in_partnership: TenantRef, readers: Readers) -> None:
    client, _ = make.signed_in(in_partnership, Role.TENANT_ADMIN)
    client.raise_request_exception = False
    read = []
    for seed in SEEDS:
        content, paper = spoilt.word_form(seed)
        with readers.within_limits(seed, content):
            file = SimpleUploadedFile("nasz.docx", content)
            url = f"{PARTNERSHIP}osrodek/szablony/{paper.kind}/"
            require_words(client.post(url, {"file": file, "after": 0}))
            read += readers.took()
    assert read  # some are no Word files any more, and refused before
