"""Starts a server on the data of a directory, or joins the one that already runs on them."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kooperacja.embedded.problems import (
    SetupProblem,
    explained,
    free_port,
    make_directory,
    refuse_windows,
)
from kooperacja.embedded.server import (
    Lease,
    Server,
    kept_secret,
    last_words,
    leave,
    remember_port,
    remembered_port,
    starting,
)

_TIMES = {1: "minuty", 2: "dwóch minut"}


class WrongPassword(SetupProblem):
    """A server answers at the port, and the password that is kept does not open it."""


@dataclass(frozen=True)
class Program:
    """The broker or PostgreSQL; both go by a port and a password."""

    name: str
    key: str  # the file that keeps its password
    minutes: int  # until it must answer
    url: Callable[[int, str], str]
    is_ours: Callable[[Path, int, str], bool]
    spawn: Callable[[Path, int, str], subprocess.Popen[bytes]]

    @property
    def title(self) -> str:
        """The name at the beginning of a sentence."""
        return self.name[0].upper() + self.name[1:]


def start(program: Program, directory: Path, *, password: str | None, port: int = 0) -> Server:
    """The running server; the caller holds a lease on it."""
    refuse_windows()
    directory = make_directory(directory.resolve())
    with explained(directory), starting(directory):
        password = password or kept_secret(directory / program.key)
        lease = Lease(directory / "lease")
        try:
            known = remembered_port(directory)
            if known and _runs(program, directory, known, password):
                return Server(program.url(known, password), known, lease)
            guard, port = _run(program, directory, port or known, password)
        except BaseException:
            lease.release()
            raise
    return Server(program.url(port, password), port, lease, guard)


def _runs(program: Program, directory: Path, port: int, password: str) -> bool:
    try:
        return program.is_ours(directory, port, password)
    except WrongPassword:
        return False  # somebody else's server has taken the port meanwhile


def _run(
    program: Program, directory: Path, port: int, password: str
) -> tuple[subprocess.Popen[bytes], int]:
    for attempt in range(3):
        # The port of last time first; whoever took it meanwhile keeps it.
        port = port if port and attempt == 0 else free_port()
        guard = program.spawn(directory, port, password)
        try:
            if _wait_ready(program, directory, port, password, guard):
                remember_port(directory, port)
                return guard, port
        except BaseException:
            leave(guard)
            raise
    words = last_words(directory)
    if "No space left" in words:
        raise SetupProblem(f"Dysk jest pełny: {program.name} nie może pisać w {directory}.")
    raise SetupProblem(f"{program.title} nie wystartował; koniec jego dziennika:\n{words}")


def _wait_ready(
    program: Program, directory: Path, port: int, password: str, guard: subprocess.Popen[bytes]
) -> bool:
    deadline = time.monotonic() + 60 * program.minutes
    while guard.poll() is None:
        if program.is_ours(directory, port, password):
            return True
        if time.monotonic() > deadline:
            raise SetupProblem(
                f"{program.title} nie odpowiada od {_TIMES[program.minutes]}; "
                f"dziennik: {directory / 'log'}."
            )
        time.sleep(0.02)
    return False
