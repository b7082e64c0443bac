"""Makes the schemas and roles of tenants, and the wall between them; runs as the owner."""

from contextlib import suppress

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import errors, sql
from psycopg.types.json import Jsonb

from kooperacja.embedded.postgres import QUIET
from kooperacja.embedded.problems import SetupProblem
from tenants.registry.models import SchemaVersion, Tenant
from tenants.schemas import catalogue, citus, ddl
from tenants.schemas.owner import (
    Connection,
    in_schema,
    migrations_in,
    owner,
    run,
    run_all,
    schema_exists,
)
from tenants.schemas.recording import append_only_tables

# The aliases whose logins are made here: of the tenants, of the shared plane, of the publisher.
LOGINS = ("default", "shared", "publish")
# Tables that the publishing role may write: the figures and nothing else.
_PUBLISHED_APPS = ("monitoring", "directory")
_OF_A_TENANT = "NOLOGIN NOINHERIT NOCREATEDB NOCREATEROLE"
# Nodes of Citus sign in to each other as the tenant; without a password nobody else can.
_ON_CITUS = _OF_A_TENANT.removeprefix("NO")
# Whoever waits or forgets lets the others go on, also where a pooler drops what a session asks for.
_PATIENCE = {"lock_timeout": "20s", "idle_in_transaction_session_timeout": "5min"}
_LONGEST_TRANSACTION, _KNOWS_TRANSACTION_TIMEOUT = "10min", 17_00_00
# A migration that releases before 0.2.0 had and no later one has.
_GIVEN_UP = ["partnership", "0002_the_partnership"]


def login(alias: str) -> sql.Identifier:
    """The role by which the program signs in to a plane."""
    return sql.Identifier(settings.DATABASES[alias]["USER"])


def migrate_shared() -> None:
    """Bring the shared plane up to date, then its roles and grants, then the DDL of tenants."""
    with owner() as connection:
        _refuse_given_up(connection)
        connection.execute("CREATE SCHEMA IF NOT EXISTS ext")
        for extension in ("unaccent", "pg_trgm"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA ext")
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    connections["owner"].close()
    _sync_planes()
    ddl.current()


def _refuse_given_up(connection: Connection) -> None:
    """Data from before 0.2.0, whose migrations were written anew, can't be taken over."""
    if connection.execute("SELECT to_regclass('public.registry_schemaversion')").fetchone() == (
        None,
    ):
        return
    query = "SELECT FROM public.registry_schemaversion WHERE migrations @> %s"
    if connection.execute(query, [Jsonb([_GIVEN_UP])]).fetchone() is not None:
        raise SetupProblem(
            "Te dane powstały przed wersją 0.2.0 i nie można ich przejąć: usuń je (make clean-var) "
            "albo wskaż pustą bazę w DATABASE_URL, a potem uruchom program ponownie."
        )


def sync_roles() -> None:
    """Apply every grant of the plan again; harmless to repeat, needed after a restore."""
    _sync_planes()
    # Only now do the logins work that reading the register needs.
    tenants = list(Tenant.objects.exclude(opened_at=None).order_by("schema_name"))
    with owner() as connection:
        for tenant in tenants:
            grant_tenant(connection, tenant.schema_name, tenant.role_name)
            connection.commit()


def _sync_planes() -> None:
    with owner() as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('sync_roles'))")
        _sync_logins(connection)
        _sync_database(connection)
        _sync_shared_plane(connection)


def build(tenant: Tenant) -> str:
    """Give a tenant its schema, role and rights in one transaction; the version it is at.

    A spare is only renamed; without one the whole is made. What is there already stays.
    """
    version = ddl.current()
    for _ in range(_TRIES - 1):
        with suppress(*_COLLISIONS), owner() as connection:
            return _build(connection, tenant, version)
    with owner() as connection:
        return _build(connection, tenant, version)


# Roles are rows of the whole server: two who change the same at one moment collide.
_COLLISIONS = (
    errors.InternalError_,
    errors.UniqueViolation,
    errors.DuplicateObject,
    errors.UndefinedObject,
)
_TRIES = 3


def _build(connection: Connection, tenant: Tenant, version: SchemaVersion) -> str:
    digest = version.digest
    if schema_exists(connection, tenant.schema_name):
        grant_tenant(connection, tenant.schema_name, tenant.role_name)
        digest = ddl.digest_in(migrations_in(connection, tenant.schema_name))
    elif not _take_spare(connection, tenant, version):
        make_schema(connection, tenant.schema_name, tenant.role_name, version)
    connection.execute(
        "UPDATE public.registry_tenant SET ddl = %s WHERE id = %s", [digest, tenant.pk]
    )
    return digest


