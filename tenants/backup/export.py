"""The exit package: all that an office takes with it when it leaves, in forms that anybody opens."""

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from django.apps import apps
from django.db import connections, models, transaction
from django.utils import timezone
from psycopg import IsolationLevel

from kooperacja import offers
from kooperacja.audit.about import confided_tables, read_by
from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.audit.verbs import label
from kooperacja.crypto.fields import EncryptedTextField
from kooperacja.documents import storage
from kooperacja.documents.models import SignedContainer, StoredFile
from kooperacja.notifications.base import confided_codes
from kooperacja.notifications.models import Delivery, Outgoing, Returned
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.files import harmless
from kooperacja.ui.server_problems import FULL
from tenants.backup import dictionary, readme
from tenants.backup.package import PARTIAL, HashedFile, new_place
from tenants.registry import directory, release
from tenants.registry.models import Access
from tenants.registry.rules import Impossible
from tenants.schemas.owner import migrations_in, owner

SUMS = "SHA256.txt"
_ROWS_AT_ONCE = 500
_UNFIT = re.compile(r"[^\w.() -]+")

Row = Iterable[Any]


class Pack:
    """A zip in the making that knows the checksum of each of its files."""

    def __init__(self, archive: ZipFile) -> None:
        self._zip = archive
        self.sums: dict[str, str] = {}

    @contextmanager
    def file(self, name: str) -> Iterator[HashedFile]:
        with self._zip.open(name, "w", force_zip64=True) as raw:
            hashed = HashedFile(raw)
            yield hashed
        self.sums[name] = hashed.sha256

    def add(self, name: str, content: bytes) -> None:
        with self.file(name) as file:
            file.write(content)

    def raw_table(self, name: str, header: list[str], rows: Iterable[Row]) -> None:
        """Values as they are, for programs."""
        with self.file(f"{name}.csv") as file:
            text: Any = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
            writer = csv.writer(text)
            writer.writerow(header)
            writer.writerows([as_text(value) for value in row] for row in rows)
            text.detach()

    def sheet(self, name: str, header: list[str], rows: Iterable[Row]) -> None:
        """A list for people: CSV and a spreadsheet, in which no text turns into a formula."""
        lines = [[as_text(value) for value in row] for row in rows]
        self.raw_table(name, header, ([harmless(cell) for cell in line] for line in lines))
        content = io.BytesIO()
        with xlsxwriter.Workbook(
            content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            page = book.add_worksheet()
            page.freeze_panes(1, 0)
            page.write_row(0, 0, header, book.add_format({"bold": True}))
            for number, line in enumerate(lines, start=1):
                page.write_row(number, 0, line)
        self.add(f"{name}.xlsx", content.getvalue())


def export_tenant(
    *, by: Actor, tenant: TenantRef, to: Path, source: TenantRef | None = None
) -> Path:
    """Write the exit package of a tenant, or of a copy of it; the journal says who asked for it."""
    source = source or tenant
    _require_current(source)
    place = new_place(to, f"pakiet-{tenant.code}").with_suffix(".zip")
    partial = place.with_name(place.name + PARTIAL)
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(handle, "wb") as file,
            ZipFile(file, "w", ZIP_DEFLATED) as archive,
            inside(source),
            _one_moment(),
        ):
            _fill(Pack(archive), source)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in FULL:
            raise Impossible(f"W {to} zabrakło miejsca; pakiet nie powstał.") from error
        raise
    with inside(tenant):
        record(by=by, verb="TENANT_EXPORTED", data={"code": tenant.code, "from": source.schema})
    partial.rename(place)
    return place


