"""Signatures as programs of real life make them, and what other programs add: the verdict and the words."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from kooperacja.documents import signatures
from kooperacja.documents.models import Verdict
from tests.factories import revisions, signing
from tests.factories import signatures as make
from tests.factories.signing import signed
from tests.kooperacja.documents.signing import by_seal, here, judged, refusal

LONG_NUMBER = re.compile(r"\d{11}")
INTACT = "dokument nie zmienił się od podpisania"
CHANGED = "Ten dokument zmieniono po podpisaniu, więc podpis elektroniczny jest nieważny"
pytestmark = pytest.mark.usefixtures("here")
__all__ = ["here"]
Made = Callable[[], bytes]


def of_rsa(**how: Any) -> bytes:
    return signed(signing.signer(key=signing.rsa_key(), **how))


def seen(content: bytes) -> bytes:
    """Another signature that is seen on the page."""
    box = SigFieldSpec("Podpis2", box=(10, 10, 110, 60))
    return signed(content=content, field="Podpis2", new_field=box)


def by_client_of_platform() -> bytes:
    first = signed(content=revisions.with_empty_field(make.page(), "Klient"))
    return signed(content=revisions.with_lock(first, "Klient"), field="Klient")


def twice(content: bytes) -> bytes:
    return signed(signing.signer("Ewa"), content=content, field="Podpis2")


KEPT: dict[str, Made] = {
    "ECDSA": signed,
    "Ed25519": lambda: signed(
        signing.signer(key=ed25519.Ed25519PrivateKey.generate()), md="sha512"
    ),
    "PKCS#1 with NULL": of_rsa,
    "PKCS#1 without NULL": lambda: of_rsa(kind=signing.WithoutNull),
    "PSS": lambda: of_rsa(prefer_pss=True),
    "SHA-512": lambda: signed(md="sha512"),
    "PAdES": lambda: signed(subfilter=SigSeedSubFilter.PADES),
    "seal": by_seal,
    "seal without NULL": lambda: by_seal(kind=signing.WithoutNull),
    "two signers": lambda: twice(signed()),
    "seen on the page": lambda: seen(signed()),
    "with a time stamp": lambda: signed(timestamper=signing.time_stamper()),
    "document time stamp": lambda: revisions.stamped(signed()),
    "long-term data": lambda: revisions.with_long_term_data(signed()),
    "long-term data of Acrobat": lambda: revisions.with_long_term_data(signed(), by_acrobat=True),
    "long-term data rewritten": lambda: revisions.with_long_term_data(
        twice(revisions.with_long_term_data(signed())), by_acrobat=True
    ),
    "field locked by a platform": by_client_of_platform,
    "form filled in before": lambda: twice(signed(content=revisions.form())),
    "form closed when signed": lambda: revisions.with_flags(
        signed(content=revisions.form()), generic.NumberObject(0b111)
    ),
    "object freed": lambda: twice(revisions.with_freed(signed(), 400)),
    "byte order mark before": lambda: b"\xef\xbb\xbf" + signed(),
    "empty lines before": lambda: b"\r\n\r\n" + signed(),
    "empty line after": lambda: signed() + b"\r\n",
    "certified, then signed": lambda: twice(
        signed(certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    ),
}
NOTED: dict[str, Made] = {
    "stamp of an office": lambda: revisions.annotated(signed()),
    "comment": lambda: revisions.annotated(signed(), "/Text"),
    "two stamps": lambda: revisions.annotated(revisions.annotated(signed())),
    "stamp before the second signature": lambda: twice(revisions.annotated(signed())),
    "stamp after long-term data": lambda: revisions.annotated(
        revisions.with_long_term_data(signed())
    ),
    "empty field that shows something": lambda: revisions.with_field_that_shows(signed()),
}
CHANGES: dict[str, tuple[Made, str]] = {
    "value of a field": (
        lambda: revisions.with_another_value(signed(content=revisions.form())),
        "inna wartość pola formularza „instytucja”",
    ),
    "value that the second signer changed": (
        lambda: twice(revisions.with_another_value(signed(content=revisions.form()))),
        "inna wartość pola formularza „instytucja”",
    ),
    "looks of a field": (
        lambda: revisions.with_another_look(signed(content=revisions.form())),
        "inna wartość pola formularza „instytucja”",
    ),
    "value and a stamp": (
        lambda: revisions.annotated(revisions.with_another_value(signed(content=revisions.form()))),
        "inna wartość pola formularza „instytucja”",
    ),
    "value hidden as a password": (
        lambda: revisions.with_flags(
            signed(content=revisions.form()), generic.NumberObject(1 << 13)
        ),
        "dodano coś",
    ),
    "flags that are no number": (
        lambda: revisions.with_flags(signed(content=revisions.form()), revisions.text("x")),
        "dodano coś",
    ),
    "fields drawn anew": (
        lambda: revisions.drawn_anew(signed(content=revisions.form())),
        "dodano coś, co nie jest kolejnym podpisem ani uwagą",
    ),
    "page turned": (lambda: make.rewritten(signed()), "inna treść strony 1"),
    "stamp in the content": (
        lambda: revisions.with_more_on_the_page(signed()),
        "inna treść strony 1",
    ),
    "page added": (lambda: revisions.with_page_more(signed()), "inna liczba stron (1 → 2)"),
    "object that was missing": (lambda: revisions.with_gap_filled(), "inna treść strony 1"),
    "content in the store of certificates": (
        lambda: revisions.with_store_on_the_page(signed()),
        "inna treść strony 1",
    ),
    "page freed": (lambda: revisions.with_page_freed(signed()), "dodano coś"),
    "note taken out": (
        lambda: revisions.without_notes(signed(content=revisions.annotated(make.page()))),
        "usunięta albo inna uwaga na stronie 1",
    ),
    "marked for redaction": (lambda: revisions.annotated(signed(), "/Redact"), "dodano coś"),
    "note that acts": (
        lambda: revisions.annotated(
            signed(), A=revisions.dictionary(S=revisions.pdf_name("/Named"))
        ),
        "dodano coś",
    ),
    "bytes": (
        lambda: signed().replace(b"%PDF-1.7", b"%PDF-1.6", 1),
        "treść objęta podpisem jest inna niż w chwili podpisania",
    ),
    "after a signature that forbids it": (
        lambda: revisions.annotated(signed(certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)),
        "podpis zabraniał dalszych zmian, a po nim coś dodano",
    ),
}
CANT_BE_CHECKED: dict[str, tuple[Made, Verdict, str]] = {
    "SHA-1": (
        lambda: signed(signing.signer(key=signing.rsa_key()), md="sha1"),
        Verdict.WEAK,
        "używa funkcji skrótu SHA-1 albo MD5, której od 1 lipca 2018 r. nie wolno",
    ),
    "SHA-1 by its name": (
        lambda: signed().replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha1    ", 1),
        Verdict.WEAK,
        "SHA-256",
    ),
    "kind that nobody knows": (
        lambda: signed().replace(b"/adbe.pkcs7.detached", b"/example.x.detached ", 1),
        Verdict.UNKNOWN,
        "nie umiemy sprawdzić; to nie znaczy, że jest nieważny",
    ),
    "algorithm that nobody knows": (
        lambda: revisions.with_algorithm(of_rsa(), "1.2.616.1.1.1"),
        Verdict.UNKNOWN,
        "nie umiemy sprawdzić",
    ),
    "broken CMS": (
        lambda: revisions.with_contents(signed(), lambda cms_bytes: b"\x30\x03abc"),
        Verdict.MALFORMED,
        "jest uszkodzony, więc nie da się go sprawdzić; to nie znaczy, że dokument zmieniono",
    ),
    "signature of another key": (
        lambda: revisions.with_contents(of_rsa(), revisions.last_byte_changed),
        Verdict.MALFORMED,
        "jest uszkodzony",
    ),
    "byte range past the end": (
        lambda: revisions.with_range(signed(), 3, 10**6),
        Verdict.MALFORMED,
        "Pobierz plik jeszcze raz",
    ),
    "byte range from the middle": (
        lambda: revisions.with_range(signed(), 0, 7),
        Verdict.MALFORMED,
        "jest uszkodzony",
    ),
    "signature that a later revision holds": (
        lambda: revisions.with_signature_written_again(signed()),
        Verdict.PARTIAL,
        "nie obejmuje całego tego dokumentu",
    ),
    "cut file": (lambda: signed()[:-700], Verdict.UNREADABLE, "nie udało się odczytać"),
    "no signature": (make.page, Verdict.ABSENT, "nie ma podpisu elektronicznego"),
    "time stamp alone": (
        lambda: revisions.stamped(make.page()),
        Verdict.ABSENT,
        "nie ma podpisu elektronicznego",
    ),
}


@pytest.mark.parametrize("made", KEPT.values(), ids=KEPT)
def test_what_signing_programs_write_is_no_change(made: Made) -> None:
    verdict, found = judged(made())

    assert verdict == Verdict.INTACT
    assert {(one.state, one.note, one.changes) for one in found} == {(INTACT, "", ())}
    signatures.require_signed(verdict)


@pytest.mark.parametrize("made", NOTED.values(), ids=NOTED)
def test_a_note_put_on_later_is_told_apart_and_kept(made: Made) -> None:
    verdict, found = judged(made())

    assert verdict == Verdict.NOTED
    assert (found[0].state, found[0].notes) == (INTACT, ("1",))
    assert "Po podpisaniu na stronie 1 dodano uwagę albo pieczątkę." in found[0].note
    assert "Podpis obejmuje dokument bez niej" in found[0].note
    signatures.require_signed(verdict)


@pytest.mark.parametrize(("made", "words"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_refused_and_named(made: Made, words: str) -> None:
    content = made()
    assert judged(content)[0] == Verdict.BROKEN
    assert refusal(content).startswith(f"{CHANGED} (")
    assert words in refusal(content)


@pytest.mark.parametrize(
    ("made", "expected", "words"), CANT_BE_CHECKED.values(), ids=CANT_BE_CHECKED
)
def test_what_cant_be_checked_is_not_told_as_changed(
    made: Made, expected: Verdict, words: str
) -> None:
    content = made()
    assert judged(content)[0] == expected
    assert words in refusal(content)
    assert "zmieniono po podpisaniu" not in refusal(content)
