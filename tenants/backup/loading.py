"""Makes a schema as a package has it, with all its rows, in the caller's transaction."""

from collections.abc import Iterable
from pathlib import Path

from psycopg import sql
from psycopg.types.json import Jsonb

from tenants.backup import tenant as kept
from tenants.backup.copying import Table, copy_in, one, plainly, tables_in
from tenants.backup.package import VERSION, Package
from tenants.registry.models import SchemaVersion
from tenants.registry.rules import Impossible
from tenants.schemas import provisioning
from tenants.schemas.owner import Connection, run


def version_in(package: Package) -> SchemaVersion:
    """The version its schema has, known to this site or not; nothing is written."""
    content = package.json(VERSION)
    return SchemaVersion(
        digest=package.manifest["version"],
        statements=content["statements"],
        migrations=content["migrations"],
    )


def load(connection: Connection, package: Package, schema: str) -> None:
    """The schema of a package and its rows, checked against the manifest."""
    plainly(connection)
    run(connection, "CREATE SCHEMA {}", sql.Identifier(schema))
    provisioning.make_tables(connection, schema, version_in(package))
    present = tables_in(connection, schema)
    given = package.tables(kept.FOLDER)
    if {table.name for table in present} != given.keys():
        raise Impossible(f"Kopia {package.directory.name} ma inne tabele, niż mówi jej wersja.")
    fill(connection, present, {name: (of["columns"], of["path"]) for name, of in given.items()})
    for table in present:
        # At once, or the first queries after a restore are planned for empty tables.
        run(connection, "ANALYZE {}", table.identifier)
        count = one(connection, sql.SQL("SELECT count(*) FROM {}").format(table.identifier))
        if count != given[table.name]["rows"]:
            raise Impossible(
                f"Z pliku {kept.FOLDER}/{table.name}.copy nie wczytały się wszystkie wiersze."
            )


def fill(
    connection: Connection, tables: Iterable[Table], given: dict[str, tuple[list[str], Path]]
) -> None:
    """Exactly the rows that are given, written as they were and sealed by nobody anew."""
    tables = [table for table in tables if table.name in given]
    for table in tables:
        run(connection, "ALTER TABLE {} DISABLE TRIGGER USER", table.identifier)
    for table in tables:
        run(connection, "DELETE FROM {}", table.identifier)
    for table in tables:
        columns, path = given[table.name]
        copy_in(connection, table.identifier, columns, path)
    # The keys between tables are checked now: a table with checks in waiting can't be altered.
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    connection.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in tables:
        run(connection, "ALTER TABLE {} ENABLE TRIGGER USER", table.identifier)
        _go_on_counting(connection, table)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """The next number of a column that counts follows the highest that is there."""
    for column, sequence in connection.execute(_COUNTED, [table.schema, table.name]).fetchall():
        run(
            connection,
            "SELECT setval({}, coalesce(max({}), 1), max({}) IS NOT NULL) FROM {}",
            sql.Literal(sequence),
            sql.Identifier(column),
            sql.Identifier(column),
            table.identifier,
        )


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
