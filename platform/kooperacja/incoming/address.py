"""Addresses for answers: <local>+<kind>.<token>@<domain>, where the token names a row of a tenant.

Nobody but this site can make a token. It is written in small letters, since servers on the way
change the case, and a local part has 64 signs at most (RFC 5321).
"""

import hmac
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.ref import TenantRef

RETURNS = "zwrot"  # the kind of the address to which a mail comes back, of its id
KIND = re.compile(r"[a-z]{1,8}")
_TOKEN = re.compile(r"[a-z2-7]{44}")
_CODE_BYTES, _SEAL_BYTES = 3, 8


@dataclass(frozen=True, slots=True)
class Address:
    """The row to which an answer belongs: the kind of its handler, the tenant's code, its id.

    The code is empty where the row is of the shared plane.
    """

    kind: str
    code: str
    row_id: UUID


def reply_address(kind: str, row_id: UUID) -> str:
    """The address for answers about a row of the current tenant; empty where the site takes none."""
    if not settings.INCOMING_MAIL_ADDRESS:
        return ""
    return _address(kind, current_tenant().code, row_id)


def return_address(tenant: TenantRef | None, mail: UUID) -> str:
    """The address to which a mail comes back; empty where the site takes none, or is to take none."""
    if not settings.INCOMING_MAIL_ADDRESS or settings.INCOMING_RETURNS_OFF:
        return ""
    return _address(RETURNS, tenant.code if tenant else "", mail)


def _address(kind: str, code: str, row_id: UUID) -> str:
    assert KIND.fullmatch(kind), "a kind has 1 to 8 small letters"
    local, _, domain = settings.INCOMING_MAIL_ADDRESS.partition("@")
    token = _sealed(kind, _named(code) + row_id.bytes)
    return f"{local}+{kind}.{token}@{domain}"


def read_address(text: str) -> Address | None:
    """The row that an address names; None of whatever this site did not make itself."""
    local, _, domain = settings.INCOMING_MAIL_ADDRESS.partition("@")
    account, _, host = text.strip().lower().rpartition("@")
    box, _, detail = account.partition("+")
    kind, _, token = detail.partition(".")
    is_ours = bool(local) and (box, host) == (local, domain)
    if not is_ours or not KIND.fullmatch(kind) or not _TOKEN.fullmatch(token):
        return None
    named = b32decode(token.upper() + "=" * (-len(token) % 8))[:-_SEAL_BYTES]
    if not hmac.compare_digest(token, _sealed(kind, named)):
        return None
    code = str(int.from_bytes(named[:_CODE_BYTES]))[1:]
    return Address(kind, code, UUID(bytes=named[_CODE_BYTES:]))


def _named(code: str) -> bytes:
    """A TERYT code, empty for the shared plane; the digit before it keeps its zeros."""
    return int(f"1{code}").to_bytes(_CODE_BYTES)


def _sealed(kind: str, named: bytes) -> str:
    value = kind.encode() + b"." + named
    seal = salted_hmac("incoming mail", value, algorithm="sha256").digest()[:_SEAL_BYTES]
    return b32encode(named + seal).decode().rstrip("=").lower()
