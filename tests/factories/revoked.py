"""Answers of issuers about certificates, and signed files that carry them."""

import base64
import io
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509 as build
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests.factories import signatures as make
from tests.factories import signing

_A_WEEK = timedelta(days=7)
# Where its issuer answers about a certificate; nothing is ever asked there.
ANSWERS_AT = build.AuthorityInformationAccess(
    [
        build.AccessDescription(
            AuthorityInformationAccessOID.OCSP,
            build.UniformResourceIdentifier("http://ocsp.example.pl"),
        )
    ]
)


def listed(
    serials: Collection[int], since: datetime, on: datetime, by: make.Issuer | None = None
) -> bytes:
    """A list of an issuer's revoked certificates, as of a day."""
    issuer = by or make.issuer()
    made = (
        build.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(on)
        .next_update(on + _A_WEEK)
    )
    for serial in serials:
        revoked = build.RevokedCertificateBuilder().serial_number(serial).revocation_date(since)
        made = made.add_revoked_certificate(revoked.build())
    signed = made.sign(issuer.key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.DER)


def answered(certificate: Any, since: datetime | None, on: datetime) -> bytes:
    """An answer about one certificate; without a day it is in order."""
    issuer = make.issuer()
    made = ocsp.OCSPResponseBuilder().add_response(
        cert=build.load_der_x509_certificate(certificate.dump()),
        issuer=issuer.certificate,
        algorithm=hashes.SHA256(),
        cert_status=ocsp.OCSPCertStatus.REVOKED if since else ocsp.OCSPCertStatus.GOOD,
        this_update=on,
        next_update=on + _A_WEEK,
        revocation_time=since,
        revocation_reason=build.ReasonFlags.key_compromise if since else None,
    )
    made = made.responder_id(ocsp.OCSPResponderEncoding.NAME, issuer.certificate)
    signed = made.sign(issuer.key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.DER)


def with_answers(
    content: bytes, *, lists: Collection[bytes] = (), about: Collection[bytes] = ()
) -> bytes:
    """A signed document to which a program added what issuers answered (PAdES-B-LT)."""
    out = io.BytesIO(content)
    DocumentSecurityStore.add_dss(
        out,
        None,
        crls=[asn1_crl.CertificateList.load(one) for one in lists],
        ocsps=[asn1_ocsp.OCSPResponse.load(one) for one in about],
        force_write=True,
    )
    return out.getvalue()


def values(*lists: bytes) -> str:
    """The unsigned properties of a XAdES file with lists of revoked certificates."""
    encoded = "".join(
        f"<xades:EncapsulatedCRLValue>{base64.b64encode(one).decode()}</xades:EncapsulatedCRLValue>"
        for one in lists
    )
    return (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:RevocationValues>"
        f"<xades:CRLValues>{encoded}</xades:CRLValues></xades:RevocationValues>"
        "</xades:UnsignedSignatureProperties></xades:UnsignedProperties>"
    )


def revoked(name: str = "Jan Dyrektor", content: bytes = b"") -> bytes:
    """Signed now, by a certificate that had been revoked a year before, with the list that says it."""
    by = signing.signer(name)
    now = datetime.now(make.FROM.tzinfo)
    told = listed([by.signing_cert.serial_number], now - timedelta(days=365), now)
    return with_answers(signing.signed(by, content=content), lists=[told])
