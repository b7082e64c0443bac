"""Signed files of other formats are refused with words that say what to do."""

import io
import zipfile

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import load_pem_x509_certificate

from kooperacja.documents import uploads
from kooperacja.documents.errors import RejectedUpload
from tests.factories import signatures as make
from tests.factories import trustlists as lists


def package(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts:
            made.writestr(name, content)
    return out.getvalue()


def cades(encoding: Encoding) -> bytes:
    by = lists.publisher("Jan")
    certificate = load_pem_x509_certificate(by.pem)
    made = pkcs7.PKCS7SignatureBuilder().set_data(b"Deklaracja")
    return made.add_signer(certificate, by.key, SHA256()).sign(encoding, [])


def xades() -> bytes:
    return lists.Made().signed(lists.publisher("Jan"))


ASIC = b"application/vnd.etsi.asic-e+zip"
FORMATS = {
    "asice": (package(("mimetype", ASIC), ("pismo.pdf", make.page())), "ASiC"),
    "asice without its type": (package(("a.pdf", b""), ("META-INF/signatures0.xml", b"")), "ASiC"),
    "asics": (package(("mimetype", ASIC.replace(b"-e", b"-s")), ("pismo.pdf", b"")), "ASiC"),
    "xades": (xades(), "XAdES"),
    "xades with a mark": (b"\xef\xbb\xbf" + xades(), "XAdES"),
    "p7m": (cades(Encoding.DER), "CAdES"),
    "armoured": (cades(Encoding.PEM), "CAdES"),
    "docx": (package(("[Content_Types].xml", b""), ("word/document.xml", b"")), "pliku PDF"),
    "zip": (package(("skan.pdf", make.page())), "Rozpakuj je"),
}


@pytest.mark.parametrize(("content", "said"), FORMATS.values(), ids=FORMATS)
def test_another_format_is_refused_with_words_that_lead_on(content: bytes, said: str) -> None:
    with pytest.raises(RejectedUpload, match=said) as refused:
        uploads.read_pdf(make.upload(content))
    assert refused.value.status == 422


@pytest.mark.parametrize("content", [b"<html>", b"Zwykly tekst", b"\x30\x82\x01\x00", b"<"])
def test_what_is_of_no_kind_is_only_no_pdf(content: bytes) -> None:
    with pytest.raises(RejectedUpload, match="To nie jest plik PDF"):
        uploads.read_pdf(make.upload(content))
