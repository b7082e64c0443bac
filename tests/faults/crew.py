"""Workers of a running site, and what they were told and sent."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from uuid import uuid4

from celery import Celery
from django.conf import settings

from tests.faults.site import Site
from tests.waiting import until

SWEEP = "kooperacja.notifications.tasks.drain_all"


class Crew:
    """The workers of a site, and a schedule that the test itself is."""

    def __init__(self, site: Site, children: int = 1) -> None:
        self.site, self.sent, self.children = site, site.var / "sent", children
        self.app = Celery(broker=site.environment["BROKER_URL"])
        self.app.conf.task_routes = settings.CELERY_TASK_ROUTES
        self.app.conf.broker_transport_options = {"socket_connect_timeout": 1, "socket_timeout": 5}
        errors: Any = self.app.connection_for_write().connection_errors
        self._failures: tuple[type[Exception], ...] = (OSError, *errors)
        self.process = site.worker(children)
        self._told_at = 0.0
        self.wait()

    def wait(self) -> None:
        """Until a worker listens to the broker."""
        until(self._pings, "no worker answers")

    def _pings(self) -> bool:
        try:
            return bool(self.app.control.ping(timeout=0.5))
        except self._failures:
            return False

    def tell(self, task: str = SWEEP, *args: str) -> None:
        self.app.send_task(task, args=args, ignore_result=True)

    def flood(self, count: int, queue: str, task: str, *args: str) -> None:
        """The same task many times over, each under a name of its own."""
        self.app.send_task(task, args=args, ignore_result=True, queue="pattern")
        with self._redis() as client:
            pattern = json.loads(client.rpop("pattern"))
            for _ in range(count):
                name = str(uuid4())
                pattern["headers"]["id"] = pattern["properties"]["correlation_id"] = name
                pattern["properties"]["delivery_tag"] = name
                client.lpush(queue, json.dumps(pattern))

    def queued(self, queue: str) -> int:
        """How many tasks wait in a queue."""
        with self._redis() as client:
            return int(client.llen(queue))

    def empty_broker(self) -> None:
        with self._redis() as client:
            client.flushall()

    @contextmanager
    def _redis(self) -> Iterator[Any]:
        with self.app.connection_for_read() as connection:
            channel: Any = connection.default_channel
            yield channel.client

    def told(self, *task: str) -> bool:
        """Asked again twice a second, for a wait that goes on: a later sweep finds what was not due."""
        if time.monotonic() - self._told_at > 0.5:
            self._told_at = time.monotonic()
            self.tell(*task)
        return False

    def kill(self) -> None:
        """The worker and its children at once, and another one in its place."""
        self.site.end(self.process)
        self.process = self.site.worker(self.children)

    def hold(self) -> Path:
        """From now on the mail server takes a mail and never says so."""
        path = self.sent / "hold"
        path.touch()
        return path

    def mails_to(self, address: str) -> list[Message]:
        every = (message_from_bytes(one.read_bytes()) for one in self.sent.glob("*.eml"))
        return [one for one in every if one["To"] == address]

    def sender_to(self, address: str) -> int:
        """The process that has just handed in a mail to an address; 0 before it has."""
        for one in self.sent.glob("*.eml"):
            if message_from_bytes(one.read_bytes())["To"] == address:
                return int(one.stem.rsplit("-", 1)[1])
        return 0
