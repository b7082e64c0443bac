"""XAdES files and ASiC containers that are really signed, by issuers made for the test."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography import x509 as build
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from tests.factories import signatures as make
from tests.factories import signing

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
BASE64 = f"{DS}base64"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SHA1 = f"{DS}sha1"
ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ASIC_E = b"application/vnd.etsi.asic-e+zip"
SIGNED_AT = "2025-03-31T10:00:00+02:00"
Change = Callable[[Any], Any]


@dataclass
class Signer:
    """Somebody with a certificate, and how they sign; the tests change one thing of it."""

    name: str = "Jan Dyrektor"
    key: Any = None
    named: build.Name | None = None
    until: datetime | None = None
    id: str = "S1"
    transforms: tuple[str, ...] = (BASE64,)
    digest: str = SHA256
    method: str = ""
    signed_at: str = SIGNED_AT
    role: str = ""
    key_info: str = ""  # in place of the certificate
    named_certificate: bytes = b""  # in place of the signer's
    raw: Callable[[bytes], bytes] | None = None
    more_references: str = ""
    properties: str = ""  # unsigned ones
    by: make.Issuer = field(default_factory=make.issuer)

    def __post_init__(self) -> None:
        self.key = self.key or ec.generate_private_key(ec.SECP256R1())
        lasting = {"until": self.until} if self.until else {}
        self.certificate = make.certificate(
            self.name, self.key, signing.CENTRE, self.by.key, subject=self.named, **lasting
        )

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def sign(self, data: bytes) -> bytes:
        if self.raw:
            return self.raw(data)
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        r, s = utils.decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def enveloping(pdf: bytes = b"", *signers: Signer, object_id: str = "DOC") -> bytes:
    """A signature with the document inside; those of others come after it, in one root."""
    pdf, first, *others = pdf or make.page(), *(signers or (Signer(),))
    held = object_of(pdf, object_id)
    signatures = [signature_of(first, f"#{object_id}", pdf, held)]
    signatures += [signature_of(one, f"#{object_id}", pdf) for one in others]
    if not others:
        return document_of(signatures[0])
    return document_of(f"<Podpisy>{''.join(signatures)}</Podpisy>")


def detached(pdf: bytes = b"", signer: Signer | None = None, uri: str = "pismo.pdf") -> bytes:
    signer = signer or Signer()
    signer.transforms = () if signer.transforms == (BASE64,) else signer.transforms
    return document_of(signature_of(signer, uri, pdf or make.page()))


def asice(
    pdf: bytes = b"",
    *signers: Signer,
    name: str = "pismo.pdf",
    uri: str = "",
    mimetype: bytes = ASIC_E,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A container with a file of signatures for each signer."""
    pdf = pdf or make.page()
    parts = {"mimetype": mimetype} if mimetype else {}
    parts[name] = pdf
    for number, one in enumerate(signers or (Signer(),)):
        one.id = f"S{number}"
        xml = detached(pdf, one, uri or name).partition(b"?>")[2].decode()
        wrapped = f'<a:XAdESSignatures xmlns:a="http://uri.etsi.org/02918/v1.2.1#">{xml}'
        parts[f"META-INF/signatures{number}.xml"] = document_of(f"{wrapped}</a:XAdESSignatures>")
    return package({**parts, **(more or {})})


def package(parts: Mapping[str, bytes]) -> bytes:
    return listed([*parts.items()])


def listed(parts: list[tuple[str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Parts in their order; a name may come twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in parts:
            made.writestr(zipfile.ZipInfo(name), content, compress_type=compression)
    return out.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, change: Change) -> bytes:
    """A file after a change of its tree."""
    root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    change(root)
    return bytes(etree.tostring(root))


def manifest(*names: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(f'<m:file-entry m:full-path="{name}" m:media-type="x/y"/>' for name in names)
    return f'<m:manifest xmlns:m="{space}">{entries}</m:manifest>'.encode()


def document_of(xml: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>' + xml.encode()


def object_of(content: bytes, name: str) -> str:
    text = base64.b64encode(content).decode()
    return (
        f'<ds:Object xmlns:ds="{DS}" Encoding="{BASE64}" Id="{name}" '
        f'MimeType="application/pdf">{text}</ds:Object>'
    )


def signature_of(by: Signer, uri: str, pdf: bytes, held: str = "") -> str:
    properties = _properties(by)
    digested = _c14n(held) if held and BASE64 not in by.transforms else pdf
    info = _signed_info(by, uri, _digest(by, digested), _digest(by, _c14n(properties)))
    value = base64.b64encode(by.sign(_c14n(info))).decode()
    certificate = base64.b64encode(by.der).decode()
    key = by.key_info or (
        f"<ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data>"
    )
    return (
        f'<ds:Signature xmlns:ds="{DS}" Id="{by.id}">{info}'
        f"<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo>{key}</ds:KeyInfo>{held}"
        f'<ds:Object><xades:QualifyingProperties xmlns:xades="{XADES}" Target="#{by.id}">'
        f"{properties}{by.properties}</xades:QualifyingProperties></ds:Object></ds:Signature>"
    )


def _signed_info(by: Signer, uri: str, document: str, properties: str) -> str:
    transforms = "".join(f'<ds:Transform Algorithm="{one}"/>' for one in by.transforms)
    transforms = f"<ds:Transforms>{transforms}</ds:Transforms>" if transforms else ""
    method = by.method or (RSA if isinstance(by.key, rsa.RSAPrivateKey) else ECDSA)
    digest = f'<ds:DigestMethod Algorithm="{by.digest}"/><ds:DigestValue>'
    references = (
        f'<ds:Reference Id="{by.id}-R" URI="{uri}">{transforms}{digest}{document}'
        "</ds:DigestValue></ds:Reference>"
        if uri
        else ""
    )
    return (
        f'<ds:SignedInfo xmlns:ds="{DS}"><ds:CanonicalizationMethod Algorithm="{C14N}"/>'
        f'<ds:SignatureMethod Algorithm="{method}"/>{references}{by.more_references}'
        f'<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#{by.id}-P">'
        f'<ds:Transforms><ds:Transform Algorithm="{C14N}"/></ds:Transforms>'
        f"{digest}{properties}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    )


def _properties(by: Signer) -> str:
    digest = base64.b64encode(hashlib.sha256(by.named_certificate or by.der).digest()).decode()
    role = (
        f"<xades:SignerRoleV2><xades:ClaimedRoles><xades:ClaimedRole>{by.role}"
        "</xades:ClaimedRole></xades:ClaimedRoles></xades:SignerRoleV2>"
        if by.role
        else ""
    )
    return (
        f'<xades:SignedProperties xmlns:xades="{XADES}" Id="{by.id}-P">'
        f"<xades:SignedSignatureProperties><xades:SigningTime>{by.signed_at}</xades:SigningTime>"
        f'<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod xmlns:ds="{DS}" '
        f'Algorithm="{SHA256}"/><ds:DigestValue xmlns:ds="{DS}">{digest}</ds:DigestValue>'
        f"</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>{role}"
        "</xades:SignedSignatureProperties></xades:SignedProperties>"
    )


def _digest(by: Signer, content: bytes) -> str:
    function = "sha1" if by.digest == SHA1 else "md5" if by.digest.endswith("md5") else "sha256"
    return base64.b64encode(hashlib.new(function, content).digest()).decode()


def _c14n(xml: str) -> bytes:
    element = etree.fromstring(xml, etree.XMLParser(huge_tree=True))
    return bytes(etree.tostring(element, method="c14n", exclusive=True))
