"""The embedded servers: kept data, shared use, nothing left behind."""

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from kooperacja.embedded.broker import start_broker
from kooperacja.embedded.postgres import start_postgres
from kooperacja.embedded.problems import SetupProblem
from kooperacja.embedded.server import Lease, answers
from tests.waiting import PATIENCE_SECONDS

_HOLDER = """
import sys
from pathlib import Path
from kooperacja.embedded.postgres import start_postgres
print(start_postgres(Path(sys.argv[1]), fast=True).port, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def directory() -> Iterator[Path]:
    # A short path that any account may pass: pytest's own is closed to all but the caller.
    with tempfile.TemporaryDirectory(prefix="kp-", ignore_cleanup_errors=True) as path:
        yield Path(path) / "server"


@pytest.fixture(scope="module")
def _empty() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kp-", ignore_cleanup_errors=True) as path:
        empty = Path(path) / "server"
        start_postgres(empty, fast=True).stop()
        yield empty


@pytest.fixture
def made(directory: Path, _empty: Path) -> Path:
    """Where a PostgreSQL lay before: to make one anew takes longest of all."""
    subprocess.run(["cp", "-a", _empty, directory], check=True)
    (directory / "server.json").unlink()
    return directory


def _is_gone(port: int, directory: Path) -> bool:
    """Asks until the guard has let go; a starter's end and its lock's are not the same moment."""
    lease = directory / "lease"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while answers(port) and time.monotonic() < deadline:
        Lease(lease).release()
    return not answers(port)


def test_data_survive_a_restart_of_postgres(made: Path) -> None:
    with start_postgres(made, fast=True) as first, psycopg.connect(first.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'żółw' AS word")
    assert not answers(first.port)
    with start_postgres(made, fast=True) as second, psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT upper(word) FROM kept").fetchone() == ("ŻÓŁW",)
    assert second.port == first.port


def test_queued_work_survives_a_restart_of_the_broker(directory: Path) -> None:
    with start_broker(directory) as first, redis.Redis.from_url(first.url) as client:
        client.rpush("celery", "task")
    with start_broker(directory) as second, redis.Redis.from_url(second.url) as client:
        assert client.lrange("celery", 0, -1) == [b"task"]
    assert not answers(second.port)


def test_a_second_command_joins_the_running_server_and_does_not_stop_it(made: Path) -> None:
    with start_postgres(made, fast=True) as first:
        with start_postgres(made, fast=True) as second:
            assert second.url == first.url
        with psycopg.connect(first.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not answers(first.port)


def test_whoever_joined_keeps_the_server_when_its_starter_goes(made: Path) -> None:
    first = start_postgres(made, fast=True)
    second = start_postgres(made, fast=True)
    first.stop()
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    second.stop()
    assert not answers(second.port)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_starter_leaves_no_server_behind(made: Path, end: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(made)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        port = int(holder.stdout.readline())
        assert answers(port)
        holder.send_signal(end)
    assert _is_gone(port, made)


def test_a_port_taken_meanwhile_is_left_to_its_new_owner(directory: Path) -> None:
    with start_broker(directory) as first:
        pass
    with start_broker(directory.with_name("other"), port=first.port) as thief:
        assert thief.port == first.port
        with start_broker(directory) as second:
            assert second.port != first.port


def test_a_half_made_database_is_made_again(directory: Path) -> None:
    (directory / "data.new" / "base").mkdir(parents=True)
    with start_postgres(directory, fast=True) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not (directory / "data.new").exists()


def test_a_damaged_database_is_set_aside_not_deleted(directory: Path) -> None:
    (directory / "data").mkdir(parents=True)
    (directory / "data" / "something").write_text("of value")
    with start_postgres(directory, fast=True) as server:
        assert answers(server.port)
    (aside,) = directory.glob("data.uszkodzone-*")
    assert (aside / "something").read_text() == "of value"


def test_data_of_another_major_version_are_refused_untouched(made: Path) -> None:
    with start_postgres(made, fast=True):
        pass
    version = made / "data" / "PG_VERSION"
    version.write_text("15\n")
    with pytest.raises(SetupProblem, match="zapisał PostgreSQL 15"):
        start_postgres(made, fast=True)
    assert version.read_text() == "15\n"


def test_a_stale_pid_of_another_program_does_not_keep_postgres_down(made: Path) -> None:
    with start_postgres(made, fast=True):
        pass
    pid_file = made / "data" / "postmaster.pid"
    pid_file.write_text(f"1\n{made / 'data'}\n")
    with start_postgres(made, fast=True) as server:
        assert answers(server.port)


def test_the_wrong_password_is_said_in_one_sentence(directory: Path) -> None:
    with start_postgres(directory, password="right", fast=True):
        pass
    with pytest.raises(SetupProblem, match="Hasło bazy nie pasuje"):
        start_postgres(directory, password="wrong", fast=True)
    with start_postgres(directory, password="right", fast=True) as server:
        assert answers(server.port)


def test_a_full_disk_is_said_before_anything_is_made(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=100 * 1024 * 1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(SetupProblem, match="zostało 100 MB"):
        start_postgres(directory, fast=True)
    assert list(directory.iterdir()) == []
