"""The master keys, which never touch the database: setting KOOPERACJA_KEK, "id:base64", newest first."""

import base64
import binascii

from django.conf import settings

from kooperacja.crypto.envelope import KEY_BYTES, KeyMissing, Keyring
from kooperacja.embedded.problems import SetupProblem

_HIGHEST_NUMBER = 32767


def keyring() -> Keyring:
    """All master keys; the first one of the setting wraps, the others still open."""
    return parse(settings.KOOPERACJA_KEK)


def require() -> None:
    """At the start of a process: one sentence if there is no usable key."""
    try:
        keyring()
    except KeyMissing as missing:
        raise SetupProblem(
            f"{missing.detail} Uruchom przez `kooperacja` albo ustaw zmienną."
        ) from None


def parse(text: str) -> Keyring:
    pairs = [_pair(part) for part in text.split(",") if part.strip()]
    keys = dict(pairs)
    if not pairs or len(keys) != len(pairs):
        raise KeyMissing("KOOPERACJA_KEK: brak klucza głównego albo powtórzony numer.")
    return Keyring(active=pairs[0][0], keys=keys)


def _pair(part: str) -> tuple[int, bytes]:
    # The text itself is never echoed: part of it may be a key.
    number, _, encoded = part.strip().partition(":")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not number.isascii() or not number.isdigit() or len(key) != KEY_BYTES:
        raise KeyMissing("KOOPERACJA_KEK: każdy klucz ma postać numer:base64 (32 bajty).")
    if not 1 <= int(number) <= _HIGHEST_NUMBER:
        raise KeyMissing(f"KOOPERACJA_KEK: numer klucza jest od 1 do {_HIGHEST_NUMBER}.")
    return int(number), key
