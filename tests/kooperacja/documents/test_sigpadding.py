"""RSA signatures without NULL: exactly one encoding more is taken, and nothing near it."""

import hashlib

import pytest
from asn1crypto import algos
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from kooperacja.documents.sigpadding import BothEncodings, encoded
from tests.factories import signatures as make
from tests.factories import signing

DATA = b"Przystepujemy."
INFO = signing.digest_info(DATA)
WITH_NULL = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(DATA).digest()
LENGTH = 256


def taken(signature: bytes, algorithm: str = "sha256_rsa", key: object = None) -> bool:
    certificate = make.certificate("Jan", key or signing.rsa_key(), "A", make.issuer().key)
    public = make.asn1_of(certificate).public_key
    chosen = algos.SignedDigestAlgorithm({"algorithm": algorithm})
    try:
        BothEncodings().validate_signature(signature, DATA, public, chosen)
    except InvalidSignature:
        return False
    return True


def raised(message: bytes) -> bytes:
    return signing.raised(signing.rsa_key(), message)


def framed(info: bytes, trailing: bytes = b"") -> bytes:
    return signing.framed(info, signing.rsa_key(), trailing)


def test_both_encodings_that_the_standard_allows_are_taken() -> None:
    assert taken(raised(framed(INFO)))
    assert taken(raised(framed(WITH_NULL)))
    assert encoded("sha256", hashlib.sha256(DATA).digest(), LENGTH) == framed(INFO)


def short(filling: int) -> bytes:
    """Few bytes of filling and rubbish after the digest, as Bleichenbacher's forgery has it."""
    start = b"\x00\x01" + b"\xff" * filling + b"\x00" + INFO
    return start + bytes(LENGTH - len(start))


def replaced(place: int, value: int) -> bytes:
    message = bytearray(framed(INFO))
    message[place] = value
    return bytes(message)


BAD = {
    "another document": framed(signing.digest_info(b"Wystepujemy.")),
    "another function": framed(
        INFO.replace(bytes.fromhex("0402010420"), bytes.fromhex("0402030420"))
    ),
    "rubbish after": framed(INFO, b"\x00"),
    "rubbish after short filling": short(8),
    "no filling": short(0),
    "filling with a hole": replaced(30, 0xFE),
    "zero in the filling": replaced(30, 0x00),
    "encryption padding": replaced(1, 0x02),
    "bare digest": framed(hashlib.sha256(DATA).digest()),
    "long form of a length": framed(b"\x30\x81\x2f" + INFO[2:]),
    "parameters that are no NULL": framed(
        bytes.fromhex("3031300d060960864801650304020104000420") + hashlib.sha256(DATA).digest()
    ),
}


@pytest.mark.parametrize("message", BAD.values(), ids=BAD)
def test_nothing_near_it_is_taken(message: bytes) -> None:
    assert not taken(raised(message))


def test_a_signature_has_the_length_of_the_key_and_is_below_the_modulus() -> None:
    good = raised(framed(INFO))
    modulus = signing.rsa_key().public_key().public_numbers().n
    more = int.from_bytes(good, "big") + modulus
    assert not taken(b"\x00" + good)
    assert not taken(good[1:])
    assert not taken(more.to_bytes(LENGTH + 1, "big"))
    assert not taken(b"")


def test_other_keys_and_algorithms_are_left_to_the_library() -> None:
    other = rsa.generate_private_key(65537, 2048)
    assert not taken(raised(framed(INFO)), key=other)
    assert not taken(raised(framed(INFO)), algorithm="sha512_rsa")
    assert not taken(raised(framed(INFO)), algorithm="sha1_rsa")
    assert not taken(b"0", algorithm="sha256_ecdsa", key=ec.generate_private_key(ec.SECP256R1()))


def test_a_key_too_short_for_the_message_signs_nothing() -> None:
    assert encoded("sha512", bytes(64), 64) is None
