"""The connection that may make and change schemas and roles; short-lived."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from tenants.registry.rules import Impossible

Connection = psycopg.Connection[Any]
# The lock of whoever changes schemas, or copies them.
CHANGES = "registry.upgrade"


@contextmanager
def owner(*, autocommit: bool = False) -> Iterator[Connection]:
    """A connection of the owner, in one transaction unless told otherwise."""
    given = settings.DATABASES["owner"]
    with psycopg.connect(
        dbname=given["NAME"],
        user=given["USER"],
        password=given["PASSWORD"],
        host=given["HOST"],
        port=given["PORT"],
        connect_timeout=5,
        autocommit=autocommit,
    ) as connection:
        yield connection


@contextmanager
def undisturbed(*, changing: bool = False) -> Iterator[None]:
    """While schemas are read nobody migrates or restores one; while one is changed nobody reads."""
    kind = "" if changing else "_shared"
    query = f"SELECT pg_try_advisory_lock{kind}(hashtext('{CHANGES}'))"
    with owner(autocommit=True) as guard:
        if not guard.execute(query.encode()).fetchone()[0]:  # type: ignore[index]
            raise Impossible(
                "Ktoś właśnie prowadzi aktualizację, kopię albo odtwarzanie; "
                "poczekaj, aż się skończy."
            )
        yield


def run(connection: Connection, text: str, *names: sql.Composable) -> None:
    connection.execute(sql.SQL(text).format(*names))


def run_all(connection: Connection, statements: Iterable[str]) -> None:
    """Many statements in one round trip, yet each by itself: so a Citus coordinator takes them."""
    with connection.pipeline():
        for statement in statements:
            connection.execute(statement.encode(), prepare=False)


def in_schema(connection: Connection, name: str) -> None:
    """Make the rest of this transaction work on the tables of one schema."""
    run(connection, "SET LOCAL search_path TO {}, ext", sql.Identifier(name))


def schema_exists(connection: Connection, name: str) -> bool:
    query = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
    return connection.execute(query, [name]).fetchone() is not None


def migrations_in(connection: Connection, schema: str) -> list[list[str]]:
    """The migrations that a tenant's schema itself says it has."""
    query = sql.SQL("SELECT app, name FROM {}.django_migrations ORDER BY app, name")
    rows = connection.execute(query.format(sql.Identifier(schema))).fetchall()
    return [list(row) for row in rows]
