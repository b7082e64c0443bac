"""A tenant's tasks wait in a queue of its shard, and every queue has a worker."""

from collections import Counter
from uuid import UUID

import pytest
from uuid6 import uuid7

from kooperacja import queues
from kooperacja.celery import app
from kooperacja.outbox.nudge import SHARED_DRAIN, TENANT_DRAIN
from kooperacja.supervisor import site_processes

ID = "01936b3e-7b1a-7c3f-8a5d-1f2e3d4c5b6a"


def queue_of(task: str, *args: str) -> str:
    route = app.amqp.router.route({}, task, list(args), {})
    return str(getattr(route["queue"], "name", route["queue"]))


@pytest.mark.parametrize("task", [TENANT_DRAIN, "region.monitoring.tasks.refresh"])
def test_a_tenants_task_always_waits_in_the_same_shard(task: str) -> None:
    assert queue_of(task, ID) == "tenants.10"


@pytest.mark.parametrize(
    "task", [SHARED_DRAIN, "kooperacja.notifications.tasks.drain_all", "celery.ping"]
)
def test_a_task_of_no_tenant_waits_with_the_shared_planes(task: str) -> None:
    assert queue_of(task) == queue_of(task, "not an id") == queues.SHARED


def test_opening_waits_for_the_owners_worker() -> None:
    assert queue_of("tenants.schemas.tasks.open_one", ID) == "provisioning"


def test_tenants_of_a_region_are_spread_over_all_shards() -> None:
    counts = Counter(queues.of_tenant(UUID(str(uuid7()))) for _ in range(351))
    assert set(counts) == set(queues.names()) - {queues.SHARED}


def test_somebody_takes_from_every_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_SERVER_URL", raising=False)
    taken = [
        child.argv[child.argv.index("-Q") + 1] for child in site_processes() if "-Q" in child.argv
    ]
    assert sorted(",".join(taken).split(",")) == sorted([*queues.names(), "provisioning"])
