"""Reads the electronic signatures of an uploaded PDF; a reader of `guarded`.

It is asked with a folder of certificates of trusted issuers, if there is one. Nothing is asked of
the network.
"""

import io
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MAX_SIGNATURES = 30
# A later signature, its time stamp or a filled-in field of the form; anything else is a change.
_HARMLESS = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
_WHOLE = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    trusted = _certificates(asked["trusted"]) if asked["trusted"] else []
    try:
        return {"signatures": inspect(content, trusted)}, b""
    except (PdfError, ValueError, TypeError, KeyError, MemoryError, RecursionError):
        return {"signatures": None}, b""


def inspect(data: bytes, trusted: list[x509.Certificate]) -> list[dict[str, Any]]:
    """The signatures in the order in which they were made."""
    embedded = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
    if len(embedded) > MAX_SIGNATURES:
        raise ValueError("too many signatures")
    return [_told(signature, trusted) for signature in embedded]


def _told(signature: EmbeddedPdfSignature, trusted: list[x509.Certificate]) -> dict[str, Any]:
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    certificate = signature.signer_cert
    facts: dict[str, Any] = {
        "signer": _name(certificate.subject),
        "issuer": _name(certificate.issuer),
    }
    try:
        status = validate_pdf_signature(
            signature, signer_validation_context=context, ts_validation_context=context
        )
    except SignatureValidationError:
        return facts | {"is_intact": False, "covers_all": False, "is_changed_after": True}
    moment, is_stamped = _moment(status)
    return facts | {
        "signed_at": moment.isoformat() if moment else None,
        "is_stamped": is_stamped,
        "is_intact": bool(status.intact and status.valid),
        "covers_all": status.coverage in _WHOLE,
        "is_changed_after": not status.docmdp_ok or status.modification_level not in _HARMLESS,
        "is_trusted": bool(status.trusted) if trusted else None,
    }


def _moment(status: PdfSignatureStatus) -> tuple[Any, bool]:
    stamp = status.timestamp_validity
    if stamp is not None and stamp.valid and stamp.intact:
        return stamp.timestamp, True
    return status.signer_reported_dt, False


def _name(name: x509.Name) -> str:
    """The name and the institution; never the serial number, which may hold a PESEL."""
    parts = name.native
    words = [parts.get("common_name"), parts.get("organization_name")]
    return ", ".join(str(word) for word in words if word)[:200]


def _certificates(folder: str) -> list[x509.Certificate]:
    certificates = []
    for file in sorted(Path(folder).iterdir()):
        content = file.read_bytes()
        if pem.detect(content):
            certificates += [
                x509.Certificate.load(part) for _, _, part in pem.unarmor(content, True)
            ]
        elif file.suffix in {".cer", ".crt", ".der"}:
            certificates.append(x509.Certificate.load(content))
    return certificates
