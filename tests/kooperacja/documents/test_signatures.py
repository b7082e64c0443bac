"""Electronic signatures of uploaded files: read, reported, refused where the file changed since."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.audit.actor import SYSTEM
from kooperacja.crypto.actions import create_tenant_key
from kooperacja.documents import actions, signatures, uploads
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.models import SignatureReport, StoredFile, Verdict
from kooperacja.tenancy.ref import TenantRef
from tests.factories import revisions, signing
from tests.factories import signatures as make


def only(found: list[dict[str, Any]]) -> signatures.Signature:
    (one,) = found
    return signatures.Signature.of(one)


def test_a_signature_says_who_and_when_and_that_nothing_changed() -> None:
    verdict, found = signatures.check(make.signed("Jan Dyrektor"))

    one = only(found)
    assert verdict == Verdict.INTACT
    assert (one.signer, one.issuer) == ("Jan Dyrektor", "Zaufane Centrum Testowe")
    assert one.signed_at is not None
    assert one.is_good
    assert one.trust == "nie sprawdzono, czy wystawca jest na liście zaufanych"
    assert "44051401359" not in str(found)


def test_two_may_sign_one_after_another() -> None:
    verdict, found = signatures.check(make.signed("Jan", "Ewa"))
    assert verdict == Verdict.INTACT
    assert [one["signer"] for one in found] == ["Jan", "Ewa"]


def test_a_file_that_was_saved_again_after_signing_is_broken() -> None:
    verdict, found = signatures.check(make.rewritten(make.signed("Jan")))
    assert verdict == Verdict.BROKEN
    assert only(found).is_changed_after


def test_a_file_whose_signed_bytes_were_changed_is_broken() -> None:
    content = make.signed("Jan")
    altered = content.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    verdict, found = signatures.check(altered)
    assert altered != content
    assert verdict == Verdict.BROKEN
    assert not only(found).is_intact


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnic", b"", b"tekst"])
def test_what_is_no_document_is_unreadable(content: bytes) -> None:
    assert signatures.check(content) == (Verdict.UNREADABLE, [])


def test_an_issuer_on_the_list_is_trusted_and_another_is_not(tmp_path: Path, settings: Any) -> None:
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    content = make.signed("Jan")
    (tmp_path / "inne.pem").write_bytes(make.issuer("Zaufane Inne Centrum").pem)
    stranger = only(signatures.check(content)[1])
    (tmp_path / "centrum.pem").write_bytes(make.issuer().pem)
    trusted = only(signatures.check(content)[1])

    assert (stranger.is_trusted, trusted.is_trusted) == (False, True)
    assert trusted.trust == "wystawca zaufany"


@pytest.mark.usefixtures("started")
def test_a_signed_scan_of_19_megabytes_is_read_within_the_limits() -> None:
    content = signing.signed(content=revisions.heavy(19 * 1024 * 1024))
    noted = revisions.annotated(content)

    assert signatures.check(content)[0] == Verdict.INTACT
    assert signatures.check(noted)[0] == Verdict.NOTED


def test_an_upload_loses_what_a_gateway_put_before_it() -> None:
    content = make.signed("Jan")
    for before in (b"\xef\xbb\xbf", b"\r\n", b"\n \n", bytes(3)):
        kept = uploads.read_pdf(make.upload(before + content))
        assert kept == content
    with pytest.raises(RejectedUpload, match="To nie jest plik PDF"):
        uploads.read_pdf(make.upload(b"\n" * 2000 + content))


def test_a_signed_file_is_kept_with_its_report(in_gmina: TenantRef) -> None:
    create_tenant_key(in_gmina.id)
    upload = make.upload(make.signed("Jan Dyrektor"))

    stored = actions.store_signed(by=SYSTEM, upload=upload, kind="TEST")

    assert SignatureReport.objects.get(file=stored).verdict == Verdict.INTACT
    assert [one.signer for one in actions.signatures_of(stored)] == ["Jan Dyrektor"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (make.page, "nie ma podpisu elektronicznego"),
        (lambda: make.rewritten(make.signed("Jan")), "zmieniono po podpisaniu"),
    ],
)
def test_a_file_without_a_good_signature_is_refused_and_not_kept(
    in_gmina: TenantRef, content: Any, said: str
) -> None:
    with pytest.raises(RejectedUpload, match=said):
        actions.store_signed(by=SYSTEM, upload=make.upload(content()), kind="TEST")
    assert not StoredFile.objects.exists()


@given(st.booleans(), st.booleans(), st.booleans(), st.none() | st.booleans())
def test_a_signature_is_good_only_if_nothing_speaks_against_it(
    intact: bool, whole: bool, changed: bool, trusted: bool | None
) -> None:
    one = signatures.Signature("A", "B", None, False, intact, whole, changed, trusted)
    assert one.is_good == (intact and whole and not changed)
