"""Checks one signature of a XAdES file by signxml; a part of `containers`.

Only what signxml gives back as signed counts: the day, the role, and that it is the document's bytes.
"""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from cryptography import exceptions
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate
from lxml import etree
from pyhanko.sign.validation.generic_cms import handle_certvalidator_errors
from pyhanko_certvalidator import CertificateValidator
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidDigest, InvalidInput, SignXMLException
from signxml.xades.xades import (
    XAdESSignatureConfiguration,
    XAdESVerifier,
    XAdESVerifyResult,
)

from kooperacja.documents import sigdays, signames, sigrevoked, sigtrust
from kooperacja.documents.sigpadding import is_made_without_null
from kooperacja.documents.xades import DS, OBJECT, decoded, parser, signatures_in

_XADES = "{http://uri.etsi.org/01903/v1.3.2#}"
_BASE64 = "http://www.w3.org/2000/09/xmldsig#base64"
_METHODS = frozenset(
    method
    for method in SignatureMethod
    if "SHA1" not in method.name and not method.name.startswith(("HMAC", "DSA"))
)
_DIGESTS = frozenset(method for method in DigestAlgorithm if method != DigestAlgorithm.SHA1)
_KNOWN = {method.value for method in (*_METHODS, *_DIGESTS)}
_TRANSFORMS = {_BASE64, *(method.value for method in CanonicalizationMethod)}
_WEAK = ("sha1", "md5", "md2", "md4")
_UNREADABLE = (
    *(SignXMLException, etree.LxmlError, exceptions.UnsupportedAlgorithm),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError),
    *(NotImplementedError, OverflowError, RecursionError),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A signature in its file, the document that it should cover, and the files it may name."""

    root: Any
    at: int
    document: bytes
    file: Callable[[str], bytes | None] | None = None

    @property
    def signature(self) -> Any:
        return signatures_in(self.root)[self.at]


class _Changed(Exception):
    """The signature is right, and the document is another one than was signed."""


class _Verifier(XAdESVerifier):
    """Verifies the signature of a place; an RSA signature without NULL too, as RFC 8017 asks."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def _get_signature(self, root: Any) -> Any:
        return signatures_in(root)[self.place.at]

    def _verify_signature_with_pubkey(self, **given: Any) -> Any:
        try:
            return super()._verify_signature_with_pubkey(**given)
        except exceptions.InvalidSignature:
            certificate, signed = given["signing_certificate"], given["signed_info_c14n"]
            if not _is_without_null(certificate, given["signature_alg"], signed, given):
                raise
            return signed, certificate.public_key()

    def _verify_reference(self, reference: Any, index: int, root: Any, *others: Any) -> Any:
        verify: Any = super()._verify_reference
        try:
            return verify(reference, index, root, *others)
        except InvalidDigest:
            if self._is_of_document(root, reference):
                raise _Changed from None
            raise

    def _is_of_document(self, root: Any, reference: Any) -> bool:
        resolve: Any = self._resolve_reference
        target = resolve(root, reference, self.place.file)
        if isinstance(target, bytes):
            return target == self.place.document
        return bool(target.tag == OBJECT) and decoded(target) == self.place.document


def told(place: Place, trusted: list[x509.Certificate]) -> dict[str, Any]:
    """The facts of a signature, in the words of `sigcheck`."""
    facts: dict[str, Any] = dict(sigtrust.MALFORMED)
    try:
        fault = _fault(place.signature)
        certificates = _certificates(place.signature)
        signer = _signer(place.signature, certificates)
        if signer is None:
            return facts | {"fault": fault or _without_signer(place.signature, certificates)}
        facts |= signames.told_of(signer)
        return facts | (
            {"fault": fault} if fault else _verified(place, signer, certificates, trusted)
        )
    except _UNREADABLE:
        return facts


def _fault(signature: Any) -> str:
    """The reason for which it can't be checked or must not be used, if there is one."""
    info = signature.find(f"{DS}SignedInfo")
    methods = [*info.iter(f"{DS}SignatureMethod", f"{DS}DigestMethod")]
    names = [str(method.get("Algorithm")) for method in methods]
    if any(weak in name.lower() for name in names for weak in _WEAK):
        return "WEAK"
    if not set(names) <= _KNOWN or any(map(_is_odd, info.iter(f"{DS}Reference"))):
        return "UNKNOWN"
    return ""


def _is_odd(reference: Any) -> bool:
    """Changes what it names in a way that we don't follow, such as XPath or XSLT."""
    names = [str(one.get("Algorithm")) for one in reference.iter(f"{DS}Transform")]
    is_file = not reference.get("URI", "").startswith("#")
    return not set(names) <= _TRANSFORMS or len(names) > (0 if is_file else 1)


def _certificates(signature: Any) -> list[x509.Certificate]:
    path = f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate"
    found = [x509.Certificate.load(base64.b64decode(one.text)) for one in signature.findall(path)]
    return [one for one in found if one.native]  # read to the end, or refused here


def _named(signature: Any) -> Any:
    """The digest of the certificate of who signs; signxml holds it to what was signed."""
    for name in ("SigningCertificateV2", "SigningCertificate"):
        path = f"{DS}Object/{_XADES}QualifyingProperties/{_XADES}SignedProperties/"
        path += f"{_XADES}SignedSignatureProperties/{_XADES}{name}/{_XADES}Cert/{_XADES}CertDigest"
        if (found := signature.find(path)) is not None:
            return found
    return None


