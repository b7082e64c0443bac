"""The whole site is copied at one moment, and a rehearsal proves that it comes back."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connections

from kooperacja.accounts import limits
from kooperacja.accounts.models import Attempts
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.backup.everything import backup_all, backups
from tenants.backup.package import CHECKSUM, MANIFEST, Package
from tenants.backup.signature import SIGNATURE, sign
from tenants.registry.models import Access
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.factories import people as make
from tests.tenants.backup.conftest import CODE, run


@pytest.fixture
def whole(gmina: TenantRef, tmp_path: Path) -> Package:
    accounts.member(gmina, Role.LEAD)
    return backup_all(to=tmp_path / "backup")


def test_a_rehearsal_passes_and_says_so(whole: Package, tmp_path: Path) -> None:
    answer = run("backup", "rehearse")
    assert answer.exit_code == 0, answer.output
    assert f"{whole.directory.name}: odtwarza się w całości. Jednostki: 3" in answer.output
    record = json.loads((tmp_path / "backup" / "rehearsal.json").read_text())
    assert (record["is_good"], record["tenants"], record["differences"]) == (True, 3, [])
    assert list(tmp_path.glob("proba-*")) == []


def test_a_rehearsal_of_a_changed_backup_fails(whole: Package, tmp_path: Path) -> None:
    file = whole.directory / "tenants" / CODE / "tables" / "people_person.copy"
    file.write_bytes(file.read_bytes().replace(b"Lidia", b"Zofia"))
    answer = run("backup", "rehearse", str(whole.directory))
    assert answer.exit_code == 1
    assert "people_person.copy" in answer.output
    assert json.loads((tmp_path / "backup" / "rehearsal.json").read_text())["is_good"] is False


def test_it_is_of_one_moment(gmina: TenantRef, tmp_path: Path) -> None:
    made: list[Any] = []

    def go_on_working(done: int, total: int) -> None:
        with inside(gmina):
            made.append(make.organisation())
        accounts.member(gmina, Role.DPO)
        connections.close_all()  # of the thread that copies

    package = backup_all(to=tmp_path / "backup", jobs=1, progress=go_on_working)
    assert len(made) == 3
    kept = package.directory / "tenants" / CODE
    for part in package.tenants():
        text = (part.directory / "tables" / "people_organisation.copy").read_text()
        assert not any(str(one.pk) in text for one in made)
        assert Access.objects.filter(role=Role.DPO).count() == 3
        assert "DPO" not in (kept / "shared" / "registry_access.copy").read_text()


def test_what_ends_by_itself_is_left_out(gmina: TenantRef, tmp_path: Path) -> None:
    client = accounts.client_of(accounts.member(gmina, Role.LEAD))
    limits.count("guess", until=time.time() + 3600)
    for model in (Session, Attempts):
        assert model.objects.exists()
    package = backup_all(to=tmp_path / "backup")
    kept = {path.stem for path in (package.directory / "shared").glob("*.copy")}
    assert "accounts_account" in kept
    assert kept.isdisjoint({"accounts_attempts", "django_session", "usersessions_usersession"})
    text = "".join(path.read_text() for path in package.directory.rglob("*.copy"))
    assert client.session.session_key not in text


def test_one_tenant_comes_back_from_a_copy_of_all(whole: Package, gmina: TenantRef) -> None:
    with inside(gmina):
        made = make.organisation()
    answer = run("restore", "tenant", CODE, "--from", str(whole.directory), "--yes")
    assert answer.exit_code == 0, answer.output
    with inside(gmina):
        assert not type(made).objects.filter(pk=made.pk).exists()


def test_a_site_that_has_tenants_is_not_overwritten(whole: Package, gmina: TenantRef) -> None:
    answer = run("restore", "all", str(whole.directory))
    assert answer.exit_code == 1
    assert "są już jednostki" in answer.output


def test_a_tenants_package_put_in_from_another_night_is_refused(
    whole: Package, gmina: TenantRef, tmp_path: Path
) -> None:
    with inside(gmina):
        make.organisation()
    later = backup_all(to=tmp_path / "backup")
    mine, other = (one.directory / "tenants" / CODE for one in (whole, later))
    mine.rename(tmp_path / "former")
    other.rename(mine)
    answer = run("backup", "verify", str(whole.directory))
    assert answer.exit_code == 1
    assert "pochodzi z innej kopii" in answer.output.replace("\n", " ")


def test_only_the_newest_are_kept(gmina: TenantRef, tmp_path: Path) -> None:
    names = [backup_all(to=tmp_path / "backup", keep=2).directory.name for _ in range(3)]
    assert [path.name for path in backups(tmp_path / "backup")] == names[1:]


@pytest.fixture(autouse=True)
def site_of_the_test(fresh_database: str, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    return


def reseal(package: Path, **changed: Any) -> None:
    """As whoever rewrites a backup and has the master key would do it: with sums that fit."""
    manifest = json.loads((package / MANIFEST).read_text()) | changed
    for name, known in manifest["files"].items():
        known["sha256"] = hashlib.sha256((package / name).read_bytes()).hexdigest()
    text = json.dumps(manifest).encode()
    (package / MANIFEST).write_bytes(text)
    (package / CHECKSUM).write_text(f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n")
    (package / SIGNATURE).write_text(sign(text))


def test_a_rehearsal_sees_a_rewritten_journal_and_keys_of_another_master_key(
    whole: Package, monkeypatch: Any
) -> None:
    part = whole.directory / "tenants" / CODE
    file = part / "tables" / "audit_entry.copy"
    file.write_bytes(file.read_bytes().replace(b"Ewa Testowa", b"Jan Testowy"))
    reseal(part)
    sums = whole.manifest["tenants"] | {CODE: Package.opened(part).checksum}
    reseal(whole.directory, tenants=sums)
    monkeypatch.setenv("KOOPERACJA_KEK", "2:" + "A" * 43 + "=")
    answer = run("backup", "rehearse")
    assert answer.exit_code == 1
    assert "dziennik: wpis nr" in answer.output
    assert "nie otwiera się obecnym kluczem" in answer.output
