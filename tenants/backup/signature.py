"""The signature of a package's manifest, made with a key that the site alone has."""

import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kooperacja.crypto import kek
from kooperacja.crypto.envelope import KEY_BYTES, Keyring

SIGNATURE = "manifest.signature"
_PURPOSE = b"kooperacja: manifest of a backup"


def sign(manifest: bytes) -> str:
    """The number of the master key, and what only its holder can say of these bytes."""
    ring = kek.keyring()
    return f"{ring.active}:{_said(ring, ring.active, manifest)}\n"


def is_ours(manifest: bytes, signature: str) -> bool:
    """The holder of one of the master keys signed these bytes; KeyMissing without it."""
    number, _, said = signature.rstrip("\n").partition(":")
    if not (number.isascii() and number.isdigit()):
        return False
    return hmac.compare_digest(_said(kek.keyring(), int(number), manifest).encode(), said.encode())


def _said(ring: Keyring, number: int, manifest: bytes) -> str:
    key = HKDF(SHA256(), KEY_BYTES, salt=None, info=_PURPOSE).derive(ring.key(number))
    return hmac.digest(key, manifest, "sha256").hex()
