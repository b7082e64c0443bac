"""A pooler between us and PostgreSQL: one that changes sessions is refused, the other serves."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections

from kooperacja.embedded.problems import free_port
from kooperacja.ops import health
from kooperacja.ops.pooler import keeps_session
from tests.faults.site import ROOT
from tests.waiting import until

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
pytestmark = pytest.mark.skipif(PGBOUNCER is None, reason="needs the Debian package pgbouncer")
REFUSED = "ustaw w nim tryb sesji (PgBouncer: pool_mode = session)"
Pool = Callable[[str], int]


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    """Starts a pooler in some mode before the server of the run; its port."""
    running: list[subprocess.Popen[bytes]] = []
    server = urlsplit(os.environ["TEST_SERVER_URL"])

    def start(mode: str, **more: object) -> int:
        port = free_port()
        lines = {
            "listen_addr": "127.0.0.1",
            "listen_port": port,
            "unix_socket_dir": "",
            "auth_type": "any",
            "pool_mode": mode,
            "ignore_startup_parameters": "options,extra_float_digits",
            **more,
        }
        place = f"host=127.0.0.1 port={server.port} user=postgres password={server.password}"
        text = "\n".join(f"{name} = {value}" for name, value in lines.items())
        file = tmp_path / "pgbouncer.ini"
        file.write_text(f"[databases]\n* = {place}\n[pgbouncer]\n{text}\n")
        # It refuses to run as root, so the file must be read by whom it becomes.
        own = ["-u", "nobody"] if os.geteuid() == 0 else []
        for folder in (file, tmp_path, *list(tmp_path.parents)[:2]):
            folder.chmod(folder.stat().st_mode | 0o055)
        assert PGBOUNCER is not None
        running.append(subprocess.Popen([PGBOUNCER, *own, "-q", str(file)]))
        until(lambda: _answers(port), what="pgbouncer")
        return port

    yield start
    for process in running:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    try:
        with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres"):
            return True
    except psycopg.OperationalError:
        return False


@pytest.fixture
def behind(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """From now on every plane goes through a port."""

    def move(port: int) -> None:
        monkeypatch.setattr(health, "_has_sessions", False)
        for alias in ("default", "shared"):
            monkeypatch.setitem(connections[alias].settings_dict, "PORT", str(port))

    return move


@pytest.mark.parametrize(
    ("mode", "more"),
    [
        ("transaction", {}),
        ("statement", {}),
        ("transaction", {"default_pool_size": 1}),
        ("transaction", {"server_round_robin": 1}),
    ],
)
def test_one_that_changes_the_session_is_seen(
    pool: Pool, behind: Callable[[int], None], mode: str, more: dict[str, int]
) -> None:
    behind(pool(mode, **more))
    assert keeps_session("shared") is False
    assert health.readiness()[0]["sessions"] == "pooler"
    assert health.readiness()[1] is False


def test_one_that_keeps_the_session_is_accepted(pool: Pool, behind: Callable[[int], None]) -> None:
    behind(pool("session"))
    assert keeps_session("shared") is True
    assert health.readiness()[0]["sessions"] == "ok"


def test_without_one_the_session_is_kept(db: None) -> None:
    assert keeps_session("default") is True


def _started(port: int, *command: str) -> subprocess.CompletedProcess[str]:
    url = urlsplit(os.environ["DATABASE_URL"])
    through = url._replace(netloc=f"postgres@127.0.0.1:{port}").geturl()
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": through, "PORT": str(free_port())},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("gunicorn", "-c", "python:kooperacja.ops.gunicorn"),
        ("celery", "-A", "kooperacja", "worker", "-c", "1"),
        ("kooperacja", "migrate"),
    ],
    ids=["web", "worker", "migrate"],
)
def test_nothing_starts_behind_one_that_changes_the_session(
    pool: Pool, command: tuple[str, ...]
) -> None:
    ended = _started(pool("transaction"), *command)
    assert ended.returncode == 1
    assert REFUSED in " ".join((ended.stdout + ended.stderr).split())
    assert "Traceback" not in ended.stderr
