"""XAdES files and ASiC containers with a PDF inside: those that are taken, and the words."""

import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kooperacja.documents import signatures
from kooperacja.documents.formats import ASIC_E, ASIC_S, XADES
from kooperacja.documents.models import Verdict
from kooperacja.documents.signatures import Signature
from tests.factories import containers as make
from tests.factories import signatures as pdfs
from tests.factories import signing
from tests.factories.containers import Signer, asice, enveloping
from tests.kooperacja.documents.opening import Made, at, found, opened, rsa_signer
from tests.kooperacja.documents.signing import here

pytestmark = pytest.mark.usefixtures("here")
__all__ = ["here"]
ROLE = (
    '<p:PodpisZP xmlns:p="http://crd.gov.pl/xml/schematy/ppzp/" xmlns:os="urn:os">'
    "<os:Imie>ANNA</os:Imie><os:Nazwisko>PRZYKŁADOWA</os:Nazwisko>"
    f"<os:PESEL>{signing.PESEL}</os:PESEL></p:PodpisZP>"
)


def without_null(data: bytes) -> bytes:
    return signing.raised(
        signing.rsa_key(), signing.framed(signing.digest_info(data), signing.rsa_key())
    )


def seal() -> Signer:
    named = signing.subject(signing.MINISTER, organization="Ministerstwo Próbne")
    return rsa_signer(named=named, role=ROLE)


def counter_signed() -> bytes:
    properties = f'<xades:UnsignedProperties xmlns:xades="{make.XADES}">'
    properties += "<xades:UnsignedSignatureProperties><xades:CounterSignature>"
    inner = enveloping(b"", Signer("Kontrasygnata", id="K1")).partition(b"?>")[2]
    bare = make.changed(inner, lambda root: root.remove(at(root, "ds:Object[@Id]"))).decode()
    properties += f"{bare}</xades:CounterSignature></xades:UnsignedSignatureProperties>"
    return enveloping(b"", Signer(properties=f"{properties}</xades:UnsignedProperties>"))


KEPT: dict[str, Made] = {
    "document inside": enveloping,
    "document inside, RSA": lambda: enveloping(b"", rsa_signer()),
    "RSA without NULL": lambda: enveloping(b"", rsa_signer(raw=without_null)),
    "element of the document signed": lambda: enveloping(b"", Signer(transforms=(make.C14N,))),
    "element signed without a transform": lambda: enveloping(b"", Signer(transforms=())),
    "byte order mark before": lambda: b"\xef\xbb\xbf" + enveloping(),
    "two signers in a file": lambda: enveloping(b"", Signer(), Signer("Ewa", id="S2")),
    "countersignature beside": counter_signed,
    "ASiC-E": asice,
    "ASiC-E with RSA without NULL": lambda: asice(b"", rsa_signer(raw=without_null)),
    "ASiC-E of two signers": lambda: asice(b"", Signer(), Signer("Ewa")),
    "ASiC-S": lambda: asice(mimetype=ASIC_S.encode()),
    "ASiC without its type": lambda: asice(mimetype=b""),
    "name with spaces and Polish letters": lambda: asice(
        name="umowa – źródło.pdf", uri="umowa%20%E2%80%93%20%C5%BAr%C3%B3d%C5%82o.pdf"
    ),
    "list of files": lambda: asice(more={"META-INF/manifest.xml": make.manifest("/", "pismo.pdf")}),
    "PDF that is signed itself": lambda: asice(pdfs.signed("Ewa")),
    "packed": lambda: make.listed([*make.unpacked(asice()).items()], zipfile.ZIP_DEFLATED),
}


@pytest.mark.parametrize("made", KEPT.values(), ids=KEPT)
def test_a_signed_container_is_taken_with_its_document(made: Made) -> None:
    content = made()
    signed = opened(content)

    assert signed.verdict == Verdict.INTACT
    assert signed.pdf.startswith(pdfs.page())
    assert signed.container is not None
    assert signed.container.content == content
    signatures.require_signed(signed.verdict, signed.facts)


def test_signers_are_named_in_their_order_those_of_the_pdf_first() -> None:
    assert [one.signer for one in found(asice(b"", Signer(), Signer("Ewa")))] == [
        "Jan Dyrektor",
        "Ewa",
    ]
    assert [one.signer for one in found(asice(pdfs.signed("Ewa")))] == ["Ewa", "Jan Dyrektor"]
    assert [one.signer for one in found(counter_signed())] == ["Jan Dyrektor"]


def test_the_report_says_what_is_said_of_a_pdf() -> None:
    (one,) = found(enveloping())
    assert (one.issuer, one.kind, one.is_stamped) == (signing.CENTRE, "PLAIN", False)
    assert one.signed_at == datetime(2025, 3, 31, 8, tzinfo=UTC)
    assert one.trust == "nie sprawdzono, czy wystawca jest na liście zaufanych"
    assert one.valid_from == pdfs.FROM


def test_a_seal_names_the_person_and_no_number() -> None:
    signed = opened(enveloping(b"", seal()))
    (one,) = [Signature.of(facts) for facts in signed.facts]
    assert (one.kind, one.who) == ("TRUSTED", "ANNA PRZYKŁADOWA")
    assert signing.PESEL not in str(signed.facts)


def test_trust_comes_from_the_folder(settings: Any, tmp_path: Any) -> None:
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    (tmp_path / "ca.pem").write_bytes(pdfs.issuer().pem)
    assert found(enveloping())[0].trust == "wystawca zaufany"

    late = Signer(until=datetime(2025, 1, 1, tzinfo=UTC) - timedelta(days=1))
    (one,) = found(asice(b"", late))
    assert (one.verdict, one.is_trusted, one.trouble) == (Verdict.INTACT, False, "EXPIRED")

    (tmp_path / "ca.pem").write_bytes(pdfs.issuer("Inne Centrum").pem)
    assert found(enveloping())[0].is_trusted is False


@pytest.mark.parametrize(
    ("content", "name", "document", "kept", "kind"),
    [
        (enveloping, "Umowa.pdf.xades", "Umowa.pdf", "Umowa.pdf.xades", XADES),
        (enveloping, "umowa.XML", "umowa.pdf", "umowa.xml", XADES),
        (enveloping, "a/../umowa", "umowa.pdf", "umowa.xades", XADES),
        (asice, "umowa.sce", "pismo.pdf", "umowa.sce", ASIC_E),
        (asice, "umowa.pdf", "pismo.pdf", "umowa.pdf.asice", ASIC_E),
    ],
)
def test_names(content: Made, name: str, document: str, kept: str, kind: str) -> None:
    signed = opened(content(), name)
    assert signed.container is not None
    assert (signed.name, signed.container.name) == (document, kept)
    assert signed.container.content_type == kind
