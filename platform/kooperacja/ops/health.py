"""Health of this process: asked for by proxies, the supervisor and people on call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import redis
from django.conf import settings
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor

from kooperacja.ops.pooler import keeps_session
from kooperacja.tenancy.plane import Plane

OK, DOWN, BEHIND, POOLER = "ok", "down", "behind", "pooler"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing the platform leans on."""

    name: str
    state: Callable[[], str]
    # Without the broker sign-in and case work go on (the outbox keeps what must be sent), so
    # its absence must not take the site from behind its proxy.
    is_vital: bool = True


def _database(alias: str) -> str:
    connection = cast(Plane, connections[alias])
    try:
        connection.ensure_connection()
    except Error:
        return DOWN
    if connection.answers():
        return OK
    connection.close()
    return DOWN


_migrated = False  # it can't be undone while this process runs


def _migrations() -> str:
    global _migrated
    if _migrated:
        return OK
    try:
        executor = MigrationExecutor(connections["shared"])
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return DOWN
    return OK if _migrated else BEHIND


_has_sessions = False  # asked once: it is a matter of set-up


def _sessions() -> str:
    global _has_sessions
    if _has_sessions:
        return OK
    verdicts = {keeps_session(alias) for alias in ("shared", "default")}
    if False in verdicts:
        return POOLER
    _has_sessions = verdicts == {True}
    return OK if _has_sessions else DOWN


def _broker() -> str:
    try:
        with redis.Redis.from_url(
            settings.BROKER_URL, socket_timeout=1, socket_connect_timeout=1
        ) as client:
            client.ping()
    except (redis.RedisError, ValueError):
        return DOWN
    return OK


PARTS = (
    Part("shared_plane", lambda: _database("shared")),
    Part("tenant_plane", lambda: _database("default")),
    Part("sessions", _sessions),
    Part("migrations", _migrations),
    Part("broker", _broker, is_vital=False),
)


def readiness() -> tuple[dict[str, str], bool]:
    """The state of each part, and whether the site can serve."""
    states = {part.name: part.state() for part in PARTS}
    return states, all(states[part.name] == OK for part in PARTS if part.is_vital)
