"""Ways in which programs of real life sign a PDF, and what other programs add to it later."""

import hashlib
import io
from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography import x509 as build
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, fields, sign_pdf
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from tests.factories import signatures as make

PESEL = "44051401359"
LONG_AGO = datetime(2021, 1, 1, tzinfo=UTC)
CENTRE = "Zaufane Centrum Testowe"
MINISTER = "Minister do spraw informatyzacji - pieczęć podpisu zaufanego"
REASON = (
    "Opatrzono pieczęcią ministra właściwego do spraw informatyzacji "
    f"w imieniu: ANNA PRZYKŁADOWA, PESEL: {PESEL}, PZ ID: aprzykladowa"
)


class WithoutNull(SimpleSigner):
    """Signs as podpis zaufany does: PKCS#1 v1.5 whose DigestInfo has no NULL."""

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        return raised(rsa_key(), framed(digest_info(data), rsa_key()))


def digest_info(data: bytes) -> bytes:
    """SHA-256 with an AlgorithmIdentifier that ends after its name."""
    return bytes.fromhex("302f300b06096086480165030402010420") + hashlib.sha256(data).digest()


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def framed(info: bytes, key: rsa.RSAPrivateKey, trailing: bytes = b"") -> bytes:
    """An encoded message of the length of the key."""
    filling = key.key_size // 8 - len(info) - len(trailing) - 3
    return b"\x00\x01" + b"\xff" * filling + b"\x00" + info + trailing


def raised(key: rsa.RSAPrivateKey, message: bytes) -> bytes:
    """The private operation on an encoded message, whatever it is."""
    numbers = key.private_numbers()
    number = pow(int.from_bytes(message, "big"), numbers.d, numbers.public_numbers.n)
    return number.to_bytes(key.key_size // 8, "big")


def subject(common: str, **others: str) -> build.Name:
    """A subject with its attributes: `organization`, `given`, `surname`, `serial`."""
    known = {
        "organization": NameOID.ORGANIZATION_NAME,
        "given": NameOID.GIVEN_NAME,
        "surname": NameOID.SURNAME,
        "serial": NameOID.SERIAL_NUMBER,
    }
    parts = [build.NameAttribute(NameOID.COMMON_NAME, common)]
    return build.Name(
        [*parts, *(build.NameAttribute(known[key], of) for key, of in others.items())]
    )


def statements(*numbers: str) -> build.UnrecognizedExtension:
    """The statements of a qualified certificate, by the last numbers of their identifiers."""

    def part(tag: int, content: bytes) -> bytes:
        return bytes([tag, len(content)]) + content

    def name(number: str) -> bytes:
        arcs = [0x04, 0x00, 0x8E, 0x46, 0x01, *(int(arc) for arc in number.split("."))]
        return part(0x06, bytes(arcs))

    told = b""
    for number in numbers:
        if number.startswith("6."):
            told += part(0x30, name("6") + part(0x30, name(number)))
        else:
            told += part(0x30, name(number))
    return build.UnrecognizedExtension(
        build.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), part(0x30, told)
    )


def signer(
    name: str = "Jan Dyrektor",
    *,
    key: Any = None,
    kind: type[SimpleSigner] = SimpleSigner,
    by: str = CENTRE,
    named: build.Name | None = None,
    until: datetime | None = None,
    extensions: Collection[tuple[build.ExtensionType, bool]] = (),
    **how: Any,
) -> SimpleSigner:
    """Somebody with a certificate; `named` is its whole subject, `by` its issuer."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    issuer = make.issuer() if by == CENTRE else make.issuer(by)
    lasting = {"until": until} if until else {}
    certificate = make.certificate(
        name, key, by, issuer.key, subject=named, extensions=extensions, **lasting
    )
    return make.signer_of(key, certificate, issuer, kind, **how)


def seal(**how: Any) -> SimpleSigner:
    """The minister's seal that is put on behalf of people."""
    return signer(named=subject(MINISTER, organization="Ministerstwo Próbne"), key=rsa_key(), **how)


def signed(
    by: SimpleSigner | None = None,
    *,
    content: bytes = b"",
    field: str = "Podpis1",
    new_field: fields.SigFieldSpec | None = None,
    timestamper: Any = None,
    md: str = "sha256",
    **about: Any,
) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content or make.page()))
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm=md, **about)
    return sign_pdf(
        writer,
        metadata,
        signer=by or signer(),
        new_field_spec=new_field,
        timestamper=timestamper,
    ).getvalue()


@cache
def time_stamper() -> DummyTimeStamper:
    key, issuer = rsa_key(), make.issuer()
    usage = (build.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    certificate = make.certificate("Zaufany Czas", key, CENTRE, issuer.key, extensions=[usage])
    return DummyTimeStamper(make.asn1_of(certificate), make.asn1_key(key))


def chain_without_null() -> tuple[bytes, SimpleSigner]:
    """An authority whose own signature under certificates has no NULL, and somebody with one."""
    root, name = rsa_key(), "Zaufane Centrum RSA"
    authority = make.Issuer(root, make.certificate(name, root, name, root, is_authority=True))
    key = ec.generate_private_key(ec.SECP256R1())
    by = make.signer_of(key, make.certificate("Jan Dyrektor", key, name, root), authority)
    certificate = by.signing_cert
    data = certificate["tbs_certificate"].dump()
    certificate["signature_value"] = raised(root, framed(digest_info(data), root))
    return authority.pem, by


def electronic(content: bytes, name: str = "Anna Przykładowa", field: str = "Podpis1") -> Any:
    """A file with one more signature, as it is handed in."""
    return make.upload(signed(signer(name), content=content, field=field))
