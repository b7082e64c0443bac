"""A signature in a container counts only for the very bytes of its document."""

import base64

import pytest
from lxml import etree

from kooperacja.documents.formats import ASIC_E
from kooperacja.documents.models import Verdict
from tests.factories import containers as make
from tests.factories import signatures as pdfs
from tests.factories.containers import Signer, asice, enveloping
from tests.kooperacja.documents.opening import (
    Made,
    at,
    found,
    opened,
    other,
    refusal,
    replaced,
    rsa_signer,
    with_text,
    wrapped,
)
from tests.kooperacja.documents.signing import here

pytestmark = pytest.mark.usefixtures("here")
__all__ = ["here"]


def in_wrapper() -> bytes:
    """The signed element stands beside the signature, under a root of the attacker."""
    root = etree.fromstring(enveloping(), etree.XMLParser(huge_tree=True))
    signed = at(root, "ds:Object[@Id='DOC']")
    root.replace(signed, etree.fromstring(make.object_of(other(), "INNY")))
    signed.tag = "schowek"
    outer = etree.Element("r")
    outer.extend([root, signed])
    return bytes(etree.tostring(outer))


def twice_the_id() -> bytes:
    return make.changed(enveloping(), lambda root: at(root, "ds:Object[not(@Id)]").set("Id", "DOC"))


def of_another_file(uri: str, more: dict[str, bytes] | None = None) -> bytes:
    return asice(uri=uri, more=more)


def _properties_alone() -> bytes:
    held = make.object_of(pdfs.page(), "DOC")
    bare = make.signature_of(Signer(), "", pdfs.page(), held)
    return make.document_of(bare)


XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
HMAC = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
KEY_ALONE = (
    "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent>"
    "</ds:RSAKeyValue></ds:KeyValue>"
)
ATTACKS: dict[str, tuple[Made, Verdict]] = {
    "document changed": (lambda: replaced(pdf=other()), Verdict.BROKEN),
    "document inside changed": (
        lambda: with_text("ds:Object[@Id='DOC']", base64.b64encode(other()).decode()),
        Verdict.BROKEN,
    ),
    "a byte after the document": (
        lambda: replaced(pdf=pdfs.page() + b"\n"),
        Verdict.BROKEN,
    ),
    "signed element under another name": (lambda: wrapped(is_object=False), Verdict.PARTIAL),
    "signed element beside the signature": (in_wrapper, Verdict.PARTIAL),
    "signs its properties alone": (_properties_alone, Verdict.PARTIAL),
    "signs a file that is not the document": (
        lambda: _of_mimetype(),
        Verdict.PARTIAL,
    ),
    "file that is not there": (lambda: of_another_file("inne.pdf"), Verdict.MALFORMED),
    "path upwards": (lambda: of_another_file("../pismo.pdf"), Verdict.MALFORMED),
    "path hidden by percents": (lambda: of_another_file("x%2F..%2Fpismo.pdf"), Verdict.MALFORMED),
    "file of the machine": (lambda: of_another_file("file:///etc/passwd"), Verdict.MALFORMED),
    "address": (lambda: of_another_file("http://127.0.0.1/pismo.pdf"), Verdict.MALFORMED),
    "two elements of one name": (twice_the_id, Verdict.MALFORMED),
    "value of the signature changed": (
        lambda: with_text("ds:SignatureValue", base64.b64encode(b"x" * 64).decode()),
        Verdict.MALFORMED,
    ),
    "empty value": (lambda: with_text("ds:SignatureValue", ""), Verdict.MALFORMED),
    "digest of the document changed too": (
        lambda: with_text("ds:DigestValue", base64.b64encode(b"x" * 32).decode()),
        Verdict.MALFORMED,
    ),
    "day changed": (
        lambda: with_text("xades:SigningTime", "2025-04-01T10:00:00+02:00"),
        Verdict.MALFORMED,
    ),
    "names another certificate": (
        lambda: enveloping(b"", Signer(named_certificate=b"x")),
        Verdict.MALFORMED,
    ),
    "certificate of another": (
        lambda: with_text("ds:X509Certificate", base64.b64encode(Signer("Ewa").der).decode()),
        Verdict.MALFORMED,
    ),
    "signed by one, named another": (lambda: _in_the_name_of(Signer("Ewa")), Verdict.MALFORMED),
    "key beside the certificate": (
        lambda: enveloping(b"", _with_key_beside()),
        Verdict.MALFORMED,
    ),
    "key without a certificate": (
        lambda: enveloping(b"", Signer(key_info=KEY_ALONE)),
        Verdict.UNKNOWN,
    ),
    "HMAC": (lambda: enveloping(b"", Signer(method=HMAC)), Verdict.UNKNOWN),
    "XPath": (lambda: enveloping(b"", Signer(transforms=(XPATH,))), Verdict.UNKNOWN),
    "XSLT": (lambda: enveloping(b"", Signer(transforms=(make.BASE64, XSLT))), Verdict.UNKNOWN),
    "signature taken out before": (
        lambda: enveloping(b"", Signer(transforms=(f"{make.DS}enveloped-signature",))),
        Verdict.UNKNOWN,
    ),
    "transform of a file": (lambda: asice(b"", Signer(transforms=(make.C14N,))), Verdict.UNKNOWN),
    "SHA-1": (lambda: enveloping(b"", Signer(digest=make.SHA1)), Verdict.WEAK),
    "MD5": (
        lambda: asice(b"", Signer(digest="http://www.w3.org/2001/04/xmldsig-more#md5")),
        Verdict.WEAK,
    ),
    "SHA-1 of the signature": (
        lambda: enveloping(b"", rsa_signer(method=f"{make.DS}rsa-sha1")),
        Verdict.WEAK,
    ),
    "second signer's is broken": (
        lambda: enveloping(b"", Signer(), Signer("Ewa", id="S2", raw=lambda data: b"x" * 64)),
        Verdict.MALFORMED,
    ),
    "PDF inside was changed before": (
        lambda: asice(pdfs.rewritten(pdfs.signed("Ewa"))),
        Verdict.BROKEN,
    ),
}


def _of_mimetype() -> bytes:
    signer = Signer()
    xml = make.detached(ASIC_E.encode(), signer, "mimetype").partition(b"?>")[2].decode()
    root = f'<a:XAdESSignatures xmlns:a="http://uri.etsi.org/02918/v1.2.1#">{xml}'
    return replaced(xml=f"{root}</a:XAdESSignatures>".encode())


def _in_the_name_of(victim: Signer) -> bytes:
    attacker = Signer(named_certificate=victim.der)
    both = "".join(
        f"<ds:X509Certificate>{base64.b64encode(one.der).decode()}</ds:X509Certificate>"
        for one in (attacker, victim)
    )
    attacker.key_info = f"<ds:X509Data>{both}</ds:X509Data>"
    return enveloping(b"", attacker)


def _with_key_beside() -> Signer:
    signer = rsa_signer()
    certificate = base64.b64encode(signer.der).decode()
    signer.key_info = KEY_ALONE + (
        f"<ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data>"
    )
    return signer


@pytest.mark.parametrize(("made", "expected"), ATTACKS.values(), ids=ATTACKS)
def test_only_what_covers_the_very_document_is_good(made: Made, expected: Verdict) -> None:
    content = made()
    assert opened(content).verdict == expected
    assert not all(one.is_good for one in found(content))
    changed = "zmieniono po podpisaniu" in refusal(content)
    assert changed == (expected == Verdict.BROKEN)
