"""Obstacles to the start of the program, told in one sentence to the person at the keyboard."""

import errno
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED_BYTES = 500 * 1024 * 1024


class SetupProblem(Exception):
    """One plain sentence for the operator; never a traceback."""


def refuse_windows() -> None:
    if sys.platform == "win32":
        raise SetupProblem(
            "Wbudowane serwery działają na Linuksie i macOS; w systemie Windows użyj WSL "
            "albo ustaw DATABASE_URL i BROKER_URL."
        )


def make_directory(path: Path, mode: int = 0o700) -> Path:
    """The directory, made if needed, with room in it and ours to write."""
    with explained(path):
        path.mkdir(mode=mode, parents=True, exist_ok=True)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "", str(path))
        free = shutil.disk_usage(path).free
    if free < NEEDED_BYTES:
        raise SetupProblem(
            f"Za mało miejsca na dysku: w {path} zostało {free // 1024**2} MB, "
            f"potrzeba co najmniej {NEEDED_BYTES // 1024**2} MB."
        )
    return path


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns the usual faults of a disk into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise SetupProblem(f"Dysk jest pełny: nie da się pisać w {path}.") from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise SetupProblem(
                f"Brak prawa zapisu w {path}: należy do innego użytkownika "
                "albo dysk jest tylko do odczytu."
            ) from error
        raise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise SetupProblem(
                    f"Port {port} jest zastrzeżony dla administratora; wybierz wyższy: PORT=8000."
                ) from error
            raise SetupProblem(
                f"Port {port} jest zajęty przez inny program; wybierz inny: PORT={port + 1}."
            ) from error