def _signer(signature: Any, certificates: list[x509.Certificate]) -> x509.Certificate | None:
    named = _named(signature)
    if named is None:
        return None
    function = DigestAlgorithm(named.find(f"{DS}DigestMethod").get("Algorithm")).implementation()
    wanted = base64.b64decode(named.find(f"{DS}DigestValue").text)
    return next((one for one in certificates if _digest(one, function) == wanted), None)


def _digest(certificate: x509.Certificate, function: hashes.HashAlgorithm) -> bytes:
    made = hashes.Hash(function)
    made.update(certificate.dump())
    return made.finalize()


def _without_signer(signature: Any, certificates: list[x509.Certificate]) -> str:
    """A signature by a bare key, or without the properties of XAdES, is of another kind."""
    return "MALFORMED" if certificates and _named(signature) is not None else "UNKNOWN"


def _verified(
    place: Place,
    signer: x509.Certificate,
    certificates: list[x509.Certificate],
    trusted: list[x509.Certificate],
) -> dict[str, Any]:
    try:
        results = _results(place, signer)
    except _Changed:
        return {"fault": "", "is_changed_after": True, "changes": [["BYTES", ""]]}
    properties = _properties(results)
    moment = _moment(properties)
    is_trusted, trouble = _trust(signer, certificates, trusted, moment)
    facts = {
        "fault": "",
        "on_behalf": _on_behalf(signer, properties),
        "signed_at": moment.isoformat() if moment else None,
        "is_intact": True,
        "covers_all": any(_covers(result, place.document) for result in results),
        "is_trusted": is_trusted,
        "trouble": trouble,
        "revoked_at": _revoked_at(place.signature, signer, certificates, trusted),
    }
    sigrevoked.doubt(facts)
    return facts


def _results(place: Place, signer: x509.Certificate) -> list[Any]:
    certificate = load_der_x509_certificate(signer.dump())
    config = XAdESSignatureConfiguration(
        expect_references=True,
        signature_methods=_METHODS,
        digest_algorithms=_DIGESTS,
        # Its days are told of beside the signature, as for one in a PDF.
        verification_time=certificate.not_valid_before_utc,
    )
    return _Verifier(place).verify(
        place.root,
        x509_cert=certificate,
        parser=parser(),
        uri_resolver=place.file,
        expect_config=config,
    )


def _covers(result: Any, document: bytes) -> bool:
    """It signed the very bytes of the document, or the element that holds nothing but them."""
    if result.signed_data == document:
        return True
    element = result.signed_xml
    return element is not None and element.tag == OBJECT and decoded(element) == document


def _properties(results: list[Any]) -> Any:
    for result in results:
        if isinstance(result, XAdESVerifyResult):
            return result.signed_properties
    raise InvalidInput("no signed properties")


def _moment(properties: Any) -> datetime | None:
    written = (properties.findtext(f"{_XADES}SigningTime") or "").strip()
    if not written:
        return None
    return sigdays.bounded(datetime.fromisoformat(written))


def _on_behalf(signer: x509.Certificate, properties: Any) -> str:
    """The person for whom a seal was put, as its signed role says; podpis zaufany writes it there."""
    if not signames.is_seal(signer):
        return ""
    for role in properties.iter(f"{_XADES}ClaimedRole"):
        parts = {name: _texts(role, name) for name in ("Imie", "Nazwisko")}
        name = signames.plain(" ".join([*parts["Imie"], *parts["Nazwisko"]]))
        if name or (name := signames.of_reason(" ".join(role.itertext()))):
            return name
    return ""


def _texts(role: Any, name: str) -> list[str]:
    return [one.text or "" for one in role.iter("{*}" + name)]


def _trust(
    signer: x509.Certificate,
    others: list[x509.Certificate],
    trusted: list[x509.Certificate],
    moment: datetime | None,
) -> tuple[bool | None, str]:
    """Judged by the day on which it was made: a certificate may have expired since."""
    if not trusted:
        return None, ""
    context = sigtrust.context(trusted, moment)

    async def usable() -> None:
        path = await CertificateValidator(signer, others, context).async_validate_path()
        if path.pkix_len > 0:
            sigtrust.USAGE.validate(signer)

    result = asyncio.run(handle_certvalidator_errors(signer, usable()))
    indication = result.error_subindic
    return indication is None, sigtrust.trouble_of(indication)


def _revoked_at(
    signature: Any,
    signer: x509.Certificate,
    others: list[x509.Certificate],
    trusted: list[x509.Certificate],
) -> str | None:
    """The answers of whoever signed or extended the file stand below it, unsigned (XAdES-XL)."""
    if not trusted:
        return None
    encoded = [
        [decoded(one) for one in signature.iter(f"{_XADES}Encapsulated{kind}Value")]
        for kind in ("CRL", "OCSP")
    ]
    moment = sigrevoked.revoked_at(signer, others, trusted, sigrevoked.of_encoded(*encoded))
    return moment.isoformat() if moment else None


def _is_without_null(
    certificate: Any, method: SignatureMethod, signed: bytes, given: dict[str, Any]
) -> bool:
    function = method.name.removeprefix("RSA_").lower()
    if not method.name.startswith("RSA_") or function not in {"sha256", "sha384", "sha512"}:
        return False
    made = hashes.Hash(DigestAlgorithm.from_fragment(function).implementation())
    made.update(signed)
    key = x509.Certificate.load(certificate.public_bytes(Encoding.DER)).public_key
    return is_made_without_null(given["raw_signature"], function, made.finalize(), key)
