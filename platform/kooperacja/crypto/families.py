"""Keys of families, each under its tenant's key: once deleted, no copy can be read (REG §8.1)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kooperacja.crypto import destroyed, keys
from kooperacja.crypto.envelope import KeyMissing, Keyring, bind, new_key, seal
from kooperacja.crypto.models import FamilyKey
from kooperacja.tenancy.context import current_tenant, facts_known
from kooperacja.ui.problems import Problem
from kooperacja.writes import one_at_a_time

FIRST_KEY = 1


class FamilyDestroyed(KeyMissing):
    """The words asked for were destroyed with their key."""

    status = 410

    def __init__(self, family_id: UUID) -> None:
        Problem.__init__(
            self,
            "Tych danych już nie ma",
            "Zniszczono je razem z kluczem, którym były zamknięte.",
        )
        self.detail = f"klucz rodziny {family_id} zniszczono"


def make(family_id: UUID) -> None:
    """Give a family of the current tenant its key; harmless to repeat.

    The key stays also where the transaction of the tenant fails after it: it opens nothing then.
    """
    tenant_id = current_tenant().id
    with transaction.atomic(using="shared"):
        _one_at_a_time(tenant_id)  # or a family that is being destroyed would get a key
        if destroyed.is_destroyed(family_id):
            raise FamilyDestroyed(family_id)
        row = wrapped(tenant_id, family_id, FIRST_KEY, new_key())
        FamilyKey.objects.bulk_create([row], ignore_conflicts=True)


def keyring(family_id: UUID) -> Keyring:
    """The keyring of a family of the current tenant."""
    return keyrings([family_id])[family_id]


def keyrings(family_ids: Iterable[UUID]) -> dict[UUID, Keyring]:
    """The keyrings of many at once; remembered while one only reads.

    FamilyDestroyed if the key of one was destroyed, KeyMissing if it is not here.
    """
    known: dict[UUID, Keyring] = {}
    memory = facts_known()
    if memory is not None:
        known = memory.setdefault(keyrings, {})
    asked = list(family_ids)
    missing = [one for one in asked if one not in known]
    if missing:
        known.update(_read(current_tenant().id, missing))
    for one in asked:
        if one not in known:
            raise _why_missing(one)
    return {one: known[one] for one in asked}


def destroy(family_ids: Iterable[UUID]) -> int:
    """Delete the keys of families of the current tenant for ever; how many there were.

    First they are listed outside the database, which every restore reads: a key that is only
    deleted would come back.
    """
    tenant_id, gone = current_tenant().id, sorted(set(family_ids))
    if FamilyKey.objects.filter(family_id__in=gone).exclude(tenant_id=tenant_id).exists():
        raise ValueError("a family of another tenant")
    destroyed.add(tenant_id, gone)
    with transaction.atomic(using="shared"):
        _one_at_a_time(tenant_id)  # or a rotation under way would leave its newest key
        rows = FamilyKey.objects.filter(tenant_id=tenant_id, family_id__in=gone)
        found = set(rows.values_list("family_id", flat=True))
        rows.delete()
    return len(found)


def returned() -> int:
    """How many keys are here of families whose key was destroyed."""
    return _returned().count()


def forget_returned() -> int:
    """Delete them again; how many there were."""
    deleted, _ = _returned().delete()
    return deleted


def rotate(tenant_id: UUID) -> int:
    """A new key for what is sealed of each family from now on, under the newest key of the tenant.

    The former ones only open, and are wrapped anew. Returns how many families there are.
    """
    with transaction.atomic(using="shared"):
        _one_at_a_time(tenant_id)
        rows = list(FamilyKey.objects.filter(tenant_id=tenant_id).order_by("family_id", "key_id"))
        newest: dict[UUID, int] = {}
        for row in rows:
            row.wrapped = wrapped(tenant_id, row.family_id, row.key_id, unwrap(row)).wrapped
            newest[row.family_id] = row.key_id
        FamilyKey.objects.bulk_update(rows, ["wrapped"], batch_size=500)
        FamilyKey.objects.bulk_create(
            [wrapped(tenant_id, one, last + 1, new_key()) for one, last in newest.items()],
            batch_size=500,
        )
    return len(newest)


def wrapped(tenant_id: UUID, family_id: UUID, key_id: int, key: bytes) -> FamilyKey:
    """A row of a key, not saved yet."""
    place = _place(tenant_id, family_id, key_id)
    wrapped = seal(key, aad=place, keyring=keys.field_keyring(tenant_id))
    return FamilyKey(tenant_id=tenant_id, family_id=family_id, key_id=key_id, wrapped=wrapped)


def unwrap(row: FamilyKey) -> bytes:
    """A key as it is; KeyMissing where the tenant's is not here."""
    place = _place(row.tenant_id, row.family_id, row.key_id)
    return keys.open_for(row.tenant_id, bytes(row.wrapped), aad=place)


def _returned() -> QuerySet[FamilyKey]:
    return FamilyKey.objects.filter(family_id__in=destroyed.every())


def _one_at_a_time(tenant_id: UUID) -> None:
    one_at_a_time(f"family-keys:{tenant_id}")


def _place(tenant_id: UUID, family_id: UUID, key_id: int) -> bytes:
    return bind("family-key", tenant_id, family_id, key_id)


def _why_missing(family_id: UUID) -> KeyMissing:
    if destroyed.is_destroyed(family_id):
        return FamilyDestroyed(family_id)
    return KeyMissing(f"rodzina {family_id} nie ma klucza")


def _read(tenant_id: UUID, family_ids: list[UUID]) -> dict[UUID, Keyring]:
    rows = FamilyKey.objects.filter(tenant_id=tenant_id, family_id__in=family_ids)
    found: dict[UUID, dict[int, bytes]] = {}
    for row in rows.order_by("key_id"):
        found.setdefault(row.family_id, {})[row.key_id] = unwrap(row)
    return {one: Keyring(active=max(own), keys=own) for one, own in found.items()}
