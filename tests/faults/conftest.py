"""A running site for these tests, its people, and a second PostgreSQL that may be killed."""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from kooperacja.crypto import keys
from kooperacja.documents.models import StoredFile
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.notifications.models import Outgoing
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Person, RoleAssignment
from tenants.registry import directory
from tenants.registry.roles import Role
from tests import servers
from tests.factories import accession as make_accession
from tests.factories import accounts
from tests.factories import partnership as make_partnership
from tests.factories import people as make
from tests.faults.browser import Answer, Browser
from tests.faults.crew import Crew
from tests.faults.site import Faulty, Site, own_broker, own_postgres

HOME = "/gmina/gogolin/"
PARTNERSHIP = HOME + "partnerstwo/"


@dataclass
class Office:
    """A gmina of a running site, whose rows the test may also see and make directly."""

    site: Site
    tenant: TenantRef

    def person(self, *roles: str, **of: Any) -> tuple[Browser, Person]:
        """Somebody signed in, and their row."""
        with inside(self.tenant):
            client, person = make.signed_in(self.tenant, *roles, **of)
        return Browser.of(client, self.site.port), person

    def coordinator(self) -> Browser:
        """Somebody of the ROPS who has just shown the second factor."""
        client = accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
        return Browser.of(accounts.with_fresh_factor(client), self.site.port)

    def filed(self) -> AccessionDeclaration:
        """A declaration that waits for the decision."""
        with inside(self.tenant):
            return make_accession.filed(make.lead())

    def files(self) -> list[Path]:
        return [one for one in (self.site.var / "media").rglob("*") if one.is_file()]

    def unknown_files(self) -> list[Path]:
        """Files on the disk that no row knows."""
        with inside(self.tenant):
            known = set(StoredFile.objects.values_list("path", flat=True))
        return [one for one in self.files() if f"{one.parent.name}/{one.name}" not in known]


def accept(browser: Browser, declaration: AccessionDeclaration) -> Answer:
    day = timezone.localdate().isoformat()
    url = f"{PARTNERSHIP}deklaracje/{declaration.pk}/przyjecie/"
    return browser.post(url, {"version": str(declaration.version), "decided_on": day})


def signed_document(**changed: Any) -> dict[str, Any]:
    """What is sent with a signed declaration."""
    day = timezone.localdate().isoformat()
    dates = {"signed_on": day, "received_on": day}
    return {"mode": "PAPER_SCAN", **dates, "regulation_id": "on", "file": make.pdf(), **changed}


def at_once(*works: Callable[[], Answer]) -> list[Answer]:
    """The answers to requests that set off together."""
    start = Barrier(len(works))

    def run(work: Callable[[], Answer]) -> Answer:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@contextmanager
def working_on(url: str, var: Path) -> Iterator[None]:
    """The test's own process sees the database and the files of a site."""
    parts = urlsplit(url)
    place = {"NAME": parts.path[1:], "HOST": parts.hostname, "PORT": str(parts.port)}
    before = {alias: connections[alias] for alias in settings.DATABASES}
    normal = {alias: dict(connections.settings[alias]) for alias in before}
    for alias, connection in before.items():
        connection.close()
        del connections[alias]
        # In place: the connections that are put back share these very dicts.
        secret = {"PASSWORD": parts.password} if alias == "owner" else {}
        connections.settings[alias].update(place | secret)
    _forget()
    try:
        with override_settings(MEDIA_ROOT=var / "media"):
            yield
    finally:
        for alias, connection in before.items():
            connections[alias].close()
            connections.settings[alias].update(normal[alias])
            connections[alias] = connection
        _forget()


def _forget() -> None:
    directory.forget()
    keys.forget()


@contextmanager
def office_of(site: Site) -> Iterator[Office]:
    with working_on(site.environment["DATABASE_URL"], site.var):
        tenant = directory.find("gogolin")
        assert tenant is not None
        with inside(tenant):
            make_partnership.found(tenant)
        yield Office(site, tenant)


@pytest.fixture(scope="package")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faulty]:
    server = own_broker(tmp_path_factory.mktemp("broker"))
    yield server
    server.stop()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, broker: Faulty) -> Iterator[Site]:
    """Web over a database on the server of the run, which nobody may kill."""
    database = f"koop_{servers.WORKER}_faults"
    servers.copy_template(database)
    var = tmp_path_factory.mktemp("site")
    site = Site(var, database_url=servers.url_of(database), broker_url=broker.url)
    try:
        site.web()
        yield site
    finally:
        site.stop()
        servers.drop(database)


@pytest.fixture
def office(site: Site, django_db_blocker: Any) -> Iterator[Office]:
    with django_db_blocker.unblock(), office_of(site) as office:
        yield office


@pytest.fixture
def lead(office: Office) -> Browser:
    """Who represents the Lider."""
    return office.person(Role.LEAD)[0]


@pytest.fixture(scope="package")
def _crew(site: Site) -> Iterator[Crew]:
    crew = Crew(site)
    yield crew
    crew.site.end(crew.process)


@pytest.fixture
def crew(_crew: Crew, office: Office) -> Iterator[Crew]:
    """Nothing of other tests waits, and nobody else represents the Lider."""
    with inside(office.tenant):
        Outgoing.objects.filter(done_at=None).delete()
        RoleAssignment.objects.filter(role=Role.LEAD).update(ended_on=timezone.localdate())
    OutgoingMessage.objects.filter(done_at=None).delete()
    yield _crew
    (_crew.sent / "hold").unlink(missing_ok=True)


@pytest.fixture(scope="package")
def postgres() -> Iterator[Faulty]:
    """A second server."""
    # Outside pytest's own folders, which every other pytest of this user closes to the server.
    with tempfile.TemporaryDirectory(prefix="kp-", ignore_cleanup_errors=True) as folder:
        server = own_postgres(Path(folder) / "postgres")
        yield server
        server.stop()


@pytest.fixture(scope="package")
def exposed_site(
    tmp_path_factory: pytest.TempPathFactory, postgres: Faulty, broker: Faulty
) -> Iterator[Site]:
    """Web over the second server."""
    var = tmp_path_factory.mktemp("exposed")
    site = Site(var, database_url=servers.template_of(postgres.url), broker_url=broker.url)
    try:
        site.web()
        yield site
    finally:
        site.stop()


@pytest.fixture
def exposed(exposed_site: Site, django_db_blocker: Any) -> Iterator[Office]:
    with django_db_blocker.unblock(), office_of(exposed_site) as office:
        yield office


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    """What the site's processes wrote is shown with a failure."""
    outcome: Any = yield
    report = outcome.get_result()
    given = getattr(item, "funcargs", {})
    for name in ("site", "exposed_site"):
        if report.failed and name in given:
            report.sections.append((f"the log of {name}", given[name].last_words()))
