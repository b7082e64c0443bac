"""Reads the electronic signatures of an uploaded PDF; a reader of `guarded`.

It is asked with a folder of certificates of trusted issuers, if there is one. Nothing is asked of
the network.
"""

import io
import logging
import struct
import sys
import zlib
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import CMSStructuralError
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator.errors import ValidationError

from kooperacja.documents import (
    sigchanges,
    sigdays,
    siglooks,
    signames,
    sigrevoked,
    sigtold,
    sigtrust,
)
from kooperacja.documents.pdfstart import without_prefix
from kooperacja.documents.sigplaces import at, is_time_stamp, signed_fields

MAX_SIGNATURES = 30
# pyHanko goes from bookmark to bookmark by calling itself; a long document has thousands of them.
DEEPEST = 20_000
_WHOLE = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}
_KINDS = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/PBAD.PAdES"}
_WEAK = {"md2", "md4", "md5", "sha1"}
_DIGESTS = {"sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"}
_ALGORITHMS = {"rsassa_pkcs1v15", "rsassa_pss", "ecdsa", "ed25519", "ed448"}
_POLICY = sigchanges.Policy()
UNREADABLE = (
    *(PdfError, CMSStructuralError, SignatureValidationError, ValidationError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError),
    *(NotImplementedError, OverflowError, RecursionError, zlib.error, struct.error),
)


