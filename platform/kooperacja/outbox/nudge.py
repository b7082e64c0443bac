"""Telling a worker that an outbox has something; only to be quick, the sweep finds it anyway."""

import logging
import threading
import time
from contextlib import suppress
from functools import partial
from typing import Any

from django.db import connections, transaction
from kombu import Connection

from kooperacja.celery import app
from kooperacja.tenancy.context import current_tenant_or_none

logger = logging.getLogger(__name__)

TENANT_DRAIN = "kooperacja.notifications.tasks.drain"
SHARED_DRAIN = "kooperacja.notifications.tasks.drain_shared"
# After a failure nobody waits for the broker for this long.
REST_SECONDS = 5.0
# A request may wait this long for a broker that is silent; workers have more patience.
PATIENCE = {"socket_connect_timeout": 0.4, "socket_timeout": 0.4, "max_retries": 0}
# A nudge that waits stands for all that follow it. Lost, it is missed for less than a sweep's time.
STANDS_MS = 8000
_rests_until = 0.0
_own = threading.local()


def nudge_after_commit(using: str) -> None:
    """Nudge once for all messages of the transaction; the broker's absence hurts nobody."""
    tenant = current_tenant_or_none() if using == "default" else None
    call = (TENANT_DRAIN, str(tenant.id)) if tenant else (SHARED_DRAIN,)
    # One of a savepoint that was rolled back has left the list with it.
    if any(
        getattr(waiting[1], "args", None) == call for waiting in connections[using].run_on_commit
    ):
        return
    transaction.on_commit(partial(nudge, *call), using=using, robust=True)


def nudge(task: str, *args: str) -> bool:
    """Ask a worker to drain, unless it was asked already; False when the broker did not take it."""
    global _rests_until
    if time.monotonic() < _rests_until:
        return False
    try:
        connection = _connection()
        if _broker(connection).set(_key(task, args), 1, nx=True, px=STANDS_MS):
            app.send_task(task, args=args, retry=False, ignore_result=True, connection=connection)
    except Exception as error:
        # Whatever the broker's client raises, the work itself is safe in the outbox.
        _forget_connection()
        _rests_until = time.monotonic() + REST_SECONDS
        logger.warning("broker did not take %s: %s", task, type(error).__name__)
        return False
    return True


def begin(task: str, *args: str) -> None:
    """The drain begins: what is written from now on must nudge anew."""
    try:
        _broker(_connection()).delete(_key(task, args))
    except Exception:
        # The key will be gone soon by itself.
        _forget_connection()


def _key(task: str, args: tuple[str, ...]) -> str:
    return ":".join(["nudged", task, *args])


def _broker(connection: Connection) -> Any:
    """Redis itself, behind a connection for messages."""
    channel: Any = connection.default_channel
    return channel.client


def _connection() -> Connection:
    """This thread's own; it is made anew after a failure."""
    if not hasattr(_own, "connection"):
        _own.connection = app.connection_for_write(transport_options=PATIENCE)
    connection: Connection = _own.connection
    return connection


def _forget_connection() -> None:
    connection: Connection | None = _own.__dict__.pop("connection", None)
    if connection is not None:
        with suppress(Exception):
            connection.release()
