"""Trust in the certificate of a signature; a part of the readers of signatures."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from kooperacja.documents.sigpadding import BothEncodings

USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
# The facts of a signature of which nothing else can be told.
MALFORMED: dict[str, Any] = {
    "signer": "",
    "issuer": "",
    "fault": "MALFORMED",
    "is_intact": False,
    "covers_all": False,
    "is_changed_after": False,
}
# By the beginning of what ETSI EN 319 102-1 calls it.
_TROUBLES = {
    "OUT_OF_BOUNDS": "EXPIRED",
    "NO_CERTIFICATE_CHAIN": "UNKNOWN",
    "CRYPTO": "WEAK",
    "REVOKED": "REVOKED",
}


def trouble_of(indication: Any) -> str:
    """The reason for which the certificate is not trusted."""
    name = str(getattr(indication, "name", ""))
    for beginning, trouble in _TROUBLES.items():
        if name.startswith(beginning):
            return trouble
    return "OTHER" if name else ""


def context(trusted: list[x509.Certificate], moment: datetime | None) -> ValidationContext:
    """Judges by the day of a signature, if it is not to come: a certificate may have expired since."""
    now = datetime.now(UTC)
    return ValidationContext(
        trust_roots=trusted,
        allow_fetching=False,
        moment=min(moment, now) if moment else now,
        signature_validator=BothEncodings(),
    )


def certificates(folder: str) -> list[x509.Certificate]:
    """Those of the trusted issuers; none without a folder."""
    found = []
    for file in sorted(Path(folder).glob("[!.]*")) if folder else ():
        content = file.read_bytes()
        if pem.detect(content):
            found += [x509.Certificate.load(part) for _, _, part in pem.unarmor(content, True)]
        elif file.suffix in {".cer", ".crt", ".der"}:
            found.append(x509.Certificate.load(content))
    return found
