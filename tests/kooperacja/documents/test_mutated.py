"""PDFs and Word files spoilt at random get an answer in words, soon and within their memory."""

import random
from pathlib import Path

import pytest

from kooperacja.documents import signatures, uploads
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import Verdict
from kooperacja.documents.office_templates import check_form
from kooperacja.tenancy.ref import TenantRef
from tests.budget import IS_SOAK
from tests.kooperacja.documents import spoilt
from tests.kooperacja.documents.conftest import upload
from tests.kooperacja.documents.measured import Readers, measured_ready
from tests.kooperacja.documents.signing import here

SEEDS = range(500 if IS_SOAK else 25)
__all__ = ["here"]
GOOD = {Verdict.INTACT, Verdict.NOTED}
pytestmark = pytest.mark.soak


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Readers:
    return measured_ready(monkeypatch, tmp_path)


def test_a_spoilt_pdf_is_taken_or_refused(office: TenantRef, readers: Readers) -> None:
    refusals, verdicts = list[str](), set[Verdict]()
    for seed in SEEDS:
        content = spoilt.pdf(seed)
        with readers.within_limits(seed, content):
            try:
                assert uploads.read_pdf(upload(content)) == content
                verdict, _ = signatures.check(content)
                verdicts.add(verdict)
                assert not (verdict in GOOD and spoilt.is_signed_part_other(seed, content)), seed
            except RejectedUpload as refused:
                refusals.append(refused.title)
    assert all(refusals)
    assert 0 < len(refusals) < len(SEEDS)
    assert verdicts


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("spoil", [spoilt.flip, spoilt.cut, spoilt.repeat])
def test_a_file_whose_signed_bytes_are_other_is_never_told_as_unchanged(
    spoil: spoilt.Spoil,
) -> None:
    given, spoilt_ones = spoilt.sound_pdfs()[0], 0
    assert signatures.check(given)[0] == Verdict.INTACT
    for seed in range(30):
        content = spoil(random.Random(seed), given)
        if spoilt.is_other(given, content):
            spoilt_ones += 1
            assert signatures.check(content)[0] not in GOOD, seed
    assert spoilt_ones > 5


def test_a_spoilt_word_file_is_taken_or_refused(office: TenantRef, readers: Readers) -> None:
    taken, refusals = 0, list[str]()
    for seed in SEEDS:
        content, paper = spoilt.word_form(seed)
        with readers.within_limits(seed, content):
            try:
                assert check_form(content, paper) >= 0
                taken += 1
            except RejectedUpload as refused:
                refusals.append(refused.title)
    assert all(refusals)
    assert 0 < taken < len(SEEDS)
