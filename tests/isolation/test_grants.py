"""Who may do what in the database, compared with the plan."""

import psycopg
import pytest
from django.db import connection
from psycopg import errors, sql

from kooperacja.tenancy.context import inside
from tenants.schemas.provisioning import append_only_tables
from tests import servers
from tests.isolation.conftest import Field

TABLES = """
    SELECT n.nspname, c.relname, grantee.rolname, string_agg(acl.privilege_type, ',' ORDER BY 1)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL aclexplode(c.relacl) acl
    LEFT JOIN pg_roles grantee ON grantee.oid = acl.grantee
    WHERE c.relkind = 'r' AND (n.nspname LIKE 't\\_%' OR n.nspname = 'public')
      AND acl.grantee <> c.relowner
    GROUP BY 1, 2, 3
"""

SCHEMAS = """
    SELECT n.nspname, coalesce(grantee.rolname, 'PUBLIC'), string_agg(acl.privilege_type, ',')
    FROM pg_namespace n
    CROSS JOIN LATERAL aclexplode(n.nspacl) acl
    LEFT JOIN pg_roles grantee ON grantee.oid = acl.grantee
    WHERE n.nspname LIKE 't\\_%' AND acl.grantee <> n.nspowner
    GROUP BY 1, 2
"""


def test_a_tenants_tables_are_its_own_roles_alone(wall: Field) -> None:
    rows = wall.oracle.execute(TABLES).fetchall()
    strangers = [row for row in rows if row[0].startswith("t_") and row[2] != f"koop_test_{row[0]}"]
    assert strangers == []
    assert {row[0] for row in rows} == {"t_160501", "t_1605", "t_166101", "public"}


def test_the_shared_plane_is_closed_to_every_tenant(wall: Field) -> None:
    rows = wall.oracle.execute(TABLES).fetchall()
    grantees = {row[2] for row in rows if row[0] == "public"}
    assert grantees == {"koop_test_shared", "koop_test_publish"}


def test_the_publisher_reaches_only_what_the_region_reads(wall: Field) -> None:
    rows = wall.oracle.execute(TABLES).fetchall()
    published = {row[1] for row in rows if row[2] == "koop_test_publish"}
    assert published
    assert all(name.startswith(("monitoring_", "directory_")) for name in published)


@pytest.mark.parametrize("login", ["app", "shared", "publish"])
def test_a_login_may_change_no_setting_by_function(wall: Field, login: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege), _signed_in(wall, login) as connection:
        connection.execute("SELECT set_config('role', 'none', false)")


@pytest.mark.parametrize("login", ["shared", "publish"])
def test_no_other_login_becomes_a_tenant(wall: Field, login: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege), _signed_in(wall, login) as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(wall.own.role)))


def test_the_application_alone_sees_no_tenant_until_it_enters_one(wall: Field) -> None:
    with pytest.raises(errors.InsufficientPrivilege), _signed_in(wall, "app") as connection:
        connection.execute(f"SELECT * FROM {wall.own.schema}.canary")


def test_a_session_looks_for_tables_in_its_own_schema_alone(wall: Field) -> None:
    with inside(wall.own), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path')")
        assert cursor.fetchone() == (f"{wall.own.schema}, ext",)


def test_a_tenants_schema_is_its_own_roles_alone(wall: Field) -> None:
    rows = wall.oracle.execute(SCHEMAS).fetchall()
    assert {row[0] for row in rows} == {"t_160501", "t_1605", "t_166101"}
    assert [row for row in rows if row[1:] != (f"koop_test_{row[0]}", "USAGE")] == []


# Roles belong to the whole server, on which another site may be opening tenants meanwhile.
OURS = """(
    EXISTS (SELECT 1 FROM pg_shdepend d, pg_database b WHERE d.refobjid = pg_roles.oid
        AND d.dbid = b.oid AND b.datname = current_database())
    OR NOT EXISTS (SELECT 1 FROM pg_shdepend d WHERE d.refobjid = pg_roles.oid AND d.dbid <> 0)
)"""


def test_no_role_of_the_site_inherits_or_stands_above_others(wall: Field) -> None:
    query = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'koop\\_test\\_%' AND {}"
    above = "(rolinherit OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)"
    assert wall.oracle.execute(query.format(above)).fetchall() == []
    assert len(wall.oracle.execute(query.format(OURS)).fetchall()) == 6
    logins = wall.oracle.execute(query.format("rolcanlogin")).fetchall()
    assert {name for (name,) in logins} == {f"koop_test_{p}" for p in ("app", "shared", "publish")}


def test_a_tenants_role_is_a_member_of_nothing(wall: Field) -> None:
    query = "SELECT member::regrole::text FROM pg_auth_members WHERE roleid::regrole::text LIKE %s"
    members = wall.oracle.execute(query, ["koop_test_t%"]).fetchall()
    assert {name for (name,) in members} <= {"koop_test_app", "postgres"}


def test_what_is_written_once_can_only_be_added_and_read(wall: Field) -> None:
    rows = wall.oracle.execute(TABLES).fetchall()
    rights = [set(row[3].split(",")) for row in rows if row[1] in append_only_tables()]
    assert rights == [{"INSERT", "SELECT"}] * 3 * len(append_only_tables())


def _signed_in(wall: Field, login: str) -> "psycopg.Connection[tuple[object, ...]]":
    from django.conf import settings

    given = settings.DATABASES[{"app": "default"}.get(login, login)]
    return psycopg.connect(
        servers.url_of(wall.oracle.info.dbname), user=given["USER"], password=given["PASSWORD"]
    )