def make_schema(
    connection: Connection, schema_name: str, role_name: str, version: SchemaVersion
) -> None:
    """A schema of a version with its role and rights, in the caller's transaction."""
    run(connection, "CREATE SCHEMA {}", sql.Identifier(schema_name))
    # Tables then come with their rights: to grant them later the server reads all tenants' tables.
    _let_in(connection, schema_name, role_name)
    make_tables(connection, schema_name, version)
    _keep_from_changing(connection, schema_name, role_name)


def make_tables(connection: Connection, schema_name: str, version: SchemaVersion) -> None:
    """The tables of a version in a schema that has none."""
    in_schema(connection, schema_name)
    run_all(connection, version.statements)


def _take_spare(connection: Connection, tenant: Tenant, version: SchemaVersion) -> bool:
    """A spare of this version became the tenant's; rights follow a role when renamed."""
    taken = connection.execute(_TAKE, [version.digest]).fetchone()
    if taken is None:
        return False
    schema_name, role_name = taken
    if not schema_exists(connection, schema_name):  # somebody removed it by hand
        return False
    rename(connection, "SCHEMA", schema_name, tenant.schema_name)
    if _role_exists(connection, tenant.role_name):  # left by a former life of this tenant
        grant_tenant(connection, tenant.schema_name, tenant.role_name)
        drop_role(connection, role_name)
    else:
        rename(connection, "ROLE", role_name, tenant.role_name)
    return True


def rename(connection: Connection, kind: str, old: str, new: str) -> None:
    """Rename a SCHEMA or a ROLE; rights go along."""
    names = sql.Identifier(old), sql.Identifier(new)
    run(connection, f"ALTER {kind} {{}} RENAME TO {{}}", *names)


def drop_role(connection: Connection, name: str) -> None:
    """Remove a tenant's role with all its rights, if it is there."""
    if _role_exists(connection, name):
        run(connection, "DROP OWNED BY {}", sql.Identifier(name))
        run(connection, "DROP ROLE {}", sql.Identifier(name))


def _role_exists(connection: Connection, name: str) -> bool:
    roles = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    return roles.fetchone() is not None


# Whoever opens another tenant at this moment takes the next one and does not wait.
_TAKE = """
    DELETE FROM public.registry_spare WHERE id = (
        SELECT id FROM public.registry_spare WHERE ddl = %s
        ORDER BY made_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING schema_name, role_name
"""


def _ensure_role(connection: Connection, name: str, options: str) -> None:
    present = connection.execute(_OPTIONS, [name]).fetchone()
    # To write what is there already would collide with whoever does the same for another site.
    if present == ("NOLOGIN" not in options, False, False, False):
        return
    verb = "ALTER" if present else "CREATE"
    connection.execute(sql.SQL(f"{verb} ROLE {{}} {options}").format(sql.Identifier(name)))


_OPTIONS = (
    "SELECT rolcanlogin, rolinherit, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s"
)


def _sync_logins(connection: Connection) -> None:
    for alias in LOGINS:
        given = settings.DATABASES[alias]
        _ensure_role(connection, given["USER"], "LOGIN NOINHERIT NOCREATEDB NOCREATEROLE")
        run(connection, "ALTER ROLE {} PASSWORD {}", login(alias), sql.Literal(given["PASSWORD"]))
        _set_of_login(connection, alias)


def _set_of_login(connection: Connection, alias: str) -> None:
    """The settings of every session of a login; written only where they differ."""
    name = settings.DATABASES[alias]["USER"]
    row = connection.execute(_SET_OF_ROLE, [name]).fetchone()
    held, may_quiet = row or ([], False)
    wanted = _PATIENCE | (QUIET if may_quiet else {})
    # A COMMIT is no statement, so statement_timeout lets it wait without end.
    if connection.info.server_version >= _KNOWS_TRANSACTION_TIMEOUT:
        wanted["transaction_timeout"] = _LONGEST_TRANSACTION
    for parameter, value in wanted.items():
        if f"{parameter}={value}" not in held:
            change = f"ALTER ROLE {{}} SET {parameter} TO {{}}"
            run(connection, change, login(alias), sql.Literal(value))


# Of the log a superuser alone may decide.
_SET_OF_ROLE = """
    SELECT coalesce(rolconfig, ARRAY[]::text[]),
           (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
    FROM pg_roles WHERE rolname = %s
"""


def _sync_database(connection: Connection) -> None:
    database = sql.Identifier(connection.info.dbname)
    run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    for alias in LOGINS:
        run(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, login(alias))
    run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    run(connection, "GRANT USAGE ON SCHEMA ext TO PUBLIC")
    run(connection, "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC")  # no DO blocks
    catalogue.close(connection)


