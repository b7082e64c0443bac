"""Files lie sealed on a private disk; file and row come together or not at all."""

import errno
import hashlib
import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.crypto.envelope import Tampered
from kooperacja.documents import actions, storage, tasks
from kooperacja.documents.actions import store_upload
from kooperacja.documents.errors import StorageUnavailable
from kooperacja.documents.models import StoredFile
from kooperacja.documents.work_first import work_first
from kooperacja.outside import outside
from kooperacja.tenancy.ref import TenantRef
from tests.kooperacja.documents.conftest import pdf, upload

CONTENT = pdf()


def store(name: str = "Zgoda Kowalskich.pdf") -> StoredFile:
    return store_upload(by=SYSTEM, upload=upload(CONTENT, name), kind="TEST")


class Stop(Exception):
    """Ends a transaction on purpose."""


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def make_old(path: Path) -> None:
    day_before = time.time() - 2 * 24 * 3600
    os.utime(path, (day_before, day_before))


def test_a_file_lies_sealed_under_a_name_that_says_nothing(office: TenantRef, media: Path) -> None:
    stored = store()
    (path,) = files(media)
    assert path.relative_to(media).as_posix() == f"{office.schema}/{stored.path}"
    assert "Kowalskich" not in str(path)
    assert b"%PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o007 == 0
    assert storage.read(stored.path, pk=stored.pk) == CONTENT
    assert (stored.original_name, stored.size) == ("Zgoda Kowalskich.pdf", len(CONTENT))
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.parametrize(("umask", "mode"), [(0o007, 0o770), (0o022, 0o750), (0o077, 0o700)])
def test_the_umask_says_whether_the_group_may_put_files_beside(
    office: TenantRef, media: Path, umask: int, mode: int
) -> None:
    before = os.umask(umask)
    try:
        stored = store()
    finally:
        os.umask(before)
    folder = (media / office.schema / stored.path).parent
    assert [stat.S_IMODE(one.stat().st_mode) for one in (folder.parent, folder)] == [mode] * 2


def test_the_journal_knows_of_the_file_but_not_its_name(office: TenantRef, media: Path) -> None:
    stored = store()
    entry = Entry.objects.get(verb="FILE_STORED")
    assert entry.object_id == stored.pk
    assert "Kowalskich" not in entry.object_label + str(entry.data)


def test_a_file_put_in_the_place_of_another_stays_closed(office: TenantRef, media: Path) -> None:
    first, second = store(), store()
    root = media / office.schema
    (root / second.path).write_bytes((root / first.path).read_bytes())
    with pytest.raises(Tampered):
        storage.read(second.path, pk=second.pk)


@pytest.mark.parametrize("step", ["write", "fsync", "rename"])
def test_a_full_disk_is_told_in_polish_and_leaves_neither_file_nor_row(
    office: TenantRef, media: Path, monkeypatch: Any, step: str
) -> None:
    def full(*args: Any, **kwargs: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = {"write": (os, "fdopen"), "fsync": (os, "fsync"), "rename": (Path, "rename")}[step]
    monkeypatch.setattr(*target, full)
    with pytest.raises(StorageUnavailable, match="zabrakło miejsca na pliki"):
        store()
    monkeypatch.undo()
    assert files(media) == []
    assert StoredFile.objects.count() == 0


def test_a_row_that_fails_takes_its_file_away(
    office: TenantRef, media: Path, monkeypatch: Any
) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("the journal refused")

    monkeypatch.setattr(actions, "record", fail)
    with pytest.raises(RuntimeError):
        store()
    assert files(media) == []
    assert StoredFile.objects.count() == 0


def test_the_sweep_removes_what_a_killed_process_left(office: TenantRef, media: Path) -> None:
    kept = store()
    (at,) = files(media)
    at.with_name(str(uuid7())).write_bytes(at.read_bytes())  # its row never came
    assert tasks.sweep() == 0  # a request may still be about to record it
    for path in files(media):
        make_old(path)
    assert tasks.sweep() == 1
    assert [path.name for path in files(media)] == [str(kept.pk)]


def test_an_action_that_fails_or_begins_again_takes_its_files_away_at_once(
    office: TenantRef, media: Path
) -> None:
    kept, runs = store(), []

    @work_first
    def act(file: Any) -> StoredFile:
        stored = store_upload(by=SYSTEM, upload=file, kind="TEST")
        runs.append([path.name for path in files(media)])
        outside("paper", lambda: None)  # asked for in the first run, so that there is a second
        if len(runs) > 2:
            raise Stop
        return stored

    stored = act(upload(CONTENT, "Zgoda.pdf"))
    names = sorted([str(kept.pk), str(stored.pk)])
    assert [len(seen) for seen in runs] == [2, 2]
    assert sorted(path.name for path in files(media)) == names
    with pytest.raises(Stop):
        act(upload(CONTENT, "Zgoda.pdf"))
    assert sorted(path.name for path in files(media)) == names


def test_the_database_refuses_a_path_that_leaves_the_folder(office: TenantRef) -> None:
    for path in ("../t_1605/2026/x", "/etc/passwd", "2026/../../x"):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.create(
                kind="X", original_name="x", content_type="application/pdf", size=1, path=path
            )
