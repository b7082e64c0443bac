"""Refuses a pooler that changes the session between transactions: roles would meet other tenants."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

from kooperacja.embedded.problems import SetupProblem

# A pooler whose sessions are all taken makes one ask in vain while another's transaction goes on.
PATIENCE_SECONDS = 20.0
# One that gives its sessions out in turn may give the same one twice by chance.
_TIMES = 5


def require_sessions() -> None:
    """At the start of a process; a server that is not reached yet is asked again by readiness."""
    for alias in settings.DATABASES:
        verdict = keeps_session(alias)
        if verdict is None:
            return  # the others would be waited for in vain as well
        if not verdict:
            raise SetupProblem(_refusal(settings.DATABASES[alias]))


def keeps_session(alias: str) -> bool | None:
    """A connection meets in each transaction what it had set; None when not reached."""
    given = connections[alias].get_connection_params()
    parameters = {k: v for k, v in given.items() if k not in {"context", "cursor_factory"}}
    try:
        with (
            psycopg.connect(**parameters, autocommit=True) as one,
            psycopg.connect(**parameters, autocommit=True) as other,
        ):
            return _finds_itself_again(one, other)
    except psycopg.errors.ProtocolViolation:
        return False  # one that gives a session for a statement alone refuses transactions
    except psycopg.Error:
        return None


def _finds_itself_again(one: psycopg.Connection[Any], other: psycopg.Connection[Any]) -> bool:
    mark = secrets.token_hex(8)
    # A setting of our own: poolers remember and restore those they know.
    one.execute(f"SET kooperacja.mark = '{mark}'")
    before = _met(one)[0]
    with ThreadPoolExecutor(1) as thread:
        other.execute("BEGIN")
        try:
            if _met(other)[0] == before:
                return False  # one session for two, who would wait for each other
            met = thread.submit(lambda: {_met(one) for _ in range(_TIMES)}).result(PATIENCE_SECONDS)
        except TimeoutError:
            return False
        finally:
            other.execute("ROLLBACK")
    return met == {(before, mark)}


def _met(connection: psycopg.Connection[Any]) -> tuple[int, str | None]:
    row = connection.execute(
        "SELECT pg_backend_pid(), current_setting('kooperacja.mark', true)"
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def _refusal(database: dict[str, Any]) -> str:
    address = ":".join(filter(None, (database["HOST"], database["PORT"])))
    return (
        f"Baza pod adresem {address} jest za pośrednikiem, który zmienia sesję między "
        "transakcjami: ustaw w nim tryb sesji (PgBouncer: pool_mode = session) albo podaj w "
        "DATABASE_URL i zmiennych *_DATABASE_URL bezpośredni adres PostgreSQL."
    )
