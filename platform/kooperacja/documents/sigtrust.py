"""Trust in the certificate of a signature; a part of the readers of signatures."""

from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.sign.validation.settings import KeyUsageConstraints

USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
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
