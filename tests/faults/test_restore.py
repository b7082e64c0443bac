"""One tenant is restored from its backup while three tenants are written to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.verify import verify
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.backup import doctor
from tenants.backup.copies import drop_copy
from tenants.backup.package import Package
from tenants.backup.restoring import restore_tenant
from tenants.backup.tenant import backup_tenant
from tenants.people.models import Organisation
from tenants.registry import directory
from tenants.registry.models import Tenant
from tenants.registry.roles import Role
from tests.factories import accession as make_accession
from tests.factories import people as make
from tests.faults.conftest import PARTNERSHIP, Office, signed_document
from tests.waiting import until

# What a restore itself writes.
OWN = (
    "audit_entry.copy",
    "audit_seal.copy",
    "audit_chain.copy",
    "monitoring_publication.copy",
    "directory_tenantlisting.copy",
)


class Writer(threading.Thread):
    """Somebody who goes on working in a tenant and remembers what was acknowledged."""

    def __init__(self, tenant: TenantRef) -> None:
        super().__init__()
        self.tenant, self.kept, self.is_over = tenant, [], threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            while not self.is_over.is_set():
                with inside(self.tenant):
                    self.kept.append(make.organisation().pk)
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()

    @property
    def lost(self) -> int:
        with inside(self.tenant):
            found = set(Organisation.objects.values_list("pk", flat=True))
        return len(set(self.kept) - found)


@contextmanager
def writing_in(*slugs: str) -> Iterator[list[Writer]]:
    refs = [directory.find(slug) for slug in slugs]
    writers = [Writer(ref) for ref in refs if ref]
    for writer in writers:
        writer.start()
    try:
        until(lambda: all(writer.kept for writer in writers), what="the first rows")
        yield writers
    finally:
        for writer in writers:
            writer.is_over.set()
            writer.join()


def sums(package: Package) -> dict[str, str]:
    files = package.manifest["files"].items()
    return {name: known["sha256"] for name, known in files if not name.endswith(OWN)}


@pytest.fixture
def backup(office: Office, tmp_path: Path) -> Callable[[], Package]:
    tenant = Tenant.objects.select_related("unit").get(pk=office.tenant.id)
    return lambda: backup_tenant(tenant=tenant, to=tmp_path)


@pytest.fixture(autouse=True)
def journals(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_nothing_acknowledged_in_the_others_is_lost(
    office: Office, backup: Callable[[], Package]
) -> None:
    declaration = office.filed()
    package = backup()
    with writing_in("krapkowicki", "opole", "gogolin") as (powiat, city, own):
        written = [len(one.kept) for one in (powiat, city)]
        aside = restore_tenant(by=SYSTEM, package=package).aside
        until(lambda: len(powiat.kept) > written[0] and len(city.kept) > written[1])
        until(lambda: own.lost < len(own.kept), what="work in the restored tenant goes on")
    assert (powiat.error, city.error, own.error) == (None, None, None)
    assert (powiat.lost, city.lost) == (0, 0)
    with inside(office.tenant):
        type(declaration).objects.get(pk=declaration.pk)
        Organisation.objects.filter(pk__in=own.kept).delete()
    assert sums(backup()) == sums(package)
    assert verify(office.tenant).is_whole
    drop_copy(by=SYSTEM, name=aside)
    # Other tests of this site leave tenants that nobody opens.
    assert [one.said for one in doctor.examine() if "otwieranie" not in one.said] == []


def test_whoever_sends_a_form_meanwhile_is_answered_and_keeps_working(
    office: Office, backup: Callable[[], Package]
) -> None:
    lead, person = office.person(Role.LEAD)
    with inside(office.tenant):
        declaration = make_accession.draft(person)
    package = backup()
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/zlozenie/"
    restoring = threading.Thread(target=_restore, args=(package,))
    restoring.start()
    answers = [lead.get(PARTNERSHIP + "czlonkowie/").status]
    while restoring.is_alive():
        answers.append(lead.get(PARTNERSHIP + "czlonkowie/").status)
    restoring.join()
    assert set(answers) <= {200, 503}
    directory.forget()
    until(lambda: lead.get(PARTNERSHIP + "czlonkowie/").status == 200)
    assert lead.post(url, signed_document()).status == 302


def _restore(package: Package) -> None:
    try:
        drop_copy(by=SYSTEM, name=restore_tenant(by=SYSTEM, package=package).aside)
    finally:
        connections.close_all()
