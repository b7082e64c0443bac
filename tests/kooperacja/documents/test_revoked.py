"""A certificate that was revoked, as the signed file itself tells of it (PAdES-B-LT, XAdES-XL)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from kooperacja.documents import signatures, sigtrust
from kooperacja.documents.containers import inspect
from kooperacja.documents.models import Verdict
from kooperacja.documents.signatures import Signature
from tests.factories import containers, revisions, revoked, signing
from tests.factories import signatures as make
from tests.kooperacja.documents.signing import here, judged

__all__ = ["here"]

SIGNED = datetime(2024, 6, 1, 12, tzinfo=UTC)
BEFORE, AFTER = SIGNED - timedelta(days=30), SIGNED + timedelta(days=30)
LATER = AFTER + timedelta(days=1)
REVOKED = "certyfikat unieważniono; poproś o podpis ważnym certyfikatem"


@pytest.fixture(autouse=True)
def trusting(here: None, tmp_path: Path, settings: Any) -> None:
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    (tmp_path / "issuer.pem").write_bytes(make.issuer().pem)


def signed_then(by: Any, change: Callable[[bytes], bytes] = lambda made: made, **how: Any) -> bytes:
    with time_machine.travel(SIGNED, tick=False):
        return change(signing.signed(by, **how))


def came(content: bytes, on: datetime = LATER) -> Signature:
    with time_machine.travel(on, tick=False):
        verdict, (one,) = judged(content)
    assert verdict == Verdict.INTACT
    return one


def with_list(
    content: bytes, by: Any, since: datetime, on: datetime, issuer: make.Issuer | None = None
) -> bytes:
    told = revoked.listed([by.signing_cert.serial_number], since, on, issuer)
    return revoked.with_answers(content, lists=[told])


@pytest.mark.parametrize("on", [SIGNED, LATER], ids=["list of that day", "later list"])
@pytest.mark.parametrize("years", [0, 1], ids=["fresh", "old"])
def test_a_certificate_on_the_list_of_revoked_ones_is_told(on: datetime, years: int) -> None:
    by = signing.signer()
    content = with_list(signed_then(by), by, BEFORE, on)
    one = came(content, LATER + timedelta(days=365 * years))
    assert (one.is_trusted, one.trust, one.is_good) == (False, REVOKED, True)


def test_an_answer_about_it_is_told_and_a_good_one_changes_nothing() -> None:
    by = signing.signer(extensions=[(revoked.ANSWERS_AT, False)])
    content = signed_then(by)
    bad, good = (revoked.answered(by.signing_cert, since, SIGNED) for since in (BEFORE, None))
    assert came(revoked.with_answers(content, about=[bad])).trust == REVOKED
    assert came(revoked.with_answers(content, about=[good])).trust == "wystawca zaufany"


@pytest.mark.parametrize("of_document", [False, True], ids=["own stamp", "stamp of the document"])
def test_only_a_trusted_stamp_proves_that_it_was_signed_before(of_document: bool) -> None:
    by = signing.signer()
    plain = with_list(signed_then(by), by, AFTER, LATER)
    assert came(plain).trust == REVOKED
    stamped = (
        signed_then(by, revisions.stamped)
        if of_document
        else signed_then(by, timestamper=signing.time_stamper())
    )
    assert came(with_list(stamped, by, AFTER, LATER)).trust == "wystawca zaufany"
    assert came(with_list(stamped, by, BEFORE, LATER)).trust == REVOKED


def test_a_list_of_another_issuer_or_a_broken_one_says_nothing() -> None:
    by = signing.signer()
    content = signed_then(by)
    other = make.issuer("Zaufane Inne Centrum")
    false = make.Issuer(other.key, make.issuer().certificate)
    for made_by in (other, false):
        assert came(with_list(content, by, BEFORE, LATER, made_by)).trust == "wystawca zaufany"
    own = revoked.listed([by.signing_cert.serial_number], BEFORE, LATER)
    assert came(revoked.with_answers(content, lists=[of_broken(own), own])).trust == REVOKED
    of_others = revoked.listed([by.signing_cert.serial_number + 1], BEFORE, LATER)
    assert came(revoked.with_answers(content, lists=[of_others])).is_trusted
    assert came(revisions.later(content, _odd_store)).is_trusted


def of_broken(told: bytes) -> bytes:
    """The same list with a signature that is none."""
    return told[:-1] + bytes([told[-1] ^ 1])


def _odd_store(writer: Any) -> None:
    writer.root["/DSS"] = revisions.dictionary(
        CRLs=revisions.numbers(1, 2), OCSPs=revisions.text("x")
    )
    writer.update_root()


def test_nobody_is_said_to_be_revoked_while_nobody_is_trusted(settings: Any) -> None:
    settings.SIGNATURE_TRUST_DIR = ""
    by = signing.signer()
    one = came(with_list(signed_then(by), by, BEFORE, LATER))
    assert (one.is_trusted, one.trouble) == (None, "UNKNOWN")


def test_a_xades_file_that_carries_the_list_tells_it_too() -> None:
    who = containers.Signer()
    on = datetime(2025, 4, 1, tzinfo=UTC)
    who.properties = revoked.values(
        b"nothing", revoked.listed([who.certificate.serial_number], BEFORE, on)
    )
    odd = containers.Signer(properties=revoked.values(b"nothing"))
    assert _of_container(containers.enveloping(b"", who)).trust == REVOKED
    assert _of_container(containers.enveloping(b"", odd)).trust == "wystawca zaufany"


def _of_container(content: bytes) -> Signature:
    trusted = sigtrust.certificates(signatures.trust.folder())
    facts, _ = inspect(content, trusted, 10**7)
    [one] = facts["signatures"]
    return Signature.of(one)
