"""Roles of the database that are as they should be are not written again."""

from typing import Any

import psycopg

from tenants.schemas import provisioning
from tests import servers

# The transaction that wrote a row last; another one means that it was written again.
TENANTS = """
    SELECT rolname, xmin::text FROM pg_authid
    WHERE rolname IN ('koop_test_t_160501', 'koop_test_t_1605', 'koop_test_t_166101') ORDER BY 1
"""
MEMBERS = """
    SELECT roleid::regrole::text, member::regrole::text, xmin::text FROM pg_auth_members
    WHERE roleid::regrole::text IN ('koop_test_t_160501', 'koop_test_t_1605', 'koop_test_t_166101')
    ORDER BY 1, 2
"""


def written(database: str) -> list[list[tuple[Any, ...]]]:
    with psycopg.connect(servers.url_of(database), autocommit=True) as oracle:
        return [oracle.execute(query).fetchall() for query in (TENANTS, MEMBERS)]


def test_the_plan_writes_a_role_that_differs_from_it_and_no_other(fresh_database: str) -> None:
    provisioning.sync_roles()
    roles, members = before = written(fresh_database)
    assert (len(roles), bool(members)) == (3, True)

    provisioning.sync_roles()
    assert written(fresh_database) == before

    name = "koop_test_t_160501"
    with psycopg.connect(servers.url_of(fresh_database), autocommit=True) as oracle:
        oracle.execute(f"ALTER ROLE {name} CREATEDB")
        provisioning.sync_roles()
        found = oracle.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = %s", [name])
        assert found.fetchone() == (False,)
    assert written(fresh_database)[1] == members
