"""Files of the current tenant on disk: sealed, under names that say nothing."""

import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from kooperacja.crypto import keys
from kooperacja.crypto.envelope import bind, open_sealed, seal
from kooperacja.crypto.named import KeyName
from kooperacja.disk import sync_directory
from kooperacja.documents.errors import StorageUnavailable
from kooperacja.documents.models import SignedContainer, StoredFile
from kooperacja.outside import if_undone
from kooperacja.tenancy.context import current_tenant
from kooperacja.ui.server_problems import FULL


@contextmanager
def staged(content: bytes, *, pk: UUID, year: int, key: KeyName | None = None) -> Iterator[str]:
    """Put a file on disk before its row; it goes away again if the block fails.

    The tenant's own key seals it, unless another is named.
    What an outer transaction rolls back later goes with it (`work_first`), or else is swept by
    `remove_orphans`.
    """
    path = f"{year:04}/{pk}"
    _write(_root() / path, _sealed(content, pk, key))
    try:
        yield path
    except BaseException:
        (_root() / path).unlink(missing_ok=True)
        raise
    if_undone(partial(remove, path))


def content_of(kept: StoredFile | SignedContainer) -> bytes:
    """The file of a row."""
    return read(kept.path, pk=kept.pk, key=kept.key)


def read(path: str, *, pk: UUID, key: KeyName | None = None) -> bytes:
    if key is not None:
        return open_sealed(as_it_lies(path), aad=_place(pk), keyring=key.keyring())
    return keys.open_for(current_tenant().id, as_it_lies(path), aad=_place(pk))


def as_it_lies(path: str) -> bytes:
    """A file without opening it."""
    return (_root() / path).read_bytes()


def id_in(path: str) -> UUID:
    """By which a file was sealed."""
    return UUID(path.rpartition("/")[2])


def remove(path: str) -> None:
    (_root() / path).unlink(missing_ok=True)


def empty(path: str, *, pk: UUID) -> None:
    """Put nothing in the place of a file: its row stays, and no backup misses what a row knows."""
    _write(_root() / path, _sealed(b"", pk, None))


def is_kept(path: str) -> bool:
    return (_root() / path).is_file()


def orphans(known: Collection[str], *, older_than_seconds: float) -> Iterator[Path]:
    """Files on disk that no row knows and that no request can still be about to record."""
    root, newest = _root(), time.time() - older_than_seconds
    for file in root.glob("*/*"):
        if file.relative_to(root).as_posix() not in known and file.stat().st_mtime < newest:
            yield file


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / current_tenant().schema


def _place(pk: UUID) -> bytes:
    return bind(current_tenant().id, "documents_storedfile", "content", pk)


def _sealed(content: bytes, pk: UUID, key: KeyName | None) -> bytes:
    keyring = key.keyring() if key else keys.field_keyring(current_tenant().id)
    return seal(content, aad=_place(pk), keyring=keyring)


def _write(target: Path, content: bytes) -> None:
    temporary = target.with_name(f"{uuid4()}.tmp")
    try:
        # The umask says whether the group may write: one that restores a backup is another user.
        for folder in (target.parent.parent, target.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o770)
        with os.fdopen(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb"
        ) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(target)
        sync_directory(target.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        if error.errno in FULL:
            raise StorageUnavailable from error
        raise
