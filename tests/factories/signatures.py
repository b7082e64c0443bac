"""PDFs that are really signed, by issuers made for the test."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import keys, x509
from cryptography import x509 as build
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from pyhanko.pdf_utils.generic import NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kooperacja.documents.typeset import pdf_of_html

FROM = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Issuer:
    """An authority that gives certificates to those who sign."""

    key: ec.EllipticCurvePrivateKey
    certificate: build.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


@cache
def issuer(name: str = "Zaufane Centrum Testowe") -> Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    return Issuer(key, certificate(name, key, name, key, is_authority=True))


_OTHER = "key_encipherment data_encipherment key_agreement encipher_only decipher_only"
_NO_OTHER_USAGE = dict.fromkeys(_OTHER.split(), False)


def certificate(
    name: str,
    key: Any,
    by: str,
    by_key: ec.EllipticCurvePrivateKey,
    is_authority: bool = False,
    *,
    subject: build.Name | None = None,
    until: datetime = FROM + timedelta(days=36500),
    extensions: Collection[tuple[build.ExtensionType, bool]] = (),
) -> build.Certificate:
    """A certificate; `subject` in place of a name alone, `extensions` with whether they are critical."""
    builder = (
        build.CertificateBuilder()
        .subject_name(subject or _name(name))
        .issuer_name(_name(by))
        .public_key(key.public_key())
        .serial_number(build.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(until)
        .add_extension(build.BasicConstraints(is_authority, None), critical=True)
        .add_extension(
            build.KeyUsage(
                digital_signature=True,
                content_commitment=not is_authority,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                **_NO_OTHER_USAGE,
            ),
            critical=True,
        )
    )
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, critical=is_critical)
    return builder.sign(by_key, hashes.SHA256())


def _name(name: str) -> build.Name:
    attributes = [build.NameAttribute(NameOID.COMMON_NAME, name)]
    if name.startswith("Zaufane"):
        return build.Name(attributes)
    serial = build.NameAttribute(NameOID.SERIAL_NUMBER, "PNOPL-44051401359")
    return build.Name([*attributes, serial])


def _signer(name: str, by: Issuer) -> SimpleSigner:
    key = ec.generate_private_key(ec.SECP256R1())
    return signer_of(key, certificate(name, key, "Zaufane Centrum Testowe", by.key), by)


def signer_of(
    key: Any,
    made: build.Certificate,
    by: Issuer,
    kind: type[SimpleSigner] = SimpleSigner,
    **how: Any,
) -> SimpleSigner:
    """Signs with a key whose certificate an issuer made."""
    store = SimpleCertificateStore()
    store.register(asn1_of(by.certificate))
    return kind(signing_cert=asn1_of(made), signing_key=asn1_key(key), cert_registry=store, **how)


def asn1_key(key: Any) -> keys.PrivateKeyInfo:
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return keys.PrivateKeyInfo.load(plain)


def asn1_of(certificate: build.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


@cache
def page() -> bytes:
    return pdf_of_html("<html lang=pl><title>Deklaracja</title><p>Przystępujemy.</p></html>")


def signed(*names: str, content: bytes = b"") -> bytes:
    """Signed by each in turn."""
    made = content or page()
    for number, name in enumerate(names, 1):
        writer = IncrementalPdfFileWriter(io.BytesIO(made))
        about = PdfSignatureMetadata(field_name=f"Podpis{number}")
        made = sign_pdf(writer, about, signer=_signer(name, issuer())).getvalue()
    return made


def rewritten(content: bytes) -> bytes:
    """A page was turned after signing, as an office program does when it saves the file again."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    first = writer.root["/Pages"]["/Kids"][0]
    first[pdf_name("/Rotate")] = NumberObject(90)
    writer.update_container(first)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("podpisana.pdf", content, content_type="application/pdf")
