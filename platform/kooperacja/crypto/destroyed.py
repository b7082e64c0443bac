"""The list of destroyed keys of families, outside the database: every restore reads it (REG §8.1)."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kooperacja.disk import append


def add(tenant_id: UUID, family_ids: Iterable[UUID]) -> None:
    """Write down that the keys of these families are destroyed; on the disk when it returns."""
    moment = timezone.now().isoformat(timespec="seconds")
    # Each line begins with its end, so that one that a full disk cut short spoils no other.
    lines = "".join(f"\n{moment} {tenant_id} {one}" for one in family_ids)
    if lines:
        path = _file()
        path.parent.mkdir(parents=True, exist_ok=True)
        append(path, lines)


def begin() -> None:
    """Let there be a list, so that one that is not there can be told from an empty one."""
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    append(path, "")


def is_kept() -> bool:
    """There is a list, though it may be empty."""
    return _file().exists()


def every() -> frozenset[UUID]:
    """The families whose keys were destroyed, of all tenants."""
    return frozenset(_read())


def is_destroyed(family_id: UUID) -> bool:
    return family_id in every()


def _read() -> Iterator[UUID]:
    try:
        lines = _file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        words = line.split()
        if len(words) == 3 and len(words[2]) == 36:
            yield UUID(words[2])


def _file() -> Path:
    return Path(settings.DESTROYED_KEYS)
