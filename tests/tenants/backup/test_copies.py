"""A copy for looking: read by an operator, reached by nobody else, removed by name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from kooperacja.audit.models import Entry
from kooperacja.documents import storage
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.backup import copies, doctor
from tenants.backup.package import Package
from tenants.backup.restoring import restore_copy, restore_tenant
from tenants.people.models import Organisation
from tenants.registry import directory
from tenants.schemas.owner import owner
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.tenants.backup.conftest import CODE, OPERATOR, run

Backup = Callable[[], Package]


@pytest.fixture
def copy(gmina: TenantRef, backup: Backup) -> TenantRef:
    package = backup()
    with inside(gmina):
        make.organisation(name="Po kopii")
    return copies.ref_of(restore_copy(by=OPERATOR, package=package))


def test_it_shows_what_was_then(gmina: TenantRef, copy: TenantRef) -> None:
    with inside(copy):
        then = Organisation.objects.count()
        file = StoredFile.objects.first()
        assert file is not None
        assert storage.read(file.path, pk=file.pk)
    with inside(gmina):
        assert Organisation.objects.count() == then + 1


def test_nothing_can_be_written_there(copy: TenantRef) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with inside(copy), refused, transaction.atomic():
        make.organisation()


def test_no_page_leads_to_it(copy: TenantRef, lead: Client) -> None:
    assert copy.schema not in {ref.schema for ref in directory.built_tenants()}
    for slug in (copy.schema, copy.schema.replace("_", "-")):
        assert lead.get(f"/gmina/{slug}/").status_code == 404


def test_the_journal_says_that_it_was_made_and_removed(
    gmina: TenantRef, copy: TenantRef, tmp_path: Path
) -> None:
    files = tmp_path / "media" / copy.schema
    assert files.exists()
    assert copy.schema in run("tenants", "copies").output
    assert run("tenants", "drop-copy", copy.schema, "--yes").exit_code == 0
    with inside(gmina):
        verbs = list(Entry.objects.values_list("verb", flat=True)[:2])
    assert verbs == ["TENANT_COPY_DROPPED", "TENANT_COPY_MADE"]
    assert not files.exists()
    assert copies.copies() == []


def test_what_was_put_aside_is_looked_at_and_dropped_likewise(
    gmina: TenantRef, backup: Backup
) -> None:
    package = backup()
    with inside(gmina):
        make.organisation(name="Po kopii")
        make_accession.filed(make.lead())
        files = [(file.path, file.pk) for file in StoredFile.objects.all()]
    aside = restore_tenant(by=OPERATOR, package=package).aside
    with inside(copies.ref_of(aside)):
        assert Organisation.objects.filter(name="Po kopii").exists()
        assert all(storage.read(path, pk=pk) for path, pk in files)
    assert [finding.where for finding in doctor.examine()] == [aside]
    copies.drop_copy(by=OPERATOR, name=aside)
    assert doctor.examine() == []


@pytest.mark.parametrize("name", ["t_160501", "public", "c_160501_20200101000000", "x; DROP"])
def test_only_a_copy_can_be_dropped(gmina: TenantRef, name: str) -> None:
    answer = run("tenants", "drop-copy", name, "--yes")
    assert answer.exit_code == 1
    assert "Nie ma kopii" in answer.output
    with inside(gmina):
        assert Organisation.objects.exists()


def test_leavings_of_a_crash_are_found_and_removed(gmina: TenantRef, tmp_path: Path) -> None:
    with owner() as connection:
        connection.execute("CREATE SCHEMA x_160501_20260101000000")
        connection.execute("UPDATE registry_tenant SET ddl = 'restoring' WHERE slug = 'gogolin'")
    (tmp_path / "media" / "x_t_160501").mkdir(parents=True)
    assert len(doctor.examine()) == 3
    for finding in doctor.examine():
        assert finding.mend is not None
        finding.mend()
    assert doctor.examine() == []
    assert CODE in {ref.code for ref in directory.open_tenants()}
