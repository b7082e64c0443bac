"""Keys of families have a backup of their own; no other has them, and no restore wakes the destroyed."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.crypto import families
from kooperacja.crypto.actions import rotate_family_keys, rotate_tenant_key
from kooperacja.crypto.envelope import seal
from kooperacja.crypto.models import FamilyKey
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.backup import everything, rehearsal
from tenants.backup import families as copies
from tenants.backup.everything import backup_all
from tenants.registry.rules import Impossible
from tests.tenants.backup.conftest import CODE, OPERATOR, run


@pytest.fixture
def list_of_destroyed(settings: Any, tmp_path: Path) -> Path:
    settings.DESTROYED_KEYS = tmp_path / "destroyed" / "families.txt"
    return tmp_path / "destroyed" / "families.txt"


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Path, list_of_destroyed: Path) -> None:
    settings.FAMILY_KEYS_BACKUP_DIR = tmp_path / "family-keys"


@pytest.fixture
def family(gmina: TenantRef) -> UUID:
    with inside(gmina):
        families.make(pk := uuid7())
    return pk


def keyring(tenant: TenantRef, family: UUID) -> dict[int, bytes]:
    with inside(tenant):
        return dict(families.keyring(family).keys)


def test_no_other_copy_has_the_keys(gmina: TenantRef, family: UUID, tmp_path: Path) -> None:
    package = backup_all(to=tmp_path / "backup")
    names = {path.stem for path in package.directory.rglob("*") if path.is_file()}
    assert not any("familykey" in name for name in names)
    text = b"".join(path.read_bytes() for path in package.directory.rglob("*") if path.is_file())
    assert family.hex.encode() not in text.replace(b"-", b"")


def test_they_come_back_also_when_the_key_of_the_unit_was_changed_meanwhile(
    gmina: TenantRef, family: UUID
) -> None:
    rotate_tenant_key(by=OPERATOR, tenant=gmina)
    rotate_family_keys(by=OPERATOR, tenant=gmina)
    before, path = keyring(gmina, family), copies.save()
    FamilyKey.objects.all().delete()
    rotate_tenant_key(by=OPERATOR, tenant=gmina)
    assert copies.bring_back(path) == copies.Brought(keys=2)
    assert keyring(gmina, family) == before


def test_a_destroyed_key_does_not_come_back(gmina: TenantRef, family: UUID) -> None:
    path = copies.save()
    with inside(gmina):
        families.make(other := uuid7())
        families.destroy([family])
    assert copies.bring_back(path) == copies.Brought(destroyed=1)
    assert [row.family_id for row in FamilyKey.objects.all()] == [other]


def test_a_key_that_is_destroyed_while_it_comes_back_does_not_come(
    gmina: TenantRef, family: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, row = copies.save(), copies._Kept.row

    def meanwhile(kept: Any) -> FamilyKey:
        with inside(gmina):
            families.destroy([family])
        return row(kept)

    monkeypatch.setattr(copies._Kept, "row", meanwhile)
    copies.bring_back(path)
    assert not FamilyKey.objects.filter(family_id=family).exists()


def test_a_whole_that_came_back_goes_on_without_the_keys_of_families(
    gmina: TenantRef,
    family: UUID,
    list_of_destroyed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    package, told = backup_all(to=tmp_path / "backup"), list[str]()
    copies.save()
    list_of_destroyed.unlink()
    # Into an empty database; that, test_everything.py does.
    monkeypatch.setattr(everything, "restore_all", lambda **_: 1)
    monkeypatch.setattr(everything, "tell_restored", lambda: told.append("told"))
    answer = run("restore", "all", str(package.directory))
    assert answer.exit_code == 1
    assert "Odtworzono jednostki: 1" in answer.output
    assert "Kluczy nie przywrócono" in answer.output.replace("\n", " ")
    assert told == ["told"]


@pytest.mark.parametrize("how", ["missing", "older"])
def test_without_the_list_of_that_day_nothing_comes_back(
    gmina: TenantRef, family: UUID, list_of_destroyed: Path, how: str
) -> None:
    with inside(gmina):
        families.make(kept := uuid7())
        families.destroy([family])
    path = copies.save()
    FamilyKey.objects.all().delete()
    list_of_destroyed.unlink() if how == "missing" else list_of_destroyed.write_text("")
    with pytest.raises(Impossible, match="Kluczy nie przywrócono"):
        copies.bring_back(path)
    assert not FamilyKey.objects.filter(family_id=kept).exists()


def test_keys_of_a_unit_that_is_not_here_are_told_of(gmina: TenantRef, family: UUID) -> None:
    path = copies.save()
    line = json.loads(path.read_text().splitlines()[1]) | {"tenant": str(uuid7())}
    path.write_text(path.read_text() + json.dumps(line) + "\n")
    FamilyKey.objects.all().delete()
    assert copies.bring_back(path) == copies.Brought(keys=1, strange=1)


@pytest.mark.parametrize("content", ["", "{}", '{"destroyed": 0}\n{"tenant": "x"}'])
def test_what_is_no_copy_is_refused(gmina: TenantRef, tmp_path: Path, content: str) -> None:
    path = tmp_path / "families-x.jsonl"
    path.write_text(content)
    with pytest.raises(Impossible, match="nie jest kopia"):
        copies.bring_back(path)


def test_copies_older_than_30_days_go_with_the_next(
    gmina: TenantRef, family: UUID, settings: Any
) -> None:
    folder = Path(settings.FAMILY_KEYS_BACKUP_DIR)
    folder.mkdir()
    for days in (31, 29):
        moment = timezone.now() - timedelta(days=days)
        for end in ("jsonl", "partial"):  # one that was broken off has keys too
            (folder / f"families-{moment:%Y%m%dT%H%M%SZ}.{end}").write_text("")
    (folder / "families-moje.jsonl").write_text("czyjeś")
    newest = copies.save()
    assert len(copies.copies()) == 2
    assert (folder / "families-moje.jsonl").exists()
    assert len(list(folder.glob("*.partial"))) == 1
    assert copies.copies()[-1] == newest
    assert newest.stat().st_mode & 0o077 == 0


def test_the_nightly_backup_makes_one_and_the_rehearsal_opens_it(
    gmina: TenantRef, family: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", "all").exit_code == 0
    [path] = copies.copies()
    # What a rehearsal does with the rest, test_everything.py says.
    monkeypatch.setattr(rehearsal, "_elsewhere", lambda of: rehearsal.Verdict(of.name))
    assert run("backup", "rehearse").exit_code == 0
    first, line = path.read_text().splitlines()
    foreign = json.loads(line) | {"number": 9}  # bound to its place, so it opens no more
    path.write_text("\n".join([first, json.dumps(foreign)]) + "\n")
    answer = run("backup", "rehearse")
    assert answer.exit_code == 1
    assert "zamknięte klucze rodzin: 1" in answer.output


def test_an_operator_rotates_the_keys_of_a_unit_and_its_families(
    gmina: TenantRef, family: UUID
) -> None:
    with inside(gmina):
        content = seal(b"dawne", aad=b"a", keyring=families.keyring(family))
    answer = run("keys", "rotate", CODE)
    assert "Wymienione klucze jednostek: 1, rodzin: 1." in answer.output
    assert list(keyring(gmina, family)) == [1, 2]
    assert content
    assert "pod najnowszym kluczem głównym: " in run("keys", "rewrap").output
