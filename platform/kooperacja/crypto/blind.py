"""Blind indexes: finding an exact value that is stored sealed."""

import hashlib
import hmac

from kooperacja.crypto import keys
from kooperacja.crypto.envelope import bind
from kooperacja.tenancy.context import current_tenant


def blind_index(value: str, *, purpose: str) -> bytes:
    """A keyed digest by which the current tenant finds an exact value, such as a PESEL.

    Two tenants get two digests of one value, so they can't be compared.
    """
    key = keys.tenant_keys(current_tenant().id).index
    return hmac.new(key, bind(purpose) + b"|" + value.encode(), hashlib.sha256).digest()
