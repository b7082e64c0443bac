"""A package runs nothing but the structure of a tenant, and as a role that has nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from psycopg import errors

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.backup import loading
from tenants.backup.package import MANIFEST, VERSION, Package
from tenants.backup.signature import SIGNATURE, sign
from tenants.backup.statements import is_structure
from tenants.people.models import Organisation
from tenants.registry.rules import Impossible
from tenants.schemas import ddl
from tenants.schemas.owner import owner
from tests.factories import people as make
from tests.tenants.backup.conftest import CODE, rewrite, run

Backup = Callable[[], Package]

ATTACKS = [
    (
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS "
        "$$BEGIN RETURN NEW; END$$"
    ),
    (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN EXECUTE 'ALTER ROLE koop_test_app SUPERUSER'; RETURN NEW; END$$"
    ),
    "CREATE TRIGGER t BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION public.f()",
    "ALTER ROLE koop_test_app SUPERUSER",
    "CREATE ROLE intruz SUPERUSER LOGIN",
    "RESET ROLE",
    "SET ROLE postgres",
    "COMMIT",
    "COPY people_person FROM PROGRAM 'touch /tmp/kooperacja-attack'",
    "COPY (SELECT 1) TO PROGRAM 'touch /tmp/kooperacja-attack'",
    "COPY people_person FROM '/etc/passwd'",
    "\\! touch /tmp/kooperacja-attack",
    "\\i /etc/passwd",
    "\\.",
    "DROP SCHEMA t_1605 CASCADE",
    "DROP TABLE t_1605.people_person",
    "SELECT * FROM t_1605.people_person",
    "INSERT INTO people_organisation SELECT * FROM t_1605.people_organisation",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('a', (SELECT 'b'), now())",
    "DO $$BEGIN EXECUTE 'DROP SCHEMA t_1605 CASCADE'; END$$",
    "GRANT ALL ON SCHEMA public TO PUBLIC",
    "CREATE EXTENSION dblink",
    'CREATE RULE r AS ON INSERT TO "people_person" DO ALSO NOTIFY x',
    '/* CREATE TABLE "x" */ DROP SCHEMA t_1605 CASCADE',
    "-- nic\nDROP SCHEMA t_1605 CASCADE",
    'CREATE TABLE "x" ("id" integer); DROP SCHEMA t_1605 CASCADE',
    'CREATE TABLE "x" ("id" integer) -- nic',
    'CREATE TABLE "x" ("id" integer /* nic */)',
    'CREATE TABLE "x" ("id" integer, "t" text DEFAULT $$\'$$); DROP SCHEMA t_1605 --\')',
    'CREATE TABLE "x" ("t" text DEFAULT \'a\\\'); DROP SCHEMA t_1605 CASCADE; --\')',
    'CREATE TABLE "x" ("t" text DEFAULT U&\'\\0027\')',
    'CREATE TABLE "x" AS SELECT * FROM "people_person"',
    'CREATE TABLE "x" ("t" text DEFAULT pg_read_file(\'/etc/passwd\'))',
    'CREATE TABLE "x" ("t" text DEFAULT "pg_read_file"(\'/etc/passwd\'))',
    "CREATE TABLE \"x\" (\"t\" xml DEFAULT query_to_xml('DROP SCHEMA t_1605', true, true, ''))",
    'CREATE TABLE "x" () INHERITS ("people_person")',
    'CREATE TABLE "t_1605"."x" ("id" integer)',
    'ALTER TABLE "t_1605"."people_person" RENAME TO "x"',
    'ALTER TABLE "people_person" OWNER TO "koop_test_t_1605"',
    'ALTER TABLE "people_person" DISABLE TRIGGER ALL',
    'UPDATE "people_person" SET "phone" = (SELECT 1)',
    'CREATE INDEX "i" ON "people_person" ("pg_terminate_backend"("version"))',
    'CREATE\u00a0TABLE "x" ("id" integer)',
    "",
]
# As if nobody had read them: what the server itself refuses to whoever loads.
BEYOND_ITS_SCHEMA = [
    "ALTER ROLE koop_test_app SUPERUSER",
    "CREATE ROLE intruz",
    "COPY people_person FROM PROGRAM 'touch /tmp/kooperacja-attack'",
    "COPY people_person FROM '/etc/passwd'",
    "DROP SCHEMA t_1605 CASCADE",
    "SELECT * FROM t_1605.people_person",
    "SELECT * FROM public.accounts_account",
    "CREATE TABLE public.intruz ()",
    "CREATE SCHEMA intruz",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_advisory_lock(1605)",
    "DO $$BEGIN EXECUTE 'DROP SCHEMA t_1605 CASCADE'; END$$",
]


def add(directory: Path, statement: str) -> Package:
    """As somebody who has the master key too: every sum and the signature fit."""
    rewrite(directory, statement)
    text = (directory / MANIFEST).read_bytes()
    (directory / SIGNATURE).write_text(sign(text))
    return Package.opened(directory)


@pytest.mark.parametrize("statement", ATTACKS)
def test_nothing_but_structure_passes(statement: str) -> None:
    assert not is_structure(statement)


def test_all_that_a_tenant_is_made_of_is_known(fresh_database: str) -> None:
    statements = ddl.current().statements
    assert len(statements) > 50
    own = ddl.own()
    known = [text for text in statements if text in own or is_structure(text)]
    assert known == statements
    # Former releases wrote their structure in their own words.
    assert len([text for text in statements if is_structure(text)]) > len(statements) * 0.8


def test_a_package_with_a_statement_of_another_kind_is_refused_before_anything_runs(
    gmina: TenantRef, backup: Backup
) -> None:
    directory = backup().directory
    kept = (directory / VERSION).read_text()
    for statement in ATTACKS:
        (directory / VERSION).write_text(kept)
        with pytest.raises(Impossible, match="którego program nie zna"):
            loading.require_loadable(add(directory, statement))
    answer = run("restore", "tenant", CODE, "--from", str(directory), "--yes")
    assert answer.exit_code == 1
    assert "niczego z niej nie uruchomiono" in answer.output.replace("\n", " ")
    assert run("backup", "tenant", "1605").exit_code == 0


@pytest.mark.parametrize("statement", BEYOND_ITS_SCHEMA)
def test_whoever_loads_reaches_nothing_beyond_the_new_schema(
    fresh_database: str, statement: str
) -> None:
    table = 'CREATE TABLE "people_person" ("id" integer)'
    with (
        pytest.raises(errors.InsufficientPrivilege),
        owner() as connection,
        loading._as_owner_of(connection, "x_160501") as loader,
    ):
        loading._make_tables(connection, loader, [table, statement])


def test_what_was_loaded_is_the_owners_and_its_role_is_gone(
    gmina: TenantRef, backup: Backup
) -> None:
    answer = run("restore", "tenant", CODE, "--from", str(backup().directory), "--yes")
    assert answer.exit_code == 0, answer.output
    with owner() as connection:
        roles = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname ~ '^koop_test_l_'"
        ).fetchall()
        owners = connection.execute(_OWNERS).fetchall()
        (name,) = connection.execute("SELECT current_user::text").fetchone() or ("",)
    assert roles == []
    assert owners == [(name,)]


def test_on_citus_no_number_of_another_node_is_carried_over(
    gmina: TenantRef, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owner() as connection:  # as a node counts whose number is 2
        connection.execute("UPDATE t_160501.django_migrations SET id = id + (2::bigint << 48)")
    directory = str(backup().directory)
    monkeypatch.setattr(loading, "citus", mock.Mock(is_here=lambda connection: True))
    answer = run("restore", "tenant", CODE, "--from", directory, "--yes")
    assert answer.exit_code == 0, answer.output
    with owner() as connection:
        connection.execute(
            "INSERT INTO t_160501.django_migrations (app, name, applied) VALUES ('a', 'b', now())"
        )
        query = "SELECT id, row_number() OVER (ORDER BY id) FROM t_160501.django_migrations"
        rows = connection.execute(query).fetchall()
    assert len(rows) > 8
    first = rows[0][0]
    assert first < 1000  # the other node counts from 2 << 48
    assert [number for number, _ in rows] == [first - 1 + place for _, place in rows]


_OWNERS = """
    SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 't_160501'
    UNION SELECT relowner::regrole::text FROM pg_class WHERE relnamespace = 't_160501'::regnamespace
    UNION SELECT proowner::regrole::text FROM pg_proc WHERE pronamespace = 't_160501'::regnamespace
"""


def test_rows_that_look_like_statements_are_rows(gmina: TenantRef, backup: Backup) -> None:
    text = "\\.\nDROP SCHEMA t_1605 CASCADE;\n\\! touch x\n\\i y\nCOPY z FROM stdin;\t$$ -- /*"
    with inside(gmina):
        organisation: Any = make.organisation(name=text)
    directory = str(backup().directory)
    with inside(gmina):
        Organisation.objects.filter(pk=organisation.pk).update(name="inna")
    answer = run("restore", "tenant", CODE, "--from", directory, "--yes")
    assert answer.exit_code == 0, answer.output
    with inside(gmina):
        assert Organisation.objects.get(pk=organisation.pk).name == text
