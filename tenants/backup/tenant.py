"""A copy of one tenant: its schema, its files, its rows of the shared plane, all of one moment."""

import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from psycopg import sql

from kooperacja.documents.models import SignedContainer, StoredFile
from tenants.backup import shared_rows
from tenants.backup.copying import ALL, NONE, Table, copy_out, one, reading, tables_in
from tenants.backup.package import MEDIA, VERSION, Package, Writer, new_place, writing
from tenants.registry import release
from tenants.registry.models import SchemaVersion, Tenant
from tenants.registry.rules import Impossible
from tenants.schemas import ddl
from tenants.schemas.owner import Connection, migrations_in, schema_exists, undisturbed

FOLDER = "tables"


def backup_tenant(*, tenant: Tenant, to: Path) -> Package:
    """Write a package of a tenant while it and the others go on working."""
    place = new_place(to, tenant.unit.code)
    with undisturbed(), reading() as connection:
        version = Versions().of(connection, tenant)
        with writing(place) as writer:
            write(connection, writer, Source.of(tenant), version)
    return Package.opened(place)


@dataclass(frozen=True)
class Source:
    """A tenant as a backup knows it."""

    tenant_id: UUID
    code: str
    name: str
    schema: str

    @classmethod
    def of(cls, tenant: Tenant) -> "Source":
        return cls(tenant.pk, tenant.unit.code, tenant.label, tenant.schema_name)


class Versions:
    """Versions of schemas, so that any later release can make them again."""

    def __init__(self) -> None:
        self._known: dict[str, SchemaVersion] = {}

    def of(self, connection: Connection, tenant: Tenant) -> SchemaVersion:
        """By what the schema itself says, since that is what is copied."""
        if not schema_exists(connection, tenant.schema_name):
            raise Impossible(f"{tenant}: nie ma tu jeszcze danych, więc nie ma czego kopiować.")
        migrations = migrations_in(connection, tenant.schema_name)
        digest = ddl.digest_of(migrations)
        if digest not in self._known:
            self._known[digest] = _version(tenant, migrations)
        return self._known[digest]


def _version(tenant: Tenant, migrations: list[list[str]]) -> SchemaVersion:
    known = SchemaVersion.objects.filter(migrations=migrations).first()
    if known is not None and known.statements:
        return known
    # An upgrade stopped halfway: what this release says of the migrations that are there.
    if missing := {(app, name) for app, name in migrations} - set(release.migrations()):
        app, name = min(missing)
        raise Impossible(
            f"{tenant}: jej dane mają migrację {app}.{name}, której to wydanie nie zna."
        )
    return ddl.rendered(migrations)


def write(
    connection: Connection, writer: Writer, source: Source, version: SchemaVersion
) -> Package:
    """All of one tenant, read in the transaction that is given."""
    writer.json(VERSION, {"statements": version.statements, "migrations": version.migrations})
    present = tables_in(connection, source.schema)
    passing = {m._meta.db_table for m in apps.get_models() if getattr(m, "IS_PASSING", False)}
    for table in present:
        copy_out(connection, writer, FOLDER, table, where=NONE if table.name in passing else ALL)
    shared_rows.write(connection, writer, source.tenant_id)
    files = _write_media(connection, writer, source.schema, present)
    return writer.finish(
        kind="tenant",
        moment=one(connection, "SELECT now()").isoformat(),
        tenant={"id": str(source.tenant_id), "code": source.code, "name": source.name},
        version=version.digest,
        media=files,
    )


def _write_media(
    connection: Connection, writer: Writer, schema: str, present: list[Table]
) -> dict[str, Any]:
    """The sealed files that rows of this moment know; others are not yet, or no longer, theirs."""
    root, written, missing = Path(settings.MEDIA_ROOT) / schema, 0, []
    with (
        writer.file(MEDIA) as file,
        tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in _paths(connection, schema, present):
            try:
                content = (root / path).read_bytes()
            except FileNotFoundError:
                missing.append(path)
                continue
            about = tarfile.TarInfo(path)
            about.size, about.mode = len(content), 0o640
            archive.addfile(about, BytesIO(content))
            written += 1
    return {"written": written, "missing": missing}


def _paths(connection: Connection, schema: str, present: list[Table]) -> list[str]:
    names = {model._meta.db_table for model in (StoredFile, SignedContainer)}
    paths: list[str] = []
    for table in present:
        if table.name in names:
            query = sql.SQL("SELECT path FROM {}").format(table.identifier)
            paths += [path for (path,) in connection.execute(query).fetchall()]
    return sorted(paths)
