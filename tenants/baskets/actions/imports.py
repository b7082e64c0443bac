"""A file of institutions, people or services is read, checked row by row, and written by one act (REG §3.3)."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.models import Via
from kooperacja.audit.record import record
from kooperacja.documents.errors import RejectedUpload
from kooperacja.documents.sheetfile import read_sheet
from kooperacja.documents.uploads import shown_name
from kooperacja.outbox.nudge import nudge
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.polish import quoted
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, insert_once
from tenants.baskets import perms
from tenants.baskets.actions.gaps import fill_all
from tenants.baskets.actions.importing import Writer
from tenants.baskets.actions.missing import settle_all_given
from tenants.baskets.columns import places_of
from tenants.baskets.models.cards import Card
from tenants.baskets.models.imports import WRITTEN, ImportFile, ImportRow
from tenants.baskets.models.services import Service, ServiceEntry
from tenants.baskets.workflow import ImportState
from tenants.people.actions.invitations import publish_figures
from tenants.people.models import Organisation, Person
from tenants.services.confirming import How

BRING_IN = "tenants.baskets.tasks.bring_in"
_AT_ONCE, _KEPT = 50, timedelta(days=30)


def upload(
    *, by: Actor, key: UUID, kind: str, file: "UploadedFile[Any]", is_stated: bool
) -> ImportFile:
    """Keep the rows of a file; nothing else is written yet."""
    perms.bring_in.require(Person.objects.acting(by))
    if known := ImportFile.objects.filter(pk=key).first():
        raise AlreadySaved(known)
    rows = _rows(kind, read_sheet(file, by=by))
    new = ImportFile(
        id=key,
        kind=kind,
        name=shown_name(file.name or "")[:200],
        how=How.IMPORT if is_stated else "",
        came_on=by.today,
        by_name=by.name[:200],
        account_id=by.account_id,
    )
    with transaction.atomic():
        insert_once(new)
        for row in rows:
            row.source = new
        ImportRow.objects.bulk_create(rows, batch_size=1000)
        record(by=by, verb="IMPORT_CAME", obj=new, data={"rows": [None, len(rows)]})
        _go_on()
    return new


def _rows(kind: str, lines: list[list[str]]) -> list[ImportRow]:
    """The rows below the headings, by the fields that their columns fill; empty ones are left out."""
    top = next((at for at, line in enumerate(lines) if sum(map(bool, line)) > 1), None)
    if top is None:
        raise RejectedUpload("W tym pliku nie ma ani jednego wiersza z danymi.")
    places, strange, lacking = places_of(kind, lines[top])
    if lacking:
        raise RejectedUpload(
            f"W tym pliku brakuje kolumn: {', '.join(lacking)}. Pobierz wzór i wpisz dane do niego."
        )
    _require_known(lines[top], strange, lines[top + 1 :])
    rows = []
    for number, line in enumerate(lines[top + 1 :], start=top + 2):
        cells = {field: line[at] if at < len(line) else "" for field, at in places.items()}
        if any(cells.values()):
            rows.append(ImportRow(number=number, cells=cells))
    if not rows:
        raise RejectedUpload("W tym pliku nie ma ani jednego wiersza z danymi.")
    return rows


def _require_known(headings: list[str], strange: list[int], lines: list[list[str]]) -> None:
    """Refuse cells that nobody would read: one may say that an address is protected."""
    unread = [at for at in strange if any(line[at : at + 1] not in ([], [""]) for line in lines)]
    if unread:
        named = (quoted(headings[at][:60]) if headings[at] else "bez nazwy" for at in unread)
        raise RejectedUpload(
            f"Nie czytamy kolumn, których nie ma we wzorze albo które się powtarzają: "
            f"{', '.join(named)}. Usuń je albo nazwij jak we wzorze i wczytaj plik jeszcze raz."
        )


def _go_on() -> None:
    transaction.on_commit(partial(nudge, BRING_IN, str(current_tenant().id)), robust=True)


@transaction.atomic
def confirm(*, by: Actor, import_id: UUID) -> ImportFile:
    """Have its new and changed rows written."""
    file = _locked(by, import_id)
    if file.state in (ImportState.WRITING, ImportState.DONE):
        raise AlreadySaved(file)
    said: dict[str, Any] = {"by_name": by.name[:200], "account_id": by.account_id}
    move(file, ImportState.WRITING, by=by, on=by.today, **said)
    _go_on()
    return file


@transaction.atomic
def drop(*, by: Actor, import_id: UUID) -> ImportFile:
    """Write nothing of it."""
    file = _locked(by, import_id)
    if file.state == ImportState.DROPPED:
        raise AlreadySaved(file)
    require_may(file, ImportState.DROPPED, by)
    _drop(by, file, by.today)
    return file


def _drop(by: Actor, file: ImportFile, day: date) -> None:
    move(file, ImportState.DROPPED, by=by, on=day, ended_on=day)
    file.rows.all().delete()


def _locked(by: Actor, import_id: UUID) -> ImportFile:
    file: ImportFile = ImportFile.objects.select_for_update().get(pk=import_id)
    perms.bring_in.require(Person.objects.acting(by))
    return file


@transaction.atomic
def check_some(*, import_id: UUID, judge: Callable[[ImportRow], None], most: int) -> bool:
    """Give a verdict on some of its rows; False once there is one on each."""
    file = ImportFile.objects.select_for_update().get(pk=import_id)
    if file.state != ImportState.CHECKING:
        return False
    rows = list(file.rows.filter(verdict="").order_by("number")[:most])
    for row in rows:
        judge(row)
    _save(rows, "values", "name", "key", "verdict", "reason")
    if not rows:
        move(file, ImportState.READY, by=SYSTEM, on=SYSTEM.today)
    return bool(rows)


@transaction.atomic
def write_some(*, import_id: UUID) -> bool:
    """Write some of its rows; False once all are written."""
    # All that are being written: the same file twice at once would make everything twice.
    writing = ImportFile.objects.select_for_update().filter(state=ImportState.WRITING)
    file = next((one for one in writing.order_by("pk") if one.pk == import_id), None)
    if file is None:
        return False
    by = _who_confirmed(file)
    waiting = file.rows.filter(verdict__in=WRITTEN, is_written=False).order_by("number")
    rows = list(waiting[:_AT_ONCE])
    writer = Writer(by, file, rows)
    for row in rows:
        writer.write(row)
        row.is_written = row.verdict in WRITTEN
    _save(rows, "is_written", "verdict", "reason")
    if not rows:
        told = move(file, ImportState.DONE, by=by, on=by.today, ended_on=by.today)
        settle_all_given(by)
        fill_all(by)
        # Once for all rows: whoever follows reads the whole basket each time.
        publish_figures(Organisation, Card, Service, ServiceEntry, cause=told.pk)
    return bool(rows)


def _save(rows: list[ImportRow], *fields: str) -> None:
    """All of them in one statement, which takes a tenth of the time of `bulk_update`."""
    ImportRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _who_confirmed(file: ImportFile) -> Actor:
    """Found by the account: the entry of a person may have been merged into another meanwhile."""
    person = Person.objects.of_account(file.account_id)
    known = person.pk if person else None
    return Actor(file.account_id, file.by_name, via=Via.TASK, person_id=known)


@transaction.atomic
def forget_rows(day: date) -> None:
    """Rows of files that are done with are kept for some days, and their numbers for good.

    A file on which nobody decided in that time is dropped: its rows may tell of people.
    """
    ImportRow.objects.filter(source__ended_on__lt=day - _KEPT).delete()
    waiting = ImportFile.objects.filter(state=ImportState.READY, came_on__lt=day - _KEPT)
    for file in waiting.select_for_update():
        _drop(SYSTEM, file, day)