def read(content: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    logging.disable()  # pyHanko writes names and numbers of those who signed
    sys.setrecursionlimit(DEEPEST)
    trusted = sigtrust.certificates(asked["trusted"])
    try:
        return {"signatures": inspect(content, trusted)}, b""
    except (*UNREADABLE, MemoryError):
        return {"signatures": None}, b""


def inspect(data: bytes, trusted: list[x509.Certificate]) -> list[dict[str, Any]]:
    """The signatures in the order in which they were made; time stamps are none, if they are sound."""
    reader = PdfFileReader(io.BytesIO(without_prefix(data)), strict=False)
    found = list(enumerate_sig_fields(reader, filled_status=True))
    if len(found) > MAX_SIGNATURES:
        raise ValueError("too many signatures")
    told, stamps = [], []
    for name, value, field in found:
        if not is_time_stamp(value.get_object()):
            told.append((field.reference, *_told(reader, field, name, trusted)))
        elif fault := _stamp_fault(reader, field, name):
            told.append(
                (
                    field.reference,
                    reader.xrefs.total_revisions,
                    sigtrust.MALFORMED | {"fault": fault},
                )
            )
        else:
            stamps += _proof(reader, field, name, trusted)
    last = reader.get_historical_resolver(reader.xrefs.total_revisions - 1)
    if signed_fields(last) - {ref for ref, _, _ in told}:
        raise ValueError("a signature that is not judged")
    signers = {ref: facts for ref, _, facts in told}
    for _, revision, facts in told:
        _prove(facts, revision, stamps)
        sigrevoked.doubt(facts)
        if not facts["fault"] and not facts["is_changed_after"]:
            facts["looks"] = siglooks.facts_of(reader, revision, signers)
    return [facts for _, _, facts in sorted(told, key=lambda one: one[1])]


def _stamp_fault(reader: PdfFileReader, field: Any, name: str) -> str:
    """The reason for which a time stamp is none, if there is one; who made it is not asked."""
    try:
        stamp = EmbeddedPdfSignature(reader, field, name)
        if not _is_range_sound(stamp, reader):
            return "MALFORMED"
        if {stamp.md_algorithm, stamp.external_md_algorithm} & _WEAK:
            return "WEAK"
        status = validate_pdf_timestamp(stamp, sigtrust.context([], None), skip_diff=True)
        return "" if status.valid and status.intact else "MALFORMED"
    except UNREADABLE:
        return "MALFORMED"


def _proof(
    reader: PdfFileReader, field: Any, name: str, trusted: list[x509.Certificate]
) -> list[tuple[int, datetime]]:
    """The revision that a trusted time stamp of the document covers, and its moment; none of another."""
    stamp = EmbeddedPdfSignature(reader, field, name)
    try:
        moment = validate_pdf_timestamp(stamp, sigtrust.context([], None), skip_diff=True).timestamp
        status = validate_pdf_timestamp(stamp, sigtrust.context(trusted, moment), skip_diff=True)
    except UNREADABLE:
        return []
    is_proof = status.trusted and status.coverage in _WHOLE
    return [(stamp.signed_revision, status.timestamp)] if is_proof else []


def _prove(facts: dict[str, Any], revision: int, stamps: list[tuple[int, datetime]]) -> None:
    """The earliest moment at which a trusted stamp saw the signature."""
    seen = [moment for stamped, moment in stamps if stamped > revision]
    if own := facts.get("proven_at"):
        seen.append(datetime.fromisoformat(own))
    facts["proven_at"] = min(seen).isoformat() if seen else None


def _told(
    reader: PdfFileReader, field: Any, name: str, trusted: list[x509.Certificate]
) -> tuple[int, dict[str, Any]]:
    """The revision in which it was made, and the facts."""
    facts = dict(sigtrust.MALFORMED)
    last = reader.xrefs.total_revisions
    kind = at(at(field.get_object(), "/V"), "/SubFilter")
    if kind not in _KINDS:
        return last, facts | {"fault": "WEAK" if kind == "/adbe.pkcs7.sha1" else "UNKNOWN"}
    try:
        signature = EmbeddedPdfSignature(reader, field, name)
        last = signature.signed_revision
        facts |= _who(signature)
        fault = _fault(signature, reader)
        return last, facts | ({"fault": fault} if fault else _verified(signature, trusted))
    except UNREADABLE:
        return last, facts


def _who(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    certificate = signature.signer_cert
    return {
        **signames.told_of(certificate),
        "on_behalf": signames.on_behalf(signature),
        "signed_at": sigdays.written(_reported(signature)),
    }


def _fault(signature: EmbeddedPdfSignature, reader: PdfFileReader) -> str:
    """The reason for which it can't be checked or must not be used, if there is one."""
    info = signature.signer_info
    algorithm = info["signature_algorithm"]
    try:
        made_with = algorithm.signature_algo
    except ValueError:
        return "UNKNOWN"
    digests = {signature.md_algorithm, signature.external_md_algorithm, _digest_of(algorithm)}
    if digests & _WEAK:
        return "WEAK"
    if made_with not in _ALGORITHMS or digests - _DIGESTS - {""}:
        return "UNKNOWN"
    return "" if _is_range_sound(signature, reader) else "MALFORMED"


def _digest_of(algorithm: Any) -> str:
    try:
        return str(algorithm.hash_algo)
    except ValueError:
        return ""


def _is_range_sound(signature: EmbeddedPdfSignature, reader: PdfFileReader) -> bool:
    """The two ranges of the signed bytes lie in the file, and only the signature is between them."""
    numbers = [int(number) for number in signature.byte_range]
    size = reader.stream.seek(0, io.SEEK_END)
    if len(numbers) != 4 or min(numbers) < 0:
        return False
    first, length, second, rest = numbers
    gap = 2 * len(signature.pkcs7_content) + 2
    return first == 0 and second == length + gap and second + rest <= size


def _verified(signature: EmbeddedPdfSignature, trusted: list[x509.Certificate]) -> dict[str, Any]:
    status = _status(signature, trusted)
    if not status.valid:
        return {"fault": "MALFORMED"}
    moment, is_stamped = _moment(status, is_trust_known=bool(trusted))
    return {
        "fault": "",
        "signed_at": moment.isoformat() if moment else None,
        "is_stamped": is_stamped,
        "proven_at": moment.isoformat() if is_stamped and trusted else None,
        "is_intact": bool(status.intact),
        "covers_all": status.coverage in _WHOLE,
        "is_trusted": bool(status.trusted) if trusted else None,
        "trouble": sigtrust.trouble_of(status.trust_problem_indic),
        "revoked_at": _revoked_at(signature, trusted),
        **_changes(signature, status),
    }


def _revoked_at(signature: EmbeddedPdfSignature, trusted: list[x509.Certificate]) -> str | None:
    others = signature.other_embedded_certs
    answers = sigrevoked.of_pdf(signature) if trusted else []
    moment = sigrevoked.revoked_at(signature.signer_cert, others, trusted, answers)
    return moment.isoformat() if moment else None


def _status(signature: EmbeddedPdfSignature, trusted: list[x509.Certificate]) -> PdfSignatureStatus:
    """Judged by the day on which it was made: a certificate may have expired since."""
    context = sigtrust.context(trusted, _reported(signature))
    return validate_pdf_signature(
        signature,
        signer_validation_context=context,
        ts_validation_context=context,
        diff_policy=_POLICY,
        key_usage_settings=sigtrust.USAGE,
    )


def _changes(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> dict[str, Any]:
    """Later revisions: changes of the document, or notes that leave it as it is."""
    reader, revision = signature.reader, signature.signed_revision
    if not status.intact:
        found = [sigtold.Change("BYTES")]
    elif status.coverage not in _WHOLE or revision == reader.xrefs.total_revisions - 1:
        return {"is_changed_after": False}
    elif status.modification_level == ModificationLevel.OTHER:
        found = sigtold.changes_after(reader, revision)
    elif not status.docmdp_ok:
        found = [sigtold.Change("LOCKED")]
    else:
        notes = sigtold.notes_after(reader, revision)
        return {"is_changed_after": False, "notes": [note.of for note in notes]}
    changes = [[change.code, signames.plain(change.of)] for change in found]
    return {"is_changed_after": True, "changes": changes}


def _moment(status: PdfSignatureStatus, *, is_trust_known: bool) -> tuple[Any, bool]:
    """The moment of signing, by a time stamp where there is one that counts."""
    stamp = status.timestamp_validity
    is_sound = stamp is not None and stamp.valid and stamp.intact
    if stamp is not None and is_sound and (stamp.trusted or not is_trust_known):
        return sigdays.bounded(stamp.timestamp), True
    return sigdays.bounded(status.signer_reported_dt), False


def _reported(signature: EmbeddedPdfSignature) -> datetime | None:
    try:
        return sigdays.bounded(signature.self_reported_timestamp)
    except (PdfError, ValueError, TypeError):
        return None
