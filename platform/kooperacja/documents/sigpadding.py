"""RSA signatures whose DigestInfo has no NULL, as podpis zaufany makes them; a part of `sigcheck`.

RFC 8017 (appendix A.2.4) wants a verifier to take both; OpenSSL takes the one with NULL alone.
"""

import hashlib
import hmac
from typing import Any

from asn1crypto import algos, keys
from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator.sig_validate import (
    DEFAULT_VALIDATION_CONTEXT,
    DefaultSignatureValidator,
    SignatureValidationContext,
)

# Their object identifiers as DER.
_NAMES = {
    "sha256": bytes.fromhex("0609608648016503040201"),
    "sha384": bytes.fromhex("0609608648016503040202"),
    "sha512": bytes.fromhex("0609608648016503040203"),
}
_SHORTEST_FILLING = 8


class BothEncodings(DefaultSignatureValidator):
    """Takes what pyHanko takes, and the other encoding that the standard allows."""

    def validate_signature(
        self,
        signature: bytes,
        signed_data: bytes,
        public_key_info: keys.PublicKeyInfo,
        signature_algorithm: algos.SignedDigestAlgorithm,
        context: SignatureValidationContext = DEFAULT_VALIDATION_CONTEXT,
    ) -> None:
        try:
            super().validate_signature(
                signature, signed_data, public_key_info, signature_algorithm, context
            )
        except InvalidSignature:
            function = _function(signature_algorithm, context)
            digest = _digest(function, signed_data, is_digest=context.prehashed)
            if digest is None or not is_made_without_null(
                signature, function, digest, public_key_info
            ):
                raise


def is_made_without_null(
    signature: bytes, function: str, digest: bytes, key: keys.PublicKeyInfo
) -> bool:
    """Compares the whole encoded message with the only one that is right; nothing is parsed."""
    if key.algorithm != "rsa":
        return False
    numbers = key["public_key"].parsed
    modulus, exponent = numbers["modulus"].native, numbers["public_exponent"].native
    length = (modulus.bit_length() + 7) // 8
    expected = encoded(function, digest, length)
    number = int.from_bytes(signature, "big")
    if expected is None or len(signature) != length or number >= modulus:
        return False
    opened = pow(number, exponent, modulus).to_bytes(length, "big")
    return hmac.compare_digest(opened, expected)


def encoded(function: str, digest: bytes, length: int) -> bytes | None:
    """EMSA-PKCS1-v1_5 of a digest in `length` bytes, with an AlgorithmIdentifier without NULL."""
    algorithm = b"\x30" + bytes([len(_NAMES[function])]) + _NAMES[function]
    told = algorithm + b"\x04" + bytes([len(digest)]) + digest
    info = b"\x30" + bytes([len(told)]) + told
    filling = length - len(info) - 3
    if filling < _SHORTEST_FILLING:
        return None
    return b"\x00\x01" + b"\xff" * filling + b"\x00" + info


def _function(algorithm: algos.SignedDigestAlgorithm, context: SignatureValidationContext) -> str:
    """The name of the function of a PKCS#1 v1.5 signature; empty for any other."""
    try:
        if algorithm.signature_algo != "rsassa_pkcs1v15":
            return ""
    except ValueError:
        return ""
    try:
        return str(algorithm.hash_algo)
    except ValueError:
        return context.contextual_md_algorithm or ""


def _digest(function: str, data: bytes, *, is_digest: bool) -> bytes | None:
    if function not in _NAMES:
        return None
    made: Any = hashlib.new(function, b"" if is_digest else data)
    digest: bytes = data if is_digest else made.digest()
    return digest if len(digest) == made.digest_size else None