def _require_current(source: TenantRef) -> None:
    with owner() as connection:
        present = {(app, name) for app, name in migrations_in(connection, source.schema)}
    if not set(release.migrations()) <= present:
        raise Impossible(
            "Te dane są z wcześniejszego wydania programu: najpierw odtwórz je na miejsce "
            "i zaktualizuj, albo przygotuj pakiet tamtym wydaniem."
        )


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read is of one moment, however long the writing takes."""
    wrapper = connections["default"]
    wrapper.ensure_connection()
    wrapper.connection.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        with transaction.atomic():
            yield
    finally:
        wrapper.close()


def _fill(pack: Pack, source: TenantRef) -> None:
    # What waits in the outbox is no record, and its payload may tell what was confided.
    left_out = {*confided_tables(), Outgoing}
    kept = [model for model in tenant_models() if model not in left_out]
    for model in kept:
        _write_rows(pack, model)
    pack.sheet("dane/slownik", dictionary.HEADER, dictionary.rows(kept))
    missing = _write_files(pack)
    pack.sheet("dziennik/dziennik", _JOURNAL, _journal())
    pack.sheet("dostep/osoby-z-dostepem", _ACCESSES, _accesses(source))
    for part in offers.of(offers.ExitPart):
        part.write(pack)
    pack.add("CZYTAJ.txt", readme.text(source, missing).encode())
    pack.add(SUMS, "".join(f"{sha}  {name}\n" for name, sha in pack.sums.items()).encode())


def tenant_models() -> list[type[models.Model]]:
    labels = release.tenant_labels()
    chosen = [
        model
        for model in apps.get_models()
        if model._meta.app_label in labels and not getattr(model, "IS_PASSING", False)
    ]
    return sorted(chosen, key=lambda model: model._meta.db_table)


def _write_rows(pack: Pack, model: type[models.Model]) -> None:
    fields = model._meta.concrete_fields
    rows = _kept(model).order_by("pk").iterator(chunk_size=_ROWS_AT_ONCE)
    pack.raw_table(
        f"dane/{model._meta.db_table}",
        [str(field.column) for field in fields],
        ([_value(row, field) for field in fields] for row in rows),
    )


def _kept(model: type[models.Model]) -> models.QuerySet[Any]:
    """Rows that an office takes along: neither the confided nor those of their author alone."""
    rows: models.QuerySet[Any] = model._default_manager.all()
    if model is Entry:
        rows = read_by(None, rows)
    if model in (Delivery, Returned):
        rows = rows.exclude(code__in=confided_codes())
    for one in offers.of(offers.Unexported):
        rows = rows.exclude(one.which) if one.model is model else rows
    return rows


# Whoever makes the package is let into no closed team.
CLOSED = "(treść zamknięta)"


def _value(row: models.Model, field: Any) -> Any:
    """By attribute, which opens what the tenant's own key sealed; a closer key stays unused."""
    if isinstance(field, EncryptedTextField) and field.is_closed(row):
        return None if row.__dict__[field.attname] is None else CLOSED
    return getattr(row, field.attname)


def _write_files(pack: Pack) -> int:
    """Documents and uploads, opened, under the names people gave them; how many are missing."""
    lines, missing = [], 0
    for file, by in _files():
        name = f"dokumenty/{_file_name(file, by.stored_at)}"
        try:
            if file.key is None:
                pack.add(name, storage.content_of(file))
            else:
                name = "zamknięty, poza pakietem"
        except FileNotFoundError:
            missing += 1
            name = "brak na dysku"
        lines.append([file.pk, name, file.original_name, by.stored_at, by.stored_by_name])
    pack.sheet("dokumenty/spis", ["id", "plik", "nazwa", "kiedy", "kto"], lines)
    return missing


def _files() -> Iterator[tuple[StoredFile | SignedContainer, StoredFile]]:
    """Every file, and the one that says when and by whom it came."""
    for file in StoredFile.objects.order_by("stored_at", "pk").iterator(_ROWS_AT_ONCE):
        yield file, file
    containers = SignedContainer.objects.select_related("file")
    for container in containers.order_by("file__stored_at", "pk").iterator(_ROWS_AT_ONCE):
        yield container, container.file


def _file_name(file: StoredFile | SignedContainer, stored_at: datetime) -> str:
    stem, dot, ending = file.original_name.rpartition(".")
    stem, ending = (stem, ending) if dot else (ending, "")
    safe = _UNFIT.sub("_", stem).strip(" .")[:100] or "plik"
    return f"{stored_at:%Y}/{safe}-{file.pk.hex[-8:]}{dot}{_UNFIT.sub('_', ending)[:10]}"


_JOURNAL = ["kiedy", "kto", "role", "sposób", "co", "przedmiot", "powód"]
_ACCESSES = ["imię i nazwisko", "e-mail", "rola", "instytucja", "od", "do", "powód zakończenia"]


def _journal() -> Iterator[Row]:
    entries = read_by(None, Entry.objects.order_by("at", "id"))
    for entry in entries.iterator(_ROWS_AT_ONCE):
        via, verb = entry.get_via_display(), label(entry.verb)
        yield [entry.at, entry.actor_name, entry.role, via, verb, entry.object_label, entry.why]


def _accesses(source: TenantRef) -> Iterator[Row]:
    rows = Access.objects.filter(tenant_id=source.id).select_related("account")
    for row in rows.order_by("granted_at", "pk"):
        who, role = row.account, directory.role_labels().get(row.role, row.role)
        ended = [row.ended_at, row.end_reason]
        yield [who.full_name, who.email, role, row.organisation_name, row.granted_at, *ended]


def as_text(value: Any) -> str:
    """A value as it stands in a cell."""
    match value:
        case None:
            return ""
        case datetime():
            return timezone.localtime(value).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
        case str() | UUID():
            return str(value)
        case bool():
            return "tak" if value else "nie"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
    return str(value)
