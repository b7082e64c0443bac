"""What every test may ask for: three tenants made once a run, and both planes for real."""

import gc
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from kooperacja.crypto import keys
from kooperacja.documents import uploads
from kooperacja.outbox import drain
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.baskets import own_types
from tenants.region_types import reading as region_types
from tenants.registry import directory
from tenants.schemas import provisioning
from tenants.services import vocabulary
from tests import budget, servers
from tests.growing import migrations_grow
from tests.logged import lines
from tests.place import grown, place, settled, settled_more
from tests.ready import readers_are_ready, readers_end, started
from tests.recorded import migrations_are_recorded_once
from tests.scheduling import (
    ask_for_the_place_together,
    pytest_xdist_make_scheduler,
    take_long_ones_first,
)
from tests.slips import no_slip, slips_are_watched
from tests.traps import (
    gets_are_watched,
    no_get_wrote,
    outside_work_is_watched,
    own_transactions,
)

__all__ = [
    "budget",
    "gets_are_watched",
    "grown",
    "lines",
    "migrations_are_recorded_once",
    "migrations_grow",
    "no_get_wrote",
    "no_slip",
    "outside_work_is_watched",
    "place",
    "pytest_xdist_make_scheduler",
    "readers_are_ready",
    "readers_end",
    "settled",
    "settled_more",
    "slips_are_watched",
    "started",
]

# Pages are rendered without `collectstatic`, so their files keep their plain names.
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
# A busy machine is no fault: a turn at an outbox ends with its last message, what is remembered of a
# tenant is forgotten after a test and not in the middle of one, and no test waits for the limit of a
# statement or of a lock, or ends by that of a transaction: all cases of a random test are in one.
drain.TURN_SECONDS = directory.REMEMBER_SECONDS = float("inf")
for plane in settings.DATABASES.values():
    limits = plane["OPTIONS"]["options"]
    plane["OPTIONS"]["options"] = "-c transaction_timeout=0 " + limits.replace(
        "timeout=30000", "timeout=600000"
    ).replace("timeout=20000", "timeout=600000")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is loaded and collected stays to the end, so nobody looks there for garbage.

    Of the rest a test leaves tens of thousands of objects that are gone before anybody asks.
    """
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 10, 10)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`db` means both planes, each in a transaction that is rolled back; races are for soaking."""
    for item in items:
        if "/faults/" in item.nodeid or "_at_once.py" in item.nodeid:
            item.add_marker("soak")
        if "db" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=["default", "shared", "publish"]))
    ask_for_the_place_together(items)
    take_long_ones_first(items)


# Whether a file is taken depends on its bytes alone, and asks a process of its own each time.
_read_anew, _taken = uploads._refused, set[bytes]()
_READ_FILES = ("tests/kooperacja/documents/", "tests/faults/", "tests/isolation/")


@pytest.fixture(autouse=True)
def files_are_read_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file is read once in a run, but where the reading itself is tested."""
    if not request.node.nodeid.startswith(_READ_FILES):
        monkeypatch.setattr(uploads, "_refused", _refused)


def _refused(content: bytes, account: UUID | None) -> str | None:
    reason = None if content in _taken else _read_anew(content, account)
    if reason is None:
        _taken.add(content)
    return reason


_read_keys = keys._read


@pytest.fixture(autouse=True)
def keys_are_remembered(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Read once in a test, as on a server, which has no transaction of a test, but in tests of keys."""
    is_of_keys = request.node.nodeid.startswith("tests/kooperacja/crypto/")
    if "db" in request.fixturenames and not is_of_keys:
        monkeypatch.setattr(keys, "_read", _remembering)
    yield
    keys.forget()


def _remembering(tenant_id: UUID) -> keys.TenantKeys:
    found = _read_keys(tenant_id)
    if not own_transactions("shared"):
        keys._known[tenant_id] = found
    return found


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> None:
    """The worker's database is a copy of the template, made before the settings were read.

    Figures are written through the shared plane's connection here, so that one rolled-back
    transaction holds both; tests of the wall use `fresh_database`, where nothing is bent.
    """
    with django_db_blocker.unblock():
        with provisioning.owner() as connection:
            login = settings.DATABASES["shared"]["USER"]
            connection.execute(
                f"GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {login}"
            )
        connections["publish"] = connections["shared"]


def _ref(slug: str) -> TenantRef:
    tenant = directory.find(slug)
    assert tenant is not None
    return tenant


@pytest.fixture
def gmina(db: None) -> TenantRef:
    return _ref("gogolin")


@pytest.fixture
def powiat(db: None) -> TenantRef:
    return _ref("krapkowicki")


@pytest.fixture
def city(db: None) -> TenantRef:
    return _ref("opole")


@pytest.fixture
def in_gmina(gmina: TenantRef) -> Iterator[TenantRef]:
    with inside(gmina):
        yield gmina


@pytest.fixture(autouse=True)
def _no_memory_of_tenants(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # However slow the machine is, a test knows the types from its first question to its end.
    monkeypatch.setattr(vocabulary, "REMEMBER_SECONDS", 600.0)
    yield
    directory.forget()
    region_types.forget()
    own_types.forget()


def _use_database(name: str) -> None:
    for alias in settings.DATABASES:
        connections[alias].close()
        connections.settings[alias]["NAME"] = name


@contextmanager
def working_in(database: str) -> Iterator[None]:
    """Commits are real there, and each plane has its own login."""
    before: dict[str, BaseDatabaseWrapper] = {a: connections[a] for a in settings.DATABASES}
    normal = connections.settings["default"]["NAME"]
    del connections["publish"]
    _use_database(database)
    directory.forget()
    region_types.forget()
    own_types.forget()
    try:
        yield
    finally:
        for alias in settings.DATABASES:
            connections[alias].close()
        _use_database(normal)
        connections["publish"] = before["publish"]


@pytest.fixture
def template() -> str:
    """The database that a fresh one is like; a module may name another."""
    return servers.TEMPLATE


@pytest.fixture
def fresh_database(template: str, django_db_blocker: Any, monkeypatch: Any) -> Iterator[str]:
    """A database of the test's own."""
    own = f"koop_{servers.WORKER}_fresh"
    servers.copy_template(own, template)
    monkeypatch.setenv("DATABASE_URL", servers.url_of(own))
    with django_db_blocker.unblock(), working_in(own):
        yield own
    servers.drop(own)
