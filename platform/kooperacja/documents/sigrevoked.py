"""Answers about certificates that a signed file carries: lists of revoked ones, and OCSP answers.

Nothing is asked of the network, so a revocation is known only where the file itself tells of it.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from kooperacja.documents.sigpadding import BothEncodings

MOST = 40  # answers of one file that are asked; a longer chain has fewer
_FAULTS = (
    *(PathBuildingError, PathValidationError, ValidationError, PdfError),
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError),
    *(NotImplementedError, OverflowError, RecursionError),
)
# Of the signer alone: few files tell of the whole chain, and trusted issuers stand on a list.
_POLICY = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK
    )
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about certificates, and the day for which it was given."""

    about: dict[str, Any]
    on: datetime

    @classmethod
    def of_list(cls, der: bytes) -> "Answer":
        made = crl.CertificateList.load(der)
        return cls({"crls": [made]}, made["tbs_cert_list"]["this_update"].native)

    @classmethod
    def of_responder(cls, der: bytes) -> "Answer":
        made = ocsp.OCSPResponse.load(der)
        told = made.basic_ocsp_response["tbs_response_data"]["responses"]
        return cls({"ocsps": [made]}, min(one["this_update"].native for one in told))


def revoked_at(
    signer: x509.Certificate,
    others: Iterable[x509.Certificate],
    trusted: list[x509.Certificate],
    answers: Iterable[Answer],
) -> datetime | None:
    """The moment from which an answer of its issuer says that the certificate was revoked."""
    others = list(others)
    found = [_by(signer, others, trusted, one) for one in islice(answers, MOST)]
    return min((moment for moment in found if moment), default=None)


def doubt(facts: dict[str, Any]) -> None:
    """A certificate that was revoked is trusted only where a stamp proves an earlier signature."""
    if not (revoked := facts.get("revoked_at")):
        return
    proven = facts.get("proven_at")
    if proven is None or datetime.fromisoformat(proven) >= datetime.fromisoformat(revoked):
        facts |= {"is_trusted": False, "trouble": "REVOKED"}


def _by(
    signer: x509.Certificate,
    others: list[x509.Certificate],
    trusted: list[x509.Certificate],
    answer: Answer,
) -> datetime | None:
    """Each answer is judged on its own day, on which it was the newest."""
    context = ValidationContext(
        trust_roots=trusted,
        other_certs=others,
        moment=answer.on,
        revinfo_policy=_POLICY,
        signature_validator=BothEncodings(),
        **{"crls": [], "ocsps": [], **answer.about},
    )
    try:
        asyncio.run(CertificateValidator(signer, others, context).async_validate_path())
    except RevokedError as told:
        return told.revocation_dt
    except _FAULTS:
        return None
    return None


def of_pdf(signature: EmbeddedPdfSignature) -> list[Answer]:
    """The answers in a document (/DSS) and in the signature itself."""
    readers = (_in_store, _in_attribute, _beside)
    return [*chain.from_iterable(_read(reader(signature)) for reader in readers)]


def of_encoded(lists: Iterable[bytes], answers: Iterable[bytes]) -> list[Answer]:
    """The answers of a XAdES file."""
    return [*_read((Answer.of_list, one) for one in lists), *_read(_by_responders(answers))]


Made = Callable[[bytes], Answer]


def _read(found: Iterator[tuple[Made, bytes]]) -> Iterator[Answer]:
    """As many as can be read; one that is broken proves nothing, for or against a signature."""
    with suppress(*_FAULTS):
        for made, der in found:
            with suppress(*_FAULTS):
                yield made(der)


def _by_responders(answers: Iterable[bytes]) -> Iterator[tuple[Made, bytes]]:
    return ((Answer.of_responder, one) for one in answers)


def _in_store(signature: EmbeddedPdfSignature) -> Iterator[tuple[Made, bytes]]:
    root = signature.reader.root
    if "/DSS" not in root:
        return
    store = root["/DSS"]
    for key, made in (("/CRLs", Answer.of_list), ("/OCSPs", Answer.of_responder)):
        streams = store[key] if key in store else ()  # noqa: SIM401 - `get` follows no reference
        for stream in streams:
            yield made, getattr(stream.get_object(), "data", b"")


def _in_attribute(signature: EmbeddedPdfSignature) -> Iterator[tuple[Made, bytes]]:
    """Adobe's programs sign the answers together with the document."""
    attributes = signature.signer_info["signed_attrs"]
    for archive in find_cms_attribute_iter(attributes, "adobe_revocation_info_archival"):
        for one in archive["crl"] or ():
            yield Answer.of_list, one.dump()
        for one in archive["ocsp"] or ():
            yield Answer.of_responder, one.dump()


def _beside(signature: EmbeddedPdfSignature) -> Iterator[tuple[Made, bytes]]:
    for one in signature.signed_data["crls"] or ():
        yield Answer.of_list, one.chosen.dump()
