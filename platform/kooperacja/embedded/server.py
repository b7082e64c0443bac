"""A running embedded server that several processes may share; the last to let go stops it."""

import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TextIO

from kooperacja.embedded import guard
from kooperacja.embedded.problems import SetupProblem

LOG_LIMIT = 10 * 1024 * 1024


class Lease:
    """A shared lock on a file: the server runs as long as any living process holds one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = path.open("a")
        if not _lock(self._file, fcntl.LOCK_SH, wait=30):
            raise SetupProblem(f"Poprzedni serwer w {path.parent} jeszcze się zamyka.")

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def others(self) -> str:
        """The holder of the file after our release: "nobody", "users", or "guard" (it is stopping)."""
        with self.path.open("a") as file:
            if _lock(file, fcntl.LOCK_EX):
                return "nobody"
            return "users" if _lock(file, fcntl.LOCK_SH) else "guard"


@dataclass
class Server:
    """A server that was started or joined."""

    url: str
    port: int
    lease: Lease
    guard: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """Lets go of the server and, when nobody else uses it, waits until it is down."""
        self.lease.release()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            holder = self.lease.others() if self.lease.path.exists() else "nobody"
            if holder == "users" or (holder == "nobody" and not answers(self.port)):
                break
            time.sleep(0.02)
        if self.guard is None:
            return
        if answers(self.port):
            leave(self.guard)
        else:
            self.guard.wait(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def _lock(file: TextIO, kind: int, wait: float = 0) -> bool:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        else:
            return True


@contextmanager
def starting(directory: Path) -> Iterator[None]:
    """Only one process at a time starts what lies in this directory."""
    with (directory / "start.lock").open("a") as file:
        if not _lock(file, fcntl.LOCK_EX, wait=120):
            raise SetupProblem(f"Inny proces od dwóch minut uruchamia serwer w {directory}.")
        yield


def spawn(
    argv: list[str],
    *,
    directory: Path,
    user: str = "",
    signals: tuple[signal.Signals, signal.Signals],
    environment: dict[str, str],
) -> subprocess.Popen[bytes]:
    """Starts the server under its guard, deaf to Ctrl-C, with its output in `log`."""
    log = directory / "log"
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(directory / "log.1")
    # "-S": neither this program's packages nor its `platform/` may reach the guard.
    command = [sys.executable, "-I", "-S", guard.__file__, str(directory / "lease"), user]
    command += [str(int(number)) for number in signals]
    with log.open("ab") as output:
        return subprocess.Popen(
            command + argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env=environment,
        )


def leave(guard: subprocess.Popen[bytes]) -> None:
    """The guard lives on for others, or ends by itself: Python shall not warn that it runs."""
    guard.returncode = guard.returncode or 0


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return port > 0 and probe.connect_ex(("127.0.0.1", port)) == 0


def last_words(directory: Path) -> str:
    """The end of the server's log, which tells why it did not start."""
    log = directory / "log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "\n".join(lines[-5:])


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def remember_port(directory: Path, port: int) -> None:
    write_private(directory / "server.json", json.dumps({"port": port}))


def remembered_port(directory: Path) -> int:
    try:
        return int(json.loads((directory / "server.json").read_text())["port"])
    except (OSError, ValueError, KeyError):
        return 0


def kept_secret(path: Path) -> str:
    """A secret made once and kept beside what it opens."""
    if not path.exists():
        write_private(path, secrets.token_hex(24))
    return path.read_text().strip()


def clean_environment() -> dict[str, str]:
    """Nothing of ours reaches a server: no PG* variables, no secrets."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
