"""The keys of a tenant in this process: unwrapped once, remembered for a few minutes."""

import time
from dataclasses import dataclass
from uuid import UUID

from django.db import connections

from kooperacja.crypto import kek
from kooperacja.crypto.envelope import KeyMissing, Keyring, bind, key_number, open_sealed, seal
from kooperacja.crypto.models import INDEX_KEY, TenantKey

# A rotation in another process is noticed at the latest after this many seconds; until then the
# former key still seals, and every process opens it.
REMEMBER_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class TenantKeys:
    fields: Keyring
    index: bytes
    read_at: float


_known: dict[UUID, TenantKeys] = {}


def tenant_keys(tenant_id: UUID) -> TenantKeys:
    known = _known.get(tenant_id)
    if known is None or time.monotonic() - known.read_at > REMEMBER_SECONDS:
        known = _read(tenant_id)
        # A key that this transaction has only just made may yet be rolled back: sealing with a
        # memory of it would lose what is sealed.
        if not connections["shared"].in_atomic_block:
            _known[tenant_id] = known
    return known


def field_keyring(tenant_id: UUID) -> Keyring:
    """The keyring that seals and opens the fields of a tenant."""
    return tenant_keys(tenant_id).fields


def open_for(tenant_id: UUID, sealed: bytes, *, aad: bytes) -> bytes:
    """Open a value of a tenant, also one sealed with a key made a moment ago elsewhere."""
    if key_number(sealed) not in field_keyring(tenant_id).keys:
        forget(tenant_id)
    return open_sealed(sealed, aad=aad, keyring=field_keyring(tenant_id))


def forget(tenant_id: UUID | None = None) -> None:
    """After a change of keys in this process."""
    if tenant_id is None:
        _known.clear()
    else:
        _known.pop(tenant_id, None)


def wrap(key: bytes, *, tenant_id: UUID, key_id: int) -> bytes:
    return seal(key, aad=bind("tenant-key", tenant_id, key_id), keyring=kek.keyring())


def unwrap(row: TenantKey) -> bytes:
    place = bind("tenant-key", row.tenant_id, row.key_id)
    return open_sealed(bytes(row.wrapped), aad=place, keyring=kek.keyring())


def _read(tenant_id: UUID) -> TenantKeys:
    rows = TenantKey.objects.filter(tenant_id=tenant_id).order_by("key_id")
    keys = {row.key_id: unwrap(row) for row in rows}
    usable = [row.key_id for row in rows if row.retired_at is None and row.key_id != INDEX_KEY]
    if not usable or INDEX_KEY not in keys:
        raise KeyMissing(f"najemca {tenant_id} nie ma klucza")
    index = keys.pop(INDEX_KEY)
    return TenantKeys(Keyring(active=usable[-1], keys=keys), index, time.monotonic())
