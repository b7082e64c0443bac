"""Making, rotating and re-wrapping the keys of tenants."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.crypto import families, keys
from kooperacja.crypto.envelope import KeyMissing, new_key
from kooperacja.crypto.models import INDEX_KEY, TenantKey
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef

FIRST_KEY = 1


def create_tenant_key(tenant_id: UUID) -> None:
    """Give a tenant its first keys at its opening; harmless to repeat."""
    rows = [
        TenantKey(
            tenant_id=tenant_id,
            key_id=number,
            wrapped=keys.wrap(new_key(), tenant_id=tenant_id, key_id=number),
        )
        for number in (INDEX_KEY, FIRST_KEY)
    ]
    TenantKey.objects.bulk_create(rows, ignore_conflicts=True)
    keys.forget(tenant_id)


def rotate_tenant_key(*, by: Actor, tenant: TenantRef) -> int:
    """A new key for what is sealed from now on; the former ones only open. Returns its number."""
    with transaction.atomic(using="shared"):
        rows = TenantKey.objects.select_for_update().filter(tenant_id=tenant.id)
        numbers = [row.key_id for row in rows]
        if not numbers:
            raise KeyMissing(f"najemca {tenant.id} nie ma klucza")
        number = max(numbers) + 1
        rows.filter(retired_at=None).exclude(key_id=INDEX_KEY).update(retired_at=timezone.now())
        wrapped = keys.wrap(new_key(), tenant_id=tenant.id, key_id=number)
        TenantKey.objects.create(tenant_id=tenant.id, key_id=number, wrapped=wrapped)
    keys.forget(tenant.id)
    with inside(tenant), transaction.atomic():
        record(by=by, verb="KEY_ROTATED", data={"key": number})
    return number


def rotate_family_keys(*, by: Actor, tenant: TenantRef) -> int:
    """New keys for the families of a tenant, under its newest; how many families it has."""
    count = families.rotate(tenant.id)
    with inside(tenant), transaction.atomic():
        record(by=by, verb="FAMILY_KEYS_ROTATED", data={"families": count})
    return count


def rewrap_all() -> int:
    """Wrap every key under the newest master key, after which the former may go; how many.

    A key that no present master key opens stops the whole, with nothing changed.
    """
    with transaction.atomic(using="shared"):
        rows = list(TenantKey.objects.select_for_update().order_by("tenant_id", "key_id"))
        for row in rows:
            row.wrapped = keys.wrap(keys.unwrap(row), tenant_id=row.tenant_id, key_id=row.key_id)
        TenantKey.objects.bulk_update(rows, ["wrapped"], batch_size=500)
    keys.forget()
    return len(rows)
