"""A package that was cut short or changed is refused, and nothing with it."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.http import QueryDict
from uuid6 import uuid7

from kooperacja.drafts import keeping
from kooperacja.drafts.models import Draft
from kooperacja.drafts.slips import Slip
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.backup import package as packages
from tenants.backup.package import MANIFEST, MEDIA, VERSION, Package
from tenants.backup.signature import SIGNATURE
from tenants.people.models import Organisation
from tenants.registry.models import Tenant
from tenants.registry.rules import Impossible
from tenants.schemas.owner import owner
from tests.factories import people as make
from tests.tenants.backup.conftest import CODE, rewrite, run

Backup = Callable[[], Package]
Harm = Callable[[Path], None]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


HARMED = (
    "tables/people_organisation.copy",
    "shared/registry_tenant.copy",
    MEDIA,
    VERSION,
    MANIFEST,
)


@pytest.mark.parametrize("harm", [cut, change, Path.unlink])
def test_a_harmed_package_is_refused_and_nothing_changes(
    gmina: TenantRef, backup: Backup, harm: Harm
) -> None:
    directory = backup().directory
    with inside(gmina):
        make.organisation(name="Po kopii")
    for name in HARMED:
        whole = (directory / name).read_bytes()
        harm(directory / name)
        answer = run("restore", "tenant", CODE, "--from", str(directory), "--yes")
        assert answer.exit_code == 1
        assert "jest uszkodzona" in answer.output
        assert name in answer.output
        (directory / name).write_bytes(whole)
    with inside(gmina):
        assert Organisation.objects.filter(name="Po kopii").exists()
    assert Tenant.objects.get(unit__code=CODE).ddl not in ("", "restoring")
    assert run("tenants", "copies").output.count("_160501_") == 0


def test_no_copy_has_what_was_being_typed(gmina: TenantRef, backup: Backup) -> None:
    """The table is there for a restore, without a row."""
    with inside(gmina):
        keeping.keep(Slip(uuid7(), gmina.id, "/x/", ("about",)), QueryDict("about=Tajne"))
        assert Draft.objects.count() == 1
    directory = backup().directory
    assert (directory / "tables" / "drafts_draft.copy").read_bytes() == b""
    assert (directory / "tables" / "people_organisation.copy").read_bytes() != b""
    assert run("restore", "tenant", CODE, "--from", str(directory), "--yes").exit_code == 0
    with inside(gmina):
        assert not Draft.objects.exists()


def test_every_file_is_looked_at(gmina: TenantRef, backup: Backup) -> None:
    directory = backup().directory
    for file in sorted(path for path in directory.rglob("*") if path.is_file()):
        whole = file.read_bytes()
        file.write_bytes(whole + b"x" if not whole.strip() else b"x" + whole[1:])
        assert run("backup", "verify", str(directory)).exit_code == 1, file.name
        file.write_bytes(whole)
    assert run("backup", "verify", str(directory)).exit_code == 0


def test_a_rewritten_package_is_refused_before_any_statement_of_it_runs(
    gmina: TenantRef, backup: Backup
) -> None:
    directory = backup().directory
    rewrite(directory, "CREATE TABLE public.intruz ()")
    for arguments in (
        ("backup", "verify", str(directory)),
        ("restore", "tenant", CODE, "--from", str(directory), "--yes"),
        ("restore", "tenant", CODE, "--from", str(directory), "--as-copy"),
    ):
        answer = run(*arguments)
        assert answer.exit_code == 1
        assert "podpis nie zgadza się" in answer.output.replace("\n", " ")
    with owner() as connection:
        found = connection.execute("SELECT to_regclass('public.intruz')").fetchone()
    assert found == (None,)


def test_a_package_without_a_signature_needs_its_operators_word(
    gmina: TenantRef, backup: Backup
) -> None:
    directory = backup().directory
    (directory / SIGNATURE).unlink()
    refused = run("restore", "tenant", CODE, "--from", str(directory), "--yes")
    assert refused.exit_code == 1
    assert "dodaj --unsigned" in refused.output.replace("\n", " ")
    silent = run("restore", "tenant", CODE, "--from", str(directory), "--yes", "--unsigned")
    assert (silent.exit_code, "Ręczysz" in silent.output) == (1, True)
    said = run("backup", "verify", str(directory), "--unsigned", answer="y\n")
    assert "jej podpisu nie sprawdzono" in said.output.replace("\n", " ")
    arguments = ("restore", "tenant", CODE, "--from", str(directory), "--yes", "--unsigned")
    done = run(*arguments, answer="y\n")
    assert done.exit_code == 0, done.output


def test_a_package_signed_by_an_older_master_key_is_still_ours(
    gmina: TenantRef, backup: Backup, settings: Any
) -> None:
    directory, first = backup().directory, settings.KOOPERACJA_KEK
    settings.KOOPERACJA_KEK = f"2:{'A' * 43}=,{first}"
    assert Package.opened(directory).code == CODE
    settings.KOOPERACJA_KEK = f"2:{'A' * 43}="
    with pytest.raises(Impossible, match="innym kluczem głównym"):
        Package.opened(directory)


def test_only_its_owner_may_read_it(gmina: TenantRef, backup: Backup) -> None:
    directory = backup().directory
    for path in [directory, *directory.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_it_holds_no_password_and_no_key_of_the_site(
    gmina: TenantRef, lead: Any, backup: Backup, settings: Any
) -> None:
    directory = backup().directory
    text = b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())
    assert settings.KOOPERACJA_KEK.split(":")[1].encode() not in text
    assert b"pbkdf2" not in text
    assert b"argon2" not in text


def test_a_full_disk_leaves_nothing_that_looks_whole(
    gmina: TenantRef, backup: Backup, tmp_path: Path
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    for after in (0, 5, 25):
        with mock.patch.object(packages, "_to_disk", side_effect=[None] * after + [full]):
            answer = run("backup", "tenant", CODE)
        assert answer.exit_code == 1
        assert "zabrakło miejsca" in answer.output
        assert list((tmp_path / "backup").iterdir()) == []


def test_a_package_of_another_tenant_is_refused(gmina: TenantRef, backup: Backup) -> None:
    answer = run("restore", "tenant", "1605", "--from", str(backup().directory), "--yes")
    assert answer.exit_code == 1
    assert "jest kopią jednostki 160501, a nie 1605" in answer.output.replace("\n", " ")
