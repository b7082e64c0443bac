"""AES-256-GCM with the key's number in the clear and the place of the value bound to it.

Layout: format (1 byte) | number of the key (2) | nonce (12) | ciphertext with its tag (16).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kooperacja.ui.problems import Problem

FORMAT = 1
KEY_BYTES = 32
_NONCE_BYTES = 12
_HEADER_BYTES = 3
_SHORTEST = _HEADER_BYTES + _NONCE_BYTES + 16


class CryptoError(RuntimeError):
    """A sealed value could not be opened, so it stays closed."""


class KeyMissing(Problem, CryptoError):
    """The key that the value needs is not here; nothing is shown and nothing is written."""

    status = 503

    def __init__(self, detail: str) -> None:
        super().__init__(
            "Dane są zamknięte, bo serwer nie ma do nich klucza",
            "Powiadom administratora platformy. Dane wrócą, gdy klucz będzie na miejscu.",
            kept="Nic nie zostało zapisane ani usunięte.",
        )
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.title}: {self.detail}"


class Tampered(CryptoError):
    """The value was changed, or stands in another tenant, table, column or row than its own."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by number; the active one seals, every one opens."""

    active: int
    keys: Mapping[int, bytes] = field(repr=False)

    def key(self, number: int) -> bytes:
        try:
            return self.keys[number]
        except KeyError:
            raise KeyMissing(f"brak klucza nr {number}") from None


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def bind(*place: object) -> bytes:
    """The place of a value, as associated data: tenant|table|column|row."""
    words = [str(word) for word in place]
    if any("|" in word or not word for word in words):
        raise ValueError("a place is made of non-empty words without |")
    return "|".join(words).encode()


def seal(plain: bytes, *, aad: bytes, keyring: Keyring) -> bytes:
    header = bytes([FORMAT]) + keyring.active.to_bytes(2, "big")
    nonce = os.urandom(_NONCE_BYTES)
    cipher = AESGCM(keyring.key(keyring.active))
    return header + nonce + cipher.encrypt(nonce, plain, header + aad)


def open_sealed(sealed: bytes, *, aad: bytes, keyring: Keyring) -> bytes:
    number = key_number(sealed)
    header, rest = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES:]
    cipher = AESGCM(keyring.key(number))
    try:
        return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], header + aad)
    except InvalidTag:
        raise Tampered("the value was changed or moved") from None


def key_number(sealed: bytes) -> int:
    """The number of the key that a value was sealed with."""
    if len(sealed) < _SHORTEST or sealed[0] != FORMAT:
        raise Tampered("not a sealed value")
    return int.from_bytes(sealed[1:_HEADER_BYTES], "big")
