"""Makes a schema as a package has it, with all its rows, in the caller's transaction."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from psycopg import sql
from psycopg.types.json import Jsonb

from kooperacja.tenancy.ref import role_of
from tenants.backup import tenant as kept
from tenants.backup.copying import Table, copy_in, one, plainly, tables_in
from tenants.backup.package import VERSION, Package
from tenants.backup.statements import require_known
from tenants.registry.models import SchemaVersion
from tenants.registry.rules import Impossible
from tenants.schemas import citus
from tenants.schemas.owner import Connection, in_schema, run


def version_in(package: Package) -> SchemaVersion:
    """The version its schema has, known to this site or not; nothing is written."""
    content = package.json(VERSION)
    return SchemaVersion(
        digest=package.manifest["version"],
        statements=content["statements"],
        migrations=content["migrations"],
    )


def require_loadable(package: Package) -> None:
    """Refuse a package whose statements no release says."""
    require_known(package.directory.name, version_in(package).statements)


def load(connection: Connection, package: Package, schema: str) -> None:
    """The schema of a package and its rows, checked against the manifest."""
    require_loadable(package)
    plainly(connection)
    with _as_owner_of(connection, schema) as loader:
        _make_tables(connection, loader, version_in(package).statements)
        _fill_all(connection, package, schema)


@contextmanager
def _as_owner_of(connection: Connection, schema: str) -> Iterator[sql.Identifier]:
    """Work as a role that has a new schema and nothing else; later it is the owner's."""
    if citus.is_here(connection):  # whose nodes know no role of a transaction that still runs
        run(connection, "CREATE SCHEMA {}", sql.Identifier(schema))
        in_schema(connection, schema)
        yield sql.Identifier("none")
        return
    loader, new = sql.Identifier(role_of(f"l_{uuid4().hex[:12]}")), sql.Identifier(schema)
    run(connection, "CREATE ROLE {} NOLOGIN NOINHERIT NOCREATEDB NOCREATEROLE", loader)
    run(connection, "GRANT {} TO CURRENT_USER", loader)
    run(connection, "CREATE SCHEMA {} AUTHORIZATION {}", new, loader)
    in_schema(connection, schema)
    run(connection, "SET LOCAL ROLE {}", loader)
    yield loader
    connection.execute("SET LOCAL ROLE NONE")
    run(connection, "REASSIGN OWNED BY {} TO CURRENT_USER", loader)
    run(connection, "DROP OWNED BY {}", loader)
    run(connection, "DROP ROLE {}", loader)


def _make_tables(connection: Connection, loader: sql.Identifier, statements: list[str]) -> None:
    """Each by itself, so that none hides another; the loader has no language for functions."""
    with connection.pipeline():
        for statement in statements:
            is_own = _FUNCTION.match(statement) is not None
            if is_own:  # letter by letter one of this release
                connection.execute("SET LOCAL ROLE NONE")
            connection.execute(statement.encode(), prepare=False)
            if is_own:
                run(connection, "SET LOCAL ROLE {}", loader)


_FUNCTION = re.compile(r"\s*CREATE (OR REPLACE )?FUNCTION ")


def _fill_all(connection: Connection, package: Package, schema: str) -> None:
    present = tables_in(connection, schema)
    given = package.tables(kept.FOLDER)
    if {table.name for table in present} != given.keys():
        raise Impossible(f"Kopia {package.directory.name} ma inne tabele, niż mówi jej wersja.")
    files = {name: (of["columns"], of["path"]) for name, of in given.items()}
    fill(connection, present, files, draws_anew=citus.is_here(connection))
    for table in present:
        # At once, or the first queries after a restore are planned for empty tables.
        run(connection, "ANALYZE {}", table.identifier)
        count = one(connection, sql.SQL("SELECT count(*) FROM {}").format(table.identifier))
        if count != given[table.name]["rows"]:
            raise Impossible(
                f"Z pliku {kept.FOLDER}/{table.name}.copy nie wczytały się wszystkie wiersze."
            )


def fill(
    connection: Connection,
    tables: Iterable[Table],
    given: dict[str, tuple[list[str], Path]],
    *,
    draws_anew: bool = False,
) -> None:
    """Exactly the rows that are given, written as they were and sealed by nobody anew.

    Each node of Citus counts in a range of its own, so there numbers are drawn anew.
    """
    tables = [table for table in tables if table.name in given]
    for table in tables:
        run(connection, "ALTER TABLE {} DISABLE TRIGGER USER", table.identifier)
    for table in tables:
        run(connection, "DELETE FROM {}", table.identifier)
    for table in tables:
        columns, path = given[table.name]
        left_out = set(_counted(connection, table)) if draws_anew else set()
        copy_in(connection, table.identifier, columns, path, left_out=left_out)
    # The keys between tables are checked now: a table with checks in waiting can't be altered.
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    connection.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in tables:
        run(connection, "ALTER TABLE {} ENABLE TRIGGER USER", table.identifier)
        if not draws_anew:
            _go_on_counting(connection, table)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """The next number of a column that counts follows the highest that is there."""
    for column, sequence in _counted(connection, table).items():
        run(
            connection,
            "SELECT setval({}, coalesce(max({}), 1), max({}) IS NOT NULL) FROM {}",
            sql.Literal(sequence),
            sql.Identifier(column),
            sql.Identifier(column),
            table.identifier,
        )


def _counted(connection: Connection, table: Table) -> dict[str, str]:
    return dict(connection.execute(_COUNTED, [table.schema, table.name]).fetchall())


_COUNTED = """
    SELECT column_name, pg_get_serial_sequence(
        format('%%I.%%I', table_schema, table_name), column_name)
    FROM information_schema.columns
    WHERE table_schema = %s AND table_name = %s AND is_identity = 'YES'
"""


def note_version(connection: Connection, package: Package) -> None:
    """The register knows the version of a schema that came from elsewhere."""
    version = version_in(package)
    connection.execute(
        "INSERT INTO public.registry_schemaversion (id, digest, statements, migrations, rendered_at)"
        " VALUES (gen_random_uuid(), %s, %s, %s, now()) ON CONFLICT (digest) DO NOTHING",
        [version.digest, Jsonb(version.statements), Jsonb(version.migrations)],
    )
