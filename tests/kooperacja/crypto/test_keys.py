"""The keys of tenants: made once, rotated, wrapped anew, never guessed."""

import base64
from typing import Any
from uuid import UUID

import pytest
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.crypto import keys
from kooperacja.crypto.actions import create_tenant_key, rewrap_all, rotate_tenant_key
from kooperacja.crypto.blind import blind_index
from kooperacja.crypto.envelope import KeyMissing, Tampered, key_number, new_key, seal
from kooperacja.crypto.models import SITE, TenantKey
from kooperacja.crypto.shared import open_shared, seal_shared
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef

Two = tuple[TenantRef, TenantRef]


def master(number: int) -> str:
    return f"{number}:{base64.b64encode(new_key()).decode()}"


def wrapped(tenant_id: UUID) -> list[tuple[int, bytes]]:
    rows = TenantKey.objects.filter(tenant_id=tenant_id).order_by("key_id")
    return [(row.key_id, bytes(row.wrapped)) for row in rows]


def test_creating_a_key_twice_keeps_the_first(two_tenants: Two) -> None:
    before = wrapped(two_tenants[0].id)
    create_tenant_key(two_tenants[0].id)
    assert wrapped(two_tenants[0].id) == before
    assert [number for number, _ in before] == [0, 1]


def test_a_tenant_without_a_key_is_closed(db: None) -> None:
    with pytest.raises(KeyMissing):
        keys.field_keyring(uuid7())


def test_without_the_master_key_everything_is_closed(two_tenants: Two, settings: Any) -> None:
    settings.KOOPERACJA_KEK = ""
    with pytest.raises(KeyMissing):
        keys.field_keyring(two_tenants[0].id)


def test_another_master_key_opens_nothing(two_tenants: Two, settings: Any) -> None:
    settings.KOOPERACJA_KEK = master(1)
    with pytest.raises(Tampered):
        keys.field_keyring(two_tenants[0].id)


def test_a_key_moved_to_another_tenant_does_not_unwrap(two_tenants: Two) -> None:
    gmina, powiat = two_tenants
    stolen = TenantKey.objects.get(tenant_id=powiat.id, key_id=1)
    TenantKey.objects.filter(tenant_id=gmina.id, key_id=1).update(wrapped=stolen.wrapped)
    with pytest.raises(Tampered):
        keys.field_keyring(gmina.id)


def test_after_a_rotation_the_new_key_seals_and_the_old_one_opens(two_tenants: Two) -> None:
    gmina = two_tenants[0]
    old = seal(b"dawne", aad=b"a", keyring=keys.field_keyring(gmina.id))
    assert rotate_tenant_key(by=SYSTEM, tenant=gmina) == 2
    new = seal(b"nowe", aad=b"a", keyring=keys.field_keyring(gmina.id))
    assert (key_number(old), key_number(new)) == (1, 2)
    assert keys.open_for(gmina.id, old, aad=b"a") == b"dawne"
    with inside(gmina):
        assert Entry.objects.filter(verb="KEY_ROTATED", data={"key": 2}).count() == 1


def test_a_tenant_without_keys_can_not_be_rotated_into_having_one(
    db: None, city: TenantRef
) -> None:
    TenantKey.objects.filter(tenant_id=city.id).delete()
    with pytest.raises(KeyMissing):
        rotate_tenant_key(by=SYSTEM, tenant=city)
    assert wrapped(city.id) == []


def test_rewrapped_keys_need_the_old_master_key_no_more(two_tenants: Two, settings: Any) -> None:
    gmina = two_tenants[0]
    sealed = seal(b"tresc", aad=b"a", keyring=keys.field_keyring(gmina.id))
    newest = master(2)
    settings.KOOPERACJA_KEK = f"{newest},{settings.KOOPERACJA_KEK}"
    assert rewrap_all() == TenantKey.objects.count()
    settings.KOOPERACJA_KEK = newest
    assert keys.open_for(gmina.id, sealed, aad=b"a") == b"tresc"


def test_a_failed_rewrap_changes_nothing(two_tenants: Two, settings: Any) -> None:
    before = wrapped(two_tenants[0].id) + wrapped(two_tenants[1].id)
    settings.KOOPERACJA_KEK = master(5)
    with pytest.raises(KeyMissing):
        rewrap_all()
    assert wrapped(two_tenants[0].id) + wrapped(two_tenants[1].id) == before


def test_a_secret_of_an_account_opens_for_its_owner_and_purpose_only(db: None) -> None:
    owner = uuid7()
    sealed = seal_shared(b"JBSWY3DP", purpose="totp", owner_id=owner)
    assert open_shared(sealed, purpose="totp", owner_id=owner) == b"JBSWY3DP"
    for purpose, other in (("recovery", owner), ("totp", uuid7())):
        with pytest.raises(Tampered):
            open_shared(sealed, purpose=purpose, owner_id=other)


def test_an_unreadable_key_of_the_site_is_not_replaced_by_a_new_one(db: None) -> None:
    seal_shared(b"x", purpose="totp", owner_id=uuid7())
    TenantKey.objects.filter(tenant_id=SITE, key_id=1).delete()
    keys.forget()
    with pytest.raises(KeyMissing):
        seal_shared(b"x", purpose="totp", owner_id=uuid7())
    assert [number for number, _ in wrapped(SITE)] == [0]


def test_a_blind_index_finds_its_value_in_its_tenant_and_purpose(two_tenants: Two) -> None:
    gmina, powiat = two_tenants
    with inside(gmina):
        first = blind_index("44051401359", purpose="pesel")
        assert blind_index("44051401359", purpose="pesel") == first
        assert blind_index("44051401359", purpose="phone") != first
        assert blind_index("44051401358", purpose="pesel") != first
    rotate_tenant_key(by=SYSTEM, tenant=gmina)
    with inside(gmina):
        assert blind_index("44051401359", purpose="pesel") == first
    with inside(powiat):
        assert blind_index("44051401359", purpose="pesel") != first
