"""Who may do what in the database, compared with the plan."""

import psycopg
import pytest
from psycopg import errors, sql

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


def test_a_tenants_tables_are_its_own_roles_alone(field: Field) -> None:
    rows = field.oracle.execute(TABLES).fetchall()
    strangers = [row for row in rows if row[0].startswith("t_") and row[2] != f"koop_test_{row[0]}"]
    assert strangers == []
    assert {row[0] for row in rows} == {"t_160501", "t_1605", "t_166101", "public"}


def test_the_shared_plane_is_closed_to_every_tenant(field: Field) -> None:
    rows = field.oracle.execute(TABLES).fetchall()
    grantees = {row[2] for row in rows if row[0] == "public"}
    assert grantees == {"koop_test_shared", "koop_test_publish"}


def test_the_publisher_reaches_only_the_figures(field: Field) -> None:
    rows = field.oracle.execute(TABLES).fetchall()
    published = {row[1] for row in rows if row[2] == "koop_test_publish"}
    assert published
    assert all(name.startswith("monitoring_") for name in published)


@pytest.mark.parametrize("login", ["app", "shared", "publish"])
def test_a_login_may_change_no_setting_by_function(field: Field, login: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege), _signed_in(field, login) as connection:
        connection.execute("SELECT set_config('role', 'none', false)")


@pytest.mark.parametrize("login", ["shared", "publish"])
def test_no_other_login_becomes_a_tenant(field: Field, login: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege), _signed_in(field, login) as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(field.own.role)))


def test_the_application_alone_sees_no_tenant_until_it_enters_one(field: Field) -> None:
    with pytest.raises(errors.InsufficientPrivilege), _signed_in(field, "app") as connection:
        connection.execute(f"SELECT * FROM {field.own.schema}.canary")


def _signed_in(field: Field, login: str) -> "psycopg.Connection[tuple[object, ...]]":
    from django.conf import settings

    given = settings.DATABASES[{"app": "default"}.get(login, login)]
    return psycopg.connect(
        servers.url_of(field.oracle.info.dbname), user=given["USER"], password=given["PASSWORD"]
    )
