"""How many may do a heavy thing at once: a slot is a locked file, free again when its process dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings

from kooperacja.documents.errors import Busy

_LOOK_SECONDS = 0.05


@contextmanager
def taken(groups: dict[str, int]) -> Iterator[None]:
    """Take one slot of each group, which has so many; Busy at once where all are taken."""
    with ExitStack() as stack:
        for group, number in groups.items():
            if not _is_one_taken(stack, group, number):
                raise Busy
        yield


@contextmanager
def awaited(group: str, number: int, *, seconds: float) -> Iterator[None]:
    """Take a slot of one group, and wait some seconds for it; one waits, Busy at once for others."""
    with ExitStack() as stack:
        if not _is_one_taken(stack, group, number):
            _wait(stack, group, number, seconds)
        yield


def _wait(stack: ExitStack, group: str, number: int, seconds: float) -> None:
    with taken({f"{group}.waiting": 1}):
        until = time.monotonic() + seconds
        while not _is_one_taken(stack, group, number):
            if time.monotonic() > until:
                raise Busy
            time.sleep(_LOOK_SECONDS)


def _is_one_taken(stack: ExitStack, group: str, number: int) -> bool:
    return any(_take(stack, f"{group}.{at}") for at in range(number))


def _take(stack: ExitStack, name: str) -> bool:
    folder = Path(settings.VAR_DIR) / "run" / "slots"
    folder.mkdir(parents=True, exist_ok=True, mode=0o770)
    path = folder / name
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = _is_at(path, handle)  # not one that its holder has just removed
    except BlockingIOError:
        is_ours = False
    if is_ours:
        stack.callback(_release, path, handle)
    else:
        os.close(handle)
    return is_ours


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def _release(path: Path, handle: int) -> None:
    path.unlink(missing_ok=True)
    os.close(handle)
