"""The line of units whose papers wait on this machine: one file a unit, the oldest is next."""

import os
import sys
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def join(unit: str) -> None:
    """Stand at the end of the line; whoever stands in it already keeps their place."""
    place = _folder() / unit
    with suppress(FileExistsError, FileNotFoundError):  # it stands there, or was called at once
        place.touch(exist_ok=False)
        now = time.time_ns()  # the file system counts in steps in which two may come
        os.utime(place, ns=(now, now))


def leave(unit: str) -> None:
    (_folder() / unit).unlink(missing_ok=True)


def first() -> str | None:
    """The unit whose turn it is."""
    waiting = {path.name: _since(path) for path in _folder().iterdir()}
    return min(waiting, key=lambda unit: (waiting[unit], unit), default=None)


def keep(units: Collection[str]) -> None:
    """All others leave: they were closed meanwhile, or their worker died."""
    for path in _folder().iterdir():
        if path.name not in units:
            path.unlink(missing_ok=True)


def _since(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # it has just left
        return sys.maxsize


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "run" / "turns"
    folder.mkdir(parents=True, exist_ok=True, mode=0o770)
    return folder
