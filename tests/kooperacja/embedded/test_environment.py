"""What the program provides for itself where the operator has named no servers and keys."""

import os
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kooperacja.embedded.environment import ensure
from kooperacja.embedded.problems import SetupProblem, require_free_port
from kooperacja.embedded.server import answers

NAMES = ("DATABASE_URL", "BROKER_URL", "SECRET_KEY", "KOOPERACJA_KEK", "DEMO")


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in NAMES:
        # Set before it is deleted, so that what `ensure` sets is undone as well.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    with tempfile.TemporaryDirectory(prefix="kp-", ignore_cleanup_errors=True) as path:
        monkeypatch.setenv("VAR_DIR", path)
        yield Path(path)


def test_servers_and_keys_are_provided_once_and_kept(var: Path) -> None:
    given = []
    for _ in range(2):
        servers = ensure()
        given.append({name: os.environ.pop(name) for name in NAMES[:4]})
        servers.stop()
    assert given[0] == given[1]
    assert given[0]["DATABASE_URL"].endswith("/kooperacja")
    assert len(given[0]["SECRET_KEY"]) == 48


def test_keys_are_for_their_owner_alone(var: Path) -> None:
    ensure().stop()
    keys = list((var / "keys").iterdir())
    assert {key.name for key in keys} == {"secret.key", "kek.key", "postgres.key", "broker.key"}
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    assert stat.S_IMODE((var / "keys").stat().st_mode) == 0o700


def test_named_servers_are_used_and_no_keys_are_invented_for_them(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/kooperacja")
    monkeypatch.setenv("BROKER_URL", "redis://broker.example/0")
    servers = ensure()
    assert servers.held == []
    assert "SECRET_KEY" not in os.environ
    assert list((var / "keys").iterdir()) == []


def test_data_without_their_keys_are_refused(var: Path) -> None:
    ensure().stop()
    for name in NAMES[:4]:
        del os.environ[name]
    (var / "keys" / "postgres.key").unlink()
    with pytest.raises(SetupProblem, match="przywróć var/keys"):
        ensure()
    assert not (var / "keys" / "postgres.key").exists()


def test_when_the_broker_fails_the_database_is_not_left_running(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kooperacja.embedded.broker._binary", lambda: "/bin/false")
    with pytest.raises(SetupProblem, match="Broker nie wystartował"):
        ensure()
    port = psycopg.conninfo.conninfo_to_dict(os.environ["DATABASE_URL"])["port"]
    assert not answers(int(str(port)))


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetupProblem, match=f"Port {port} jest zajęty.*PORT={port + 1}"):
            require_free_port(port)
