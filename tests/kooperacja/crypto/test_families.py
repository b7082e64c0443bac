"""The keys of families: each opens its own family's words alone, and destroyed ones stay away."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.crypto import destroyed, families
from kooperacja.crypto.actions import rotate_family_keys, rotate_tenant_key
from kooperacja.crypto.envelope import KeyMissing, Tampered, key_number, open_sealed, seal
from kooperacja.crypto.families import FamilyDestroyed
from kooperacja.crypto.models import FamilyKey
from kooperacja.tenancy.context import inside, reading
from kooperacja.tenancy.ref import TenantRef

Two = tuple[TenantRef, TenantRef]


@pytest.fixture(autouse=True)
def listed(settings: Any, tmp_path: Path) -> Path:
    settings.DESTROYED_KEYS = tmp_path / "destroyed" / "families.txt"
    return tmp_path / "destroyed" / "families.txt"


def a_family() -> UUID:
    pk = uuid7()
    families.make(pk)
    return pk


def sealed(family: UUID, text: bytes = b"dwoje dzieci") -> bytes:
    return seal(text, aad=b"a", keyring=families.keyring(family))


def opened(family: UUID, content: bytes) -> bytes:
    return open_sealed(content, aad=b"a", keyring=families.keyring(family))


def test_a_key_is_made_once(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        family = a_family()
        content = sealed(family)
        families.make(family)
        assert opened(family, content) == b"dwoje dzieci"
        assert FamilyKey.objects.filter(family_id=family).count() == 1


def test_the_key_of_one_family_opens_nothing_of_another(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        one, other = a_family(), a_family()
        with pytest.raises(Tampered):
            opened(other, sealed(one))


def test_another_tenant_has_no_key_of_the_family(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        family = a_family()
    with inside(two_tenants[1]), pytest.raises(KeyMissing):
        families.keyring(family)


def test_a_key_moved_to_another_tenant_or_family_does_not_unwrap(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        family, other = a_family(), a_family()
    FamilyKey.objects.filter(family_id=other).delete()
    FamilyKey.objects.filter(family_id=family).update(family_id=other)
    with inside(two_tenants[0]), pytest.raises(Tampered):
        families.keyring(other)
    FamilyKey.objects.filter(family_id=other).update(family_id=family, tenant_id=two_tenants[1].id)
    with inside(two_tenants[1]), pytest.raises(Tampered):
        families.keyring(family)


def test_after_a_rotation_new_keys_seal_and_the_old_ones_open(two_tenants: Two) -> None:
    gmina = two_tenants[0]
    with inside(gmina):
        family = a_family()
        old = sealed(family)
    rotate_tenant_key(by=SYSTEM, tenant=gmina)
    assert rotate_family_keys(by=SYSTEM, tenant=gmina) == 1
    with inside(gmina):
        new = sealed(family)
        assert [key_number(one) for one in (old, new)] == [1, 2]
        assert opened(family, old) == opened(family, new)
        assert Entry.objects.filter(verb="FAMILY_KEYS_ROTATED", data={"families": 1}).exists()
    wrapped = FamilyKey.objects.filter(family_id=family).values_list("wrapped", flat=True)
    assert {key_number(bytes(one)) for one in wrapped} == {2}


def test_a_destroyed_key_is_gone_and_listed(two_tenants: Two, listed: Path) -> None:
    with inside(two_tenants[0]):
        family, other = a_family(), a_family()
        content = sealed(other)
        assert families.destroy([family]) == 1
        with pytest.raises(FamilyDestroyed):
            families.keyring(family)
        assert opened(other, content)
    assert destroyed.every() == {family}
    assert str(two_tenants[0].id) in listed.read_text()


def test_a_family_of_another_tenant_is_neither_destroyed_nor_listed(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        family = a_family()
        content = sealed(family)
    with inside(two_tenants[1]), pytest.raises(ValueError, match="another tenant"):
        families.destroy([family])
    assert destroyed.every() == frozenset()
    with inside(two_tenants[0]):
        assert opened(family, content)


def test_no_new_key_is_made_for_a_destroyed_family(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        family = a_family()
        families.destroy([family])
        with pytest.raises(FamilyDestroyed):
            families.make(family)
    assert not FamilyKey.objects.filter(family_id=family).exists()


def test_no_key_is_made_while_keys_are_destroyed(two_tenants: Two) -> None:
    with inside(two_tenants[0]), CaptureQueriesContext(connections["shared"]) as asked:
        family = a_family()
        families.destroy([family])
    said = [one["sql"] for one in asked]
    made, gone = (one for one in said if "pg_advisory_xact_lock" in one)
    assert made == gone
    assert said.index(made) < next(at for at, one in enumerate(said) if one.startswith("INSERT"))


def test_where_the_list_can_not_be_written_nothing_is_destroyed(
    two_tenants: Two, listed: Path
) -> None:
    with inside(two_tenants[0]):
        family = a_family()
        content = sealed(family)
        listed.mkdir(parents=True)
        with pytest.raises(OSError, match="directory"):
            families.destroy([family])
        assert opened(family, content)


def test_a_line_cut_short_by_a_full_disk_hides_no_other(two_tenants: Two, listed: Path) -> None:
    one, other = uuid7(), uuid7()
    destroyed.add(two_tenants[0].id, [one])
    with listed.open("a") as file:
        file.write(f"\n2026-01-01T00:00:00 {two_tenants[0].id} 0192")
    destroyed.add(two_tenants[0].id, [other])
    assert destroyed.every() == {one, other}


def test_a_destroyed_key_that_came_back_is_noticed_and_goes_again(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        family = a_family()
        kept = FamilyKey.objects.get(family_id=family)
        families.destroy([family])
        FamilyKey.objects.bulk_create([kept])
        assert families.returned() == 1
        assert families.forget_returned() == 1
        with pytest.raises(FamilyDestroyed):
            families.keyring(family)


def test_while_one_only_reads_each_key_is_asked_for_once(two_tenants: Two) -> None:
    with inside(two_tenants[0]):
        one, other = a_family(), a_family()
        with reading(), CaptureQueriesContext(connections["shared"]) as asked:
            families.keyrings([one, other])
            families.keyring(one)
        assert sum("crypto_familykey" in query["sql"] for query in asked) == 1
        families.destroy([one])
        with reading(), pytest.raises(FamilyDestroyed):
            families.keyring(one)
