"""Reads tables of one moment into files, and files into tables."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from psycopg import sql

from tenants.backup.package import Writer
from tenants.schemas.owner import Connection, owner, run

_CHUNK = 1 << 18
ALL, NONE = sql.SQL("true"), sql.SQL("false")
# The same bytes for the same rows, whatever the settings of the server.
_PLAIN = (
    "SET LOCAL TimeZone TO 'UTC'",
    "SET LOCAL DateStyle TO 'ISO'",
    "SET LOCAL IntervalStyle TO 'postgres'",
    "SET LOCAL bytea_output TO 'hex'",
    "SET LOCAL extra_float_digits TO 1",
)
_TABLES = """
    SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum), (
        SELECT array_agg(k.attname::text ORDER BY place.ord) FROM pg_index i
        CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS place(num, ord)
        JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = place.num
        WHERE i.indrelid = c.oid AND i.indisprimary
    )
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE n.nspname = %s AND c.relkind = 'r' GROUP BY c.oid, c.relname ORDER BY c.relname
"""


@dataclass(frozen=True)
class Table:
    """A table, the columns that are kept, and those that order its rows."""

    schema: str
    name: str
    columns: list[str]
    key: list[str]

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier(self.schema, self.name)


@contextmanager
def reading(snapshot: str = "") -> Iterator[Connection]:
    """All that is read inside is of one moment; another's moment, if its snapshot is named."""
    with owner() as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        if snapshot:
            run(connection, "SET TRANSACTION SNAPSHOT {}", sql.Literal(snapshot))
        plainly(connection)
        yield connection


def plainly(connection: Connection) -> None:
    for statement in _PLAIN:
        connection.execute(statement.encode())


def tables_in(connection: Connection, schema: str) -> list[Table]:
    rows = connection.execute(_TABLES, [schema]).fetchall()
    return [Table(schema, name, columns, key or columns) for name, columns, key in rows]


def copy_out(
    connection: Connection,
    writer: Writer,
    folder: str,
    table: Table,
    *,
    columns: list[str] | None = None,
    where: sql.Composable = ALL,
) -> None:
    """The rows of a table as a file of a package, whose manifest counts them."""
    columns = columns or table.columns
    query = sql.SQL("COPY (SELECT {} FROM {} WHERE {} ORDER BY {}) TO STDOUT").format(
        names(columns), table.identifier, where, names(table.key)
    )
    name = f"{folder}/{table.name}.copy"
    with writer.file(name) as file, connection.cursor() as cursor, cursor.copy(query) as copy:
        for data in copy:
            file.write(data)
    writer.files[name] |= {"rows": file.lines, "columns": columns}


def copy_in(
    connection: Connection,
    table: sql.Composable,
    columns: list[str],
    path: Path,
    *,
    left_out: Collection[str] = (),
) -> None:
    """The rows of a file; what is left out of them the table fills in by itself."""
    kept = [place for place, name in enumerate(columns) if name not in left_out]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        table, names([columns[place] for place in kept])
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy, path.open("rb") as file:
        for part in _without(file, kept) if left_out else iter(partial(file.read, _CHUNK), b""):
            copy.write(part)


def _without(file: BinaryIO, kept: list[int]) -> Iterator[bytes]:
    """Leave only some columns of each row; a tab inside a value is written in another way."""
    for line in file:
        values = line.removesuffix(b"\n").split(b"\t")
        yield b"\t".join(values[place] for place in kept) + b"\n"


def names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def one(connection: Connection, query: sql.SQL | sql.Composed | str) -> Any:
    """The first value of the first row."""
    text = query.encode() if isinstance(query, str) else query
    row = connection.execute(text).fetchone()
    return row[0] if row else None
