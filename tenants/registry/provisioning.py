"""Makes the schemas and roles of tenants, and the wall between them; runs as the owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from psycopg import sql

from tenants.registry import ddl
from tenants.registry.models import Tenant

# The aliases whose logins are made here: of the tenants, of the shared plane, of the publisher.
LOGINS = ("default", "shared", "publish")
# Tables that the publishing role may write: the figures and nothing else.
_PUBLISHED_APPS = ("monitoring",)
# Functions by which a session could change its role, reach the disk or another server.
_FORBIDDEN_FUNCTIONS = (
    "set_config(text, text, boolean)",
    "lo_creat(integer)",
    "lo_create(oid)",
    "lo_from_bytea(oid, bytea)",
    "lo_import(text)",
    "lo_import(text, oid)",
    "lo_export(oid, text)",
    "lo_open(oid, integer)",
    "lo_put(oid, bigint, bytea)",
)


def role(name: str) -> str:
    """A tenant role's full name: roles belong to the cluster, so each site's carry its prefix."""
    return f"{settings.ROLE_PREFIX}_{name}"


def login(alias: str) -> sql.Identifier:
    """The role by which the program signs in to a plane."""
    return sql.Identifier(settings.DATABASES[alias]["USER"])


@contextmanager
def owner() -> Iterator[psycopg.Connection[Any]]:
    """A short-lived connection of the owner, in one transaction."""
    given = settings.DATABASES["owner"]
    with psycopg.connect(
        dbname=given["NAME"],
        user=given["USER"],
        password=given["PASSWORD"],
        host=given["HOST"],
        port=given["PORT"],
        connect_timeout=5,
    ) as connection:
        yield connection


def migrate_shared() -> None:
    """Bring the shared plane up to date, then roles and grants, then the DDL of tenants."""
    with owner() as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS ext")
        for extension in ("unaccent", "pg_trgm"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA ext")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    sync_roles()
    ddl.current()


def sync_roles() -> None:
    """Apply every grant of the plan again; harmless to repeat, needed after a restore."""
    with owner() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('sync_roles'))")
        _sync_logins(connection)
        _sync_database(connection)
        _sync_shared_plane(connection)
    # Only now do the logins work that reading the register needs.
    tenants = list(Tenant.objects.exclude(opened_at=None).order_by("schema_name"))
    with owner() as connection:
        for tenant in tenants:
            _grant_tenant(connection, tenant.schema_name, tenant.role_name)
            connection.commit()


def build(tenant: Tenant) -> str:
    """Make the schema, role and grants of a tenant in one transaction; the digest of its DDL."""
    version = ddl.current()
    with owner() as connection:
        schema = sql.Identifier(tenant.schema_name)
        exists = connection.execute(
            "SELECT 1 FROM pg_namespace WHERE nspname = %s", [tenant.schema_name]
        ).fetchone()
        if not exists:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
            connection.execute(sql.SQL("SET LOCAL search_path TO {}, ext").format(schema))
            # Without parameters psycopg sends all statements at once.
            connection.execute(version.statements.encode())
        _grant_tenant(connection, tenant.schema_name, tenant.role_name)
    return version.digest


def _ensure_role(connection: psycopg.Connection[Any], name: str, options: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if found else "CREATE"
    connection.execute(sql.SQL(f"{verb} ROLE {{}} {options}").format(sql.Identifier(name)))


def _sync_logins(connection: psycopg.Connection[Any]) -> None:
    for alias in LOGINS:
        given = settings.DATABASES[alias]
        _ensure_role(connection, given["USER"], "LOGIN NOINHERIT NOCREATEDB NOCREATEROLE")
        _run(connection, "ALTER ROLE {} PASSWORD {}", login(alias), sql.Literal(given["PASSWORD"]))


def _sync_database(connection: psycopg.Connection[Any]) -> None:
    database = sql.Identifier(connection.info.dbname)
    _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    for alias in LOGINS:
        _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, login(alias))
    _run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    _run(connection, "GRANT USAGE ON SCHEMA ext TO PUBLIC")
    _run(connection, "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC")  # no DO blocks
    for function in _FORBIDDEN_FUNCTIONS:
        _run(connection, f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC")


def _sync_shared_plane(connection: psycopg.Connection[Any]) -> None:
    shared, publish = login("shared"), login("publish")
    for name in (shared, publish):
        _run(connection, "GRANT USAGE ON SCHEMA public TO {}", name)
    _run(
        connection,
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        shared,
    )
    _run(connection, "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}", shared)
    _run(connection, "REVOKE INSERT, UPDATE, DELETE ON public.django_migrations FROM {}", shared)
    for table in _tables(connection, "public") & set(published_tables()):
        _run(
            connection,
            "REVOKE INSERT, UPDATE, DELETE ON public.{} FROM {}",
            sql.Identifier(table),
            shared,
        )
        _run(
            connection,
            "GRANT SELECT, INSERT, UPDATE, DELETE ON public.{} TO {}",
            sql.Identifier(table),
            publish,
        )


def published_tables() -> list[str]:
    return [
        model._meta.db_table
        for label in _PUBLISHED_APPS
        for model in apps.get_app_config(label).get_models()
    ]


def append_only_tables() -> list[str]:
    """Tables of a tenant whose rows are written once: models that say APPEND_ONLY."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "APPEND_ONLY", False)
        and apps.get_app_config(model._meta.app_label).name in settings.TENANT_APPS
    ]


def _grant_tenant(connection: psycopg.Connection[Any], schema_name: str, role_name: str) -> None:
    _ensure_role(connection, role_name, "NOLOGIN NOINHERIT NOCREATEDB NOCREATEROLE")
    schema, tenant = sql.Identifier(schema_name), sql.Identifier(role_name)
    _run(connection, "GRANT {} TO {}", tenant, login("default"))
    _run(connection, "REVOKE ALL ON SCHEMA {} FROM PUBLIC", schema)
    _run(connection, "GRANT USAGE ON SCHEMA {} TO {}", schema, tenant)
    _run(
        connection,
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {} TO {}",
        schema,
        tenant,
    )
    _run(connection, "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}", schema, tenant)
    _run(
        connection, "REVOKE INSERT, UPDATE, DELETE ON {}.django_migrations FROM {}", schema, tenant
    )
    # A tenant that is behind in its migrations may lack a table yet.
    present = _tables(connection, schema_name)
    for table in present & set(append_only_tables()):
        _run(
            connection,
            "REVOKE UPDATE, DELETE ON {}.{} FROM {}",
            schema,
            sql.Identifier(table),
            tenant,
        )


def _run(connection: psycopg.Connection[Any], text: str, *names: sql.Composable) -> None:
    connection.execute(sql.SQL(text).format(*names))


def _tables(connection: psycopg.Connection[Any], schema_name: str) -> set[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema_name]
    ).fetchall()
    return {name for (name,) in rows}
