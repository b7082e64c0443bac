"""One tenant makes more work than can be done; the work of the others does not wait behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings
from kombu import Connection
from uuid6 import uuid7

from kooperacja import queues
from kooperacja.notifications.models import Outgoing
from kooperacja.outbox import nudge
from kooperacja.outbox.nudge import TENANT_DRAIN
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tests.faults.conftest import Office
from tests.faults.crew import Crew
from tests.faults.site import Faulty, Site, own_broker
from tests.waiting import until

FLOOD = 10_000
MOST = FLOOD * 9 // 10


@pytest.fixture
def quiet_broker(tmp_path: Path) -> Iterator[Faulty]:
    """Another broker, from which no other worker takes."""
    server = own_broker(tmp_path / "broker")
    yield server
    server.stop()


@pytest.fixture
def hire(office: Office, quiet_broker: Faulty, tmp_path: Path) -> Iterator[Any]:
    """A worker of a site with so many shards."""
    sites: list[Site] = []

    @contextmanager
    def one(shards: int) -> Iterator[Crew]:
        database = office.site.environment["DATABASE_URL"]
        more = {"TENANT_SHARDS": str(shards)}
        site = Site(tmp_path, database_url=database, broker_url=quiet_broker.url, **more)
        sites.append(site)
        with override_settings(TENANT_SHARDS=shards):
            yield Crew(site)

    yield one
    for site in sites:
        site.stop()


@pytest.fixture
def opole(office: Office) -> TenantRef:
    found = directory.find("opole")
    assert found is not None
    return found


def ask(tenant: TenantRef, count: int = 1) -> UUID:
    """Messages in the outbox of a tenant, which only need to be looked at; the last one."""
    with inside(tenant):
        waiting = [
            Outgoing(kind="INBOX_DONE", payload={"source_ids": []}, dedupe=f"flood:{uuid7()}")
            for _ in range(count)
        ]
        Outgoing.objects.bulk_create(waiting)
        last: UUID = waiting[-1].pk
        return last


def is_done(tenant: TenantRef, pk: UUID) -> bool:
    with inside(tenant):
        return bool(Outgoing.objects.filter(pk=pk, done_at__isnull=False).exists())


def undone(tenant: TenantRef) -> int:
    with inside(tenant):
        return int(Outgoing.objects.filter(done_at=None, dedupe__startswith="flood:").count())


@pytest.fixture
def flooded(office: Office) -> Iterator[TenantRef]:
    """Whose outbox is dry again afterwards."""
    yield office.tenant
    with inside(office.tenant):
        Outgoing.objects.filter(dedupe__startswith="flood:").delete()


def test_tasks_of_one_tenant_wait_apart_from_anothers(
    flooded: TenantRef, opole: TenantRef, hire: Any
) -> None:
    apart = next(n for n in range(2, 1000) if opole.id.int % n != flooded.id.int % n)
    with hire(apart) as crew:
        queue, message = queues.of_tenant(flooded.id), ask(opole)
        crew.flood(FLOOD, queue, TENANT_DRAIN, str(flooded.id))
        crew.tell(TENANT_DRAIN, str(opole.id))
        until(lambda: is_done(opole, message))
        assert crew.queued(queue) > FLOOD // 2


def test_a_full_outbox_takes_turns_with_others_of_its_shard(
    flooded: TenantRef, opole: TenantRef, hire: Any
) -> None:
    ask(flooded, FLOOD)
    with hire(1) as crew:
        crew.tell(TENANT_DRAIN, str(flooded.id))
        until(lambda: undone(flooded) < FLOOD)
        message = ask(opole)
        crew.tell(TENANT_DRAIN, str(opole.id))
        until(lambda: is_done(opole, message))
        assert undone(flooded) > MOST


def test_nudges_of_one_tenant_wait_once_and_not_for_long(
    flooded: TenantRef, quiet_broker: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Connection(quiet_broker.url) as connection:
        monkeypatch.setattr(nudge, "_rests_until", 0.0)
        monkeypatch.setattr(nudge, "_connection", lambda: connection)
        assert all(nudge.nudge(TENANT_DRAIN, str(flooded.id)) for _ in range(50))
        client = connection.default_channel.client
        assert client.llen(queues.of_tenant(flooded.id)) == 1
        (key,) = client.keys("nudged:*")
        assert 0 < client.pttl(key) < 10_000
