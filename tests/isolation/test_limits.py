"""Nobody stops another by waiting: not in a statement, not between them, not in a COMMIT."""

import psycopg
import pytest
from django.conf import settings
from psycopg import errors, sql

from tests import servers
from tests.isolation.conftest import Field

LIMITS = {
    "idle_in_transaction_session_timeout": "300000",
    "lock_timeout": "20000",
    "transaction_timeout": "600000",
}


def signed_in(wall: Field, alias: str = "default") -> "psycopg.Connection[tuple[object, ...]]":
    given = settings.DATABASES[alias]
    return psycopg.connect(
        servers.url_of(wall.oracle.info.dbname), user=given["USER"], password=given["PASSWORD"]
    )


@pytest.mark.parametrize("alias", ["default", "shared", "publish"])
def test_every_login_is_bounded_whatever_its_session_asks_for(wall: Field, alias: str) -> None:
    with signed_in(wall, alias) as connection:
        rows = connection.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) AND source = 'user'",
            [list(LIMITS)],
        ).fetchall()
    assert dict(rows) == LIMITS


def test_a_commit_that_waits_for_another_ends(wall: Field) -> None:
    own = sql.Identifier(wall.own.role), sql.Identifier(wall.own.schema)
    holder = psycopg.connect(servers.url_of(wall.oracle.info.dbname))
    waiting = signed_in(wall)

    def write() -> None:
        waiting.execute(
            "INSERT INTO audit_entry (id, at, actor_name, role, via, request_id, verb, object_type,"
            " object_label, why, data) VALUES (gen_random_uuid(), now(), 'a', '', 'CLI', '', 'V',"
            " '', '', '', '{}')"
        )
        waiting.commit()

    try:
        waiting.execute(sql.SQL("SET ROLE {}").format(own[0]))
        waiting.execute(sql.SQL("SET search_path TO {}, ext").format(own[1]))
        waiting.execute("SET lock_timeout TO 0")
        waiting.execute("SET statement_timeout TO 0")
        waiting.execute("SET transaction_timeout TO '1s'")
        waiting.commit()
        holder.execute(
            sql.SQL("SELECT FROM {}.audit_chain FOR UPDATE").format(own[1])
        )  # the seal of the entry waits for it
        with pytest.raises((errors.TransactionTimeout, psycopg.OperationalError)):
            write()
    finally:
        holder.close()
        waiting.close()
