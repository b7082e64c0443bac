"""Floods one tenant and times the messages of others: "FLOOD WHOSE COUNT SIZE" on each line.

The flood is in the tenant's outbox, in its queue of tasks, or there is none; the others share its
shard (beside) or don't (apart). The answer: the seconds of each message, and what is left of the
flood after the last.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from typing import Any

import django
from uuid6 import uuid7

PATIENCE_SECONDS = 120.0
# Messages come at every moment of a turn at the flood.
PAUSES = (0.0, 0.13, 0.26, 0.39, 0.52)


def main() -> None:
    django.setup()
    flooded, others = _choose()
    for line in sys.stdin:
        flood, whose, count, size = line.split()
        _make(flood, flooded, int(size))
        waits = []
        for tenant, pause in islice(zip(cycle(others[whose]), cycle(PAUSES)), int(count)):
            time.sleep(pause)
            waits.append(_wait_for(*_commit(tenant)))
        print(json.dumps({"waits": waits, "left": _left(flood, flooded)}), flush=True)
        _dry(flooded)


def _choose() -> tuple[Any, dict[str, list[Any]]]:
    """A tenant of the fullest shard, and the others by whether they share it."""
    from kooperacja import queues
    from tenants.registry import directory

    shards: dict[str, list[Any]] = {}
    for tenant in directory.open_tenants():
        shards.setdefault(queues.of_tenant(tenant.id), []).append(tenant)
    fullest, *others = sorted(shards.values(), key=len, reverse=True)
    return fullest[0], {"beside": fullest[1:], "apart": [one for each in others for one in each]}


def _make(flood: str, tenant: Any, size: int) -> None:
    from kooperacja.celery import app
    from kooperacja.notifications.models import Outgoing
    from kooperacja.outbox.nudge import TENANT_DRAIN, nudge
    from kooperacja.tenancy.context import inside

    if flood == "outbox":
        with inside(tenant):
            Outgoing.objects.bulk_create(Outgoing(**_message("flood")) for _ in range(size))
        for _ in range(size):  # as each would be by its own commit
            nudge(TENANT_DRAIN, str(tenant.id))
    if flood == "tasks":
        with app.producer_pool.acquire() as producer:
            for _ in range(size):
                app.send_task(TENANT_DRAIN, args=[str(tenant.id)], producer=producer)


def _left(flood: str, tenant: Any) -> int:
    from kooperacja.notifications.models import Outgoing
    from kooperacja.tenancy.context import inside

    if flood == "tasks":
        with _queue(tenant) as (redis, name):
            return int(redis.llen(name))
    with inside(tenant):
        return Outgoing.objects.filter(done_at=None, dedupe__startswith="flood:").count()


def _dry(tenant: Any) -> None:
    """Nothing of the flood is left to the next case."""
    from kooperacja.notifications.models import Outgoing
    from kooperacja.tenancy.context import inside

    with _queue(tenant) as (redis, name):
        redis.delete(name)
    with inside(tenant):
        Outgoing.objects.filter(dedupe__startswith="flood:").delete()


@contextmanager
def _queue(tenant: Any) -> Iterator[tuple[Any, str]]:
    """The broker itself, and under which name the tenant's tasks wait there."""
    from kooperacja import queues
    from kooperacja.celery import app

    with app.connection_for_read() as connection:
        channel: Any = connection.default_channel
        yield channel.client, queues.of_tenant(tenant.id)


def _commit(tenant: Any) -> tuple[Any, float, str]:
    """Write one message there: the tenant, the moment of the commit, the message's name."""
    from django.db import transaction

    from kooperacja.notifications.models import Outgoing
    from kooperacja.outbox.actions import enqueue
    from kooperacja.tenancy.context import inside

    moments: list[float] = []
    message = _message("beside")
    with inside(tenant), transaction.atomic():
        transaction.on_commit(lambda: moments.append(time.monotonic()))
        enqueue(Outgoing, **message)
    return tenant, moments[0], message["dedupe"]


def _wait_for(tenant: Any, moment: float, dedupe: str) -> float:
    from kooperacja.notifications.models import Outgoing
    from kooperacja.tenancy.context import inside

    with inside(tenant):
        done = Outgoing.objects.filter(dedupe=dedupe, done_at__isnull=False)
        while not done.exists():
            assert time.monotonic() - moment < PATIENCE_SECONDS, "the message waits forever"
            time.sleep(0.01)
    return time.monotonic() - moment


def _message(name: str) -> dict[str, Any]:
    """A message that only needs to be looked at."""
    return {"kind": "INBOX_DONE", "payload": {"source_ids": []}, "dedupe": f"{name}:{uuid7()}"}


if __name__ == "__main__":
    main()
