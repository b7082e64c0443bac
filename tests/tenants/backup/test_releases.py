"""A package of a former release comes back as it was and is brought up to date."""

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from tenants.backup import copies, doctor
from tenants.backup.package import Package
from tenants.backup.restoring import restore_tenant
from tenants.registry import directory
from tenants.registry.models import SchemaVersion
from tenants.schemas.owner import owner
from tenants.schemas.upgrade import upgrade
from tests.tenants.backup.conftest import CODE, OPERATOR, run
from tests.tenants.schemas.releases import NOTE, Deploy, deploy, source

__all__ = ["deploy"]
Backup = Callable[[], Package]


def notes(schema: str) -> int:
    with owner() as connection:
        row = connection.execute(
            "SELECT count(*) FROM information_schema.columns WHERE table_schema = %s"
            " AND table_name = 'people_organisation' AND column_name = 'note'",
            [schema],
        ).fetchone()
    return int(row[0]) if row else 0


def test_an_older_one_waits_for_its_migrations(
    deploy: Deploy, gmina: TenantRef, lead: Client, backup: Backup
) -> None:
    package = backup()
    deploy("0099_note", source(NOTE))
    assert upgrade().failed == []
    assert restore_tenant(by=OPERATOR, package=package).is_behind
    assert notes(gmina.schema) == 0
    assert lead.get("/gmina/gogolin/").status_code == 503
    assert CODE not in {ref.code for ref in directory.open_tenants()}
    assert run("migrate", "--only", CODE).exit_code == 0
    assert notes(gmina.schema) == 1


def test_the_command_migrates_it_at_once(deploy: Deploy, gmina: TenantRef, backup: Backup) -> None:
    directory_of_it = str(backup().directory)
    deploy("0099_note", source(NOTE))
    assert upgrade().failed == []
    answer = run("restore", "tenant", CODE, "--from", directory_of_it, "--yes")
    assert answer.exit_code == 0, answer.output
    assert notes(gmina.schema) == 1
    assert CODE in {ref.code for ref in directory.open_tenants()}


def test_a_copy_of_an_older_one_gives_no_exit_package(
    deploy: Deploy, gmina: TenantRef, backup: Backup
) -> None:
    directory_of_it = str(backup().directory)
    deploy("0099_note", source(NOTE))
    answer = run("restore", "tenant", CODE, "--from", directory_of_it, "--as-copy")
    name = answer.output.split()[-1]
    refused = run("export", CODE, "--copy", name)
    assert refused.exit_code == 1
    assert "z wcześniejszego wydania" in refused.output.replace("\n", " ")


def test_a_version_that_nobody_wrote_down_is_made_of_the_releases_own(
    gmina: TenantRef, backup: Backup
) -> None:
    SchemaVersion.objects.all().delete()
    package = backup()
    restored = restore_tenant(by=OPERATOR, package=package)
    assert restored.tenant.ddl == package.manifest["version"]
    assert not restored.is_behind
    assert doctor_of(gmina) == []


def doctor_of(gmina: TenantRef) -> list[str]:
    copies.drop_copy(by=OPERATOR, name=copies.copies()[0].schema)
    return [finding.said for finding in doctor.examine()]


def test_data_of_an_unknown_release_are_refused(gmina: TenantRef, backup: Backup) -> None:
    with owner() as connection:
        connection.execute(
            "INSERT INTO t_160501.django_migrations (app, name, applied)"
            " VALUES ('partnership', '0999_from_afar', now())"
        )
    answer = run("backup", "tenant", CODE)
    assert answer.exit_code == 1
    assert "mają migrację partnership.0999_from_afar" in answer.output.replace("\n", " ")


def test_a_file_that_the_disk_has_lost_is_named(gmina: TenantRef, tmp_path: Path) -> None:
    lost = next((tmp_path / "media" / gmina.schema).glob("*/*"))
    lost.unlink()
    answer = run("backup", "tenant", CODE)
    assert answer.exit_code == 0
    assert (
        f"brakuje plików: 1, pierwszy to {lost.parent.name}/{lost.name}"
        in answer.output.replace("\n", "")
    )
