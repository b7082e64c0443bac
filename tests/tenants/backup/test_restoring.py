"""A tenant comes back from its package as it was, and the others notice nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.audit.heads import export_head
from kooperacja.audit.models import Entry
from kooperacja.audit.verify import verify
from kooperacja.documents import storage
from kooperacja.documents.actions import store_signed
from kooperacja.documents.models import Document, SignedContainer, StoredFile
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.actions.decisions import accept_declaration
from tenants.backup import doctor, restoring
from tenants.backup.package import Package
from tenants.backup.restoring import restore_tenant
from tenants.backup.tenant import backup_tenant
from tenants.people.models import Organisation
from tenants.registry import directory
from tenants.registry.models import Access, Tenant, Unit
from tenants.registry.roles import Role
from tenants.registry.rules import Impossible
from tenants.schemas.owner import owner, undisturbed
from tests.factories import accession as make_accession
from tests.factories import accounts, containers
from tests.factories import people as make
from tests.kooperacja.documents.conftest import upload
from tests.tenants.backup.conftest import CODE, OPERATOR, run

Backup = Callable[[], Package]
# What a restore itself writes.
OWN = (
    "audit_entry.copy",
    "audit_seal.copy",
    "audit_chain.copy",
    "monitoring_publication.copy",
    "directory_tenantlisting.copy",
)


def sums(package: Package) -> dict[str, str]:
    files = package.manifest["files"].items()
    return {name: known["sha256"] for name, known in files if not name.endswith(OWN)}


def rename_everybody(gmina: TenantRef) -> None:
    with inside(gmina):
        Organisation.objects.update(name="Zmieniona")
        make.organisation(name="Po kopii")
        make_accession.filed(make.lead())


def test_every_table_and_file_comes_back_as_it_was(gmina: TenantRef, backup: Backup) -> None:
    before = backup()
    rename_everybody(gmina)
    assert sums(backup()) != sums(before)
    restore_tenant(by=OPERATOR, package=before)
    assert sums(backup()) == sums(before)


def test_what_was_sealed_opens_again(gmina: TenantRef, backup: Backup) -> None:
    with inside(gmina):
        person = make.lead()
        by = replace(OPERATOR, person_id=person.pk)
        accept_declaration(by=by, declaration_id=make_accession.filed(person).pk)
        texts = [str(one.context) for one in Document.objects.all()]
        files = {f.sha256: storage.read(f.path, pk=f.pk) for f in StoredFile.objects.all()}
    package = backup()
    rename_everybody(gmina)
    restore_tenant(by=OPERATOR, package=package)
    with inside(gmina):
        assert [str(one.context) for one in Document.objects.all()] == texts != []
        found = StoredFile.objects.all()
        assert {f.sha256: storage.read(f.path, pk=f.pk) for f in found} == files != {}


def test_a_signed_container_comes_back_and_opens(
    gmina: TenantRef, backup: Backup, tmp_path: Path
) -> None:
    content = containers.asice()
    with inside(gmina):
        store_signed(by=OPERATOR, upload=upload(content, "umowa.asice"), kind="SIGNED_AGREEMENT")
        path = SignedContainer.objects.get().path
    package = backup()
    (tmp_path / "media" / gmina.schema / path).unlink()
    restore_tenant(by=OPERATOR, package=package)
    with inside(gmina):
        kept = SignedContainer.objects.get()
        assert storage.read(kept.path, pk=kept.pk) == content
        assert storage.read(kept.file.path, pk=kept.file.pk).startswith(b"%PDF-")


def test_the_journal_is_whole_and_says_who_restored_what(gmina: TenantRef, backup: Backup) -> None:
    export_head(gmina)
    package = backup()
    rename_everybody(gmina)
    export_head(gmina)
    restore_tenant(by=OPERATOR, package=package)
    assert verify(gmina).is_whole
    with inside(gmina):
        entry = Entry.objects.first()
        assert entry is not None
        assert (entry.verb, entry.actor_name) == ("TENANT_RESTORED", OPERATOR.name)
        assert entry.data == {"code": CODE, "moment": package.moment.isoformat()}


def test_the_tenant_answers_again_and_may_not_read_what_was_put_aside(
    gmina: TenantRef, lead: Client, backup: Backup
) -> None:
    aside = restore_tenant(by=OPERATOR, package=backup()).aside
    assert lead.get("/gmina/gogolin/partnerstwo/czlonkowie/").status_code == 200
    with owner() as connection:
        query = "SELECT has_schema_privilege(%s, %s, 'USAGE')"
        assert connection.execute(query, [gmina.role, gmina.schema]).fetchone() == (True,)
        assert connection.execute(query, [gmina.role, aside]).fetchone() == (False,)


def test_doors_opened_since_are_closed_and_doors_closed_since_stay_closed(
    gmina: TenantRef, backup: Backup
) -> None:
    gone = accounts.member(gmina, Role.LEAD)
    stays = accounts.member(gmina, Role.DPO)
    package = backup()
    Access.objects.filter(account=gone).update(ended_at=timezone.now())
    new = accounts.member(gmina, Role.SOCIAL_WORKER)
    doors = restore_tenant(by=OPERATOR, package=package).doors
    assert (doors.closed, doors.still_closed, doors.made) == (1, 1, 0)
    open_now = Access.objects.filter(ended_at=None).values_list("account", flat=True)
    assert list(open_now) == [stays.pk]
    assert "kopii" in Access.objects.get(account=new).end_reason


def test_accounts_that_are_missing_come_back_without_a_password(
    gmina: TenantRef, backup: Backup
) -> None:
    person = accounts.member(gmina, Role.LEAD, email="lidia@example.pl")
    package = backup()
    Access.objects.all().delete()
    person.delete()
    assert restore_tenant(by=OPERATOR, package=package).doors.made == 1
    access = Access.objects.select_related("account").get(ended_at=None)
    assert access.account.email == "lidia@example.pl"
    assert not access.account.has_usable_password()


def test_the_others_are_not_touched(gmina: TenantRef, backup: Backup) -> None:
    package = backup()
    others = Tenant.objects.select_related("unit").exclude(unit__code=CODE)
    place = package.directory.parent
    before = [sums(backup_tenant(tenant=one, to=place)) for one in others]
    restore_tenant(by=OPERATOR, package=package)
    assert [sums(backup_tenant(tenant=one, to=place)) for one in others] == before


def test_a_tenant_that_is_gone_is_made_again(gmina: TenantRef, backup: Backup) -> None:
    package = backup()
    with owner() as connection:
        connection.execute("DROP SCHEMA t_160501 CASCADE")
        for table in ("crypto_tenantkey", "monitoring_figure", "monitoring_publication"):
            connection.execute(f"DELETE FROM {table} WHERE tenant_id = '{gmina.id}'".encode())
        connection.execute("DELETE FROM registry_tenant WHERE schema_name = 't_160501'")
    assert restore_tenant(by=OPERATOR, package=package).aside == ""
    assert Tenant.objects.get(unit__code=CODE).ref == gmina
    assert sums(backup()) == sums(package)


def test_a_unit_that_teryt_does_not_know_is_refused(gmina: TenantRef, backup: Backup) -> None:
    directory = str(backup().directory)
    with owner() as connection:
        connection.execute("DROP SCHEMA t_160501 CASCADE")
        connection.execute("DELETE FROM registry_tenant WHERE schema_name = 't_160501'")
    Unit.objects.filter(code=CODE).delete()
    answer = run("restore", "tenant", CODE, "--from", directory)
    assert answer.exit_code == 1
    assert "nie ma jednostki 160501" in answer.output
    assert not Tenant.objects.filter(slug="gogolin").exists()


def test_a_living_one_is_replaced_only_by_who_names_it(gmina: TenantRef, backup: Backup) -> None:
    package = backup()
    rename_everybody(gmina)
    now = sums(backup())
    refused = run("restore", "tenant", CODE, "--from", str(package.directory), answer="1605\n")
    assert (refused.exit_code, "nic nie zostało zmienione" in refused.output) == (1, True)
    assert sums(backup()) == now
    done = run("restore", "tenant", CODE, "--from", str(package.directory), answer=f"{CODE}\n")
    assert done.exit_code == 0, done.output
    assert sums(backup()) == sums(package)


def test_meanwhile_it_shows_the_page_of_maintenance(
    gmina: TenantRef, lead: Client, backup: Backup
) -> None:
    seen = []

    def look(*given: Any) -> Any:
        seen.append(lead.get("/gmina/gogolin/").status_code)
        seen.append(lead.get("/powiat/krapkowicki/").status_code)
        seen.append(sorted(ref.slug for ref in directory.open_tenants()))
        return exchange(*given)

    exchange = restoring._exchange
    with mock.patch.object(restoring, "_exchange", look):
        restore_tenant(by=OPERATOR, package=backup())
    assert seen == [503, 403, ["krapkowicki", "opole"]]
    assert lead.get("/gmina/gogolin/").status_code == 200


@pytest.mark.parametrize("step", ["load", "_lock", "note_version", "_note"])
def test_a_restore_that_fails_changes_nothing(
    gmina: TenantRef, lead: Client, backup: Backup, step: str, tmp_path: Path
) -> None:
    package = backup()
    rename_everybody(gmina)
    now = sums(backup())
    with (
        mock.patch.object(restoring, step, side_effect=OSError),
        pytest.raises(OSError),  # noqa: PT011
    ):
        restore_tenant(by=OPERATOR, package=package)
    assert sums(backup()) == now
    assert lead.get("/gmina/gogolin/").status_code == 200
    assert doctor.examine() == []
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["t_160501"]


def test_a_reader_who_does_not_end_is_waited_for_only_so_long(
    gmina: TenantRef, backup: Backup
) -> None:
    package = backup()
    rename_everybody(gmina)
    now = sums(backup())
    with owner() as reader, mock.patch.object(restoring, "_LOCK_TRIES", 1):
        reader.execute("SELECT count(*) FROM t_160501.people_person")
        with pytest.raises(Impossible, match="nie kończy pracy"):
            restore_tenant(by=OPERATOR, package=package)
    assert sums(backup()) == now


def test_two_restores_and_an_upgrade_exclude_each_other(gmina: TenantRef, backup: Backup) -> None:
    package = backup()
    with undisturbed(), pytest.raises(Impossible, match="poczekaj, aż się skończy"):
        restore_tenant(by=OPERATOR, package=package)
    with undisturbed(changing=True), pytest.raises(Impossible, match="poczekaj, aż się skończy"):
        backup()