def _sync_shared_plane(connection: Connection) -> None:
    shared, publish = login("shared"), login("publish")
    for role in (shared, publish):
        run(connection, "GRANT USAGE ON SCHEMA public TO {}", role)
    _grant_all(connection, sql.Identifier("public"), shared)
    run(connection, "REVOKE INSERT, UPDATE, DELETE ON public.django_migrations FROM {}", shared)
    for name in _tables(connection, "public") & set(published_tables()):
        table = sql.Identifier("public", name)
        run(connection, "REVOKE INSERT, UPDATE, DELETE ON {} FROM {}", table, shared)
        run(connection, f"GRANT {_RIGHTS['TABLES']} ON {{}} TO {{}}", table, publish)


def published_tables() -> list[str]:
    return [
        model._meta.db_table
        for label in _PUBLISHED_APPS
        for model in apps.get_app_config(label).get_models()
    ]


def grant_tenant(connection: Connection, schema_name: str, role_name: str) -> None:
    """Give a tenant's role every right of the plan; what was there before does not matter."""
    _let_in(connection, schema_name, role_name)
    schema, tenant = sql.Identifier(schema_name), sql.Identifier(role_name)
    _grant_all(connection, schema, tenant)
    _keep_from_changing(connection, schema_name, role_name)


_RIGHTS = {"TABLES": "SELECT, INSERT, UPDATE, DELETE", "SEQUENCES": "USAGE"}


def _grant_all(connection: Connection, schema: sql.Identifier, role: sql.Identifier) -> None:
    for kind, rights in _RIGHTS.items():
        run(connection, f"GRANT {rights} ON ALL {kind} IN SCHEMA {{}} TO {{}}", schema, role)


def _let_in(connection: Connection, schema_name: str, role_name: str) -> None:
    schema, tenant = _opened(connection, schema_name, role_name)
    # What a migration adds is the tenant's from its first moment.
    for kind, rights in _RIGHTS.items():
        default = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {{}} GRANT {rights} ON {kind} TO {{}}"
        run(connection, default, schema, tenant)


def _keep_from_changing(connection: Connection, schema_name: str, role_name: str) -> None:
    schema, tenant = sql.Identifier(schema_name), sql.Identifier(role_name)
    run(connection, "REVOKE INSERT, UPDATE, DELETE ON {}.django_migrations FROM {}", schema, tenant)
    for name in sorted(append_only_tables()):
        table = sql.Identifier(name)
        # A tenant that is behind in its migrations may lack a table yet.
        if _table_exists(connection, sql.SQL("{}.{}").format(schema, table)):
            run(connection, "REVOKE UPDATE, DELETE ON {}.{} FROM {}", schema, table, tenant)


def _table_exists(connection: Connection, table: sql.Composed) -> bool:
    query = "SELECT to_regclass(%s) IS NOT NULL"
    row = connection.execute(query, [table.as_string(connection)]).fetchone()
    return bool(row and row[0])


def _opened(
    connection: Connection, schema_name: str, role_name: str
) -> tuple[sql.Identifier, sql.Identifier]:
    """A schema that its role alone may enter, and the role, which has no right on a table yet."""
    schema, role = sql.Identifier(schema_name), sql.Identifier(role_name)
    if citus.is_here(connection):
        _ensure_role(connection, role_name, _ON_CITUS)
        database = sql.Identifier(connection.info.dbname)
        run(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, role)
    else:
        _ensure_role(connection, role_name, _OF_A_TENANT)
    run(connection, "GRANT {} TO {}", role, login("default"))
    run(connection, "REVOKE ALL ON SCHEMA {} FROM PUBLIC", schema)
    run(connection, "GRANT USAGE ON SCHEMA {} TO {}", schema, role)
    return schema, role


def grant_reading(connection: Connection, schema_name: str, role_name: str) -> None:
    """A role that may look into a schema and change nothing."""
    schema, reader = _opened(connection, schema_name, role_name)
    run(connection, "GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}", schema, reader)


def revoke_tenant(connection: Connection, schema_name: str, role_name: str) -> None:
    """A schema is no longer a tenant's: what its role held there is taken back."""
    if not _role_exists(connection, role_name):
        return
    schema, tenant = sql.Identifier(schema_name), sql.Identifier(role_name)
    for kind in ("TABLES", "SEQUENCES"):
        run(connection, f"REVOKE ALL ON ALL {kind} IN SCHEMA {{}} FROM {{}}", schema, tenant)
        run(
            connection,
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {{}} REVOKE ALL ON {kind} FROM {{}}",
            schema,
            tenant,
        )
    run(connection, "REVOKE ALL ON SCHEMA {} FROM {}", schema, tenant)


def _tables(connection: Connection, schema_name: str) -> set[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema_name]
    ).fetchall()
    return {name for (name,) in rows}
