"""The supervisor: restarts what dies, ends everything it began, gives the owner's key to one."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from kooperacja.embedded.problems import free_port
from kooperacja.embedded.server import answers
from kooperacja.supervisor import site_processes
from tests.waiting import PATIENCE_SECONDS, until

_RUN = """
import os, sys
from kooperacja import supervisor
from kooperacja.supervisor import Child, Supervisor
supervisor.STOP_SECONDS = 600.0  # who is not ended at once would be waited for in vain
nice, *texts = sys.argv[1:]
children = [Child(f"c{i}", ["/bin/sh", "-c", text], dict(os.environ), nice=int(nice)) for i, text in enumerate(texts)]
Supervisor(on_ready=lambda: None, children=children).run()
"""
# Writes its own and its child's process number, then waits; the second ignores a gentle end.
_PATIENT = 'sleep 300 & echo "$$ $!" >> {file}; wait'
_STUBBORN = "trap '' TERM; sleep 300 & echo \"$$ $!\" >> {file}; while :; do sleep 300; done"

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def supervise() -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def start(*children: str, nice: int = 0) -> subprocess.Popen[str]:
        running.append(
            subprocess.Popen(
                [sys.executable, "-c", _RUN, str(nice), *children],
                env=os.environ | {"PORT": str(free_port())},
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def _pids(file: Path) -> list[int]:
    return [int(pid) for pid in file.read_text().split()] if file.exists() else []


def _began(file: Path, number: int) -> list[psutil.Process]:
    """What runs, as soon as all have said so; a process knows itself from a later one of its id."""
    until(lambda: len(_pids(file)) == number)
    return [psutil.Process(pid) for pid in _pids(file)]


def _are_gone(processes: list[psutil.Process]) -> bool:
    return not any(_runs(process) for process in processes)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_every_child_and_grandchild(
    supervise: Start, tmp_path: Path, number: signal.Signals
) -> None:
    file = tmp_path / "pids"
    process = supervise(_PATIENT.format(file=file), _PATIENT.format(file=file))
    began = _began(file, 4)
    process.send_signal(number)
    assert process.wait(PATIENCE_SECONDS) == 0
    until(lambda: _are_gone(began))


def test_a_second_signal_ends_a_stubborn_child_at_once(supervise: Start, tmp_path: Path) -> None:
    file = tmp_path / "pids"
    process = supervise(_STUBBORN.format(file=file))
    began = _began(file, 2)
    process.send_signal(signal.SIGINT)
    assert process.stdout is not None
    assert "Zatrzymuję" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE_SECONDS)
    until(lambda: _are_gone(began))


def test_children_do_not_outlive_a_killed_supervisor(supervise: Start, tmp_path: Path) -> None:
    file = tmp_path / "pids"
    process = supervise(_PATIENT.format(file=file), _STUBBORN.format(file=file))
    began = _began(file, 4)
    process.kill()
    until(lambda: _are_gone(began))


def test_a_child_that_dies_is_started_again_and_said_so(supervise: Start, tmp_path: Path) -> None:
    file = tmp_path / "starts"
    file.touch()
    # The third says nothing: it may come before we look.
    process = supervise(f"[ $(wc -l < {file}) = 2 ] || echo x >> {file}; exit 7")
    assert process.stdout is not None
    assert "Proces c0 zakończył się (kod 7); ponowny start za 1 s." in process.stdout.readline()
    assert "za 2 s" in process.stdout.readline()
    assert file.read_text() == "x\nx\n"


def test_work_in_the_background_lets_pages_go_first(supervise: Start, tmp_path: Path) -> None:
    assert {c.name for c in site_processes() if c.nice} == {"zadania", "otwarcia"}
    file = tmp_path / "pids"
    supervise(_PATIENT.format(file=file), nice=5)
    began = _began(file, 2)
    assert began[0].nice() == min(19, os.nice(0) + 5)


def test_only_the_opening_of_tenants_gets_the_owners_credentials(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("TEST_SERVER_URL")
    holders = {c.name for c in site_processes() if "DATABASE_URL" in c.environment}
    assert holders == {"otwarcia"}
    web = next(c for c in site_processes() if c.name == "web")
    owner_password = os.environ["DATABASE_URL"].split(":")[2].split("@")[0]
    assert owner_password not in " ".join(web.environment.values())
    assert "_shared:" in web.environment["SHARED_DATABASE_URL"]


_SLOW_APP = """
import pathlib, sys, threading
def application(environ, start_response):
    pathlib.Path("began").touch()
    while not pathlib.Path("finish").exists():
        threading.Event().wait(0.02)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"whole"]
"""


def test_a_request_under_way_is_finished_when_the_web_is_told_to_stop(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(_SLOW_APP)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:kooperacja.ops.gunicorn"]
    command += ["--logger-class", "gunicorn.glogging.Logger"]  # no Django here to set up ours
    with subprocess.Popen(
        [*command, "--log-level", "info", "--chdir", str(tmp_path), "slow:application"],
        env=os.environ | {"PORT": str(port), "WEB_WORKERS": "1"},
        stderr=subprocess.PIPE,
        text=True,
    ) as web:
        until(lambda: answers(port))
        bodies: list[bytes] = []
        asking = threading.Thread(
            target=lambda: bodies.append(
                urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE_SECONDS).read()
            )
        )
        asking.start()
        until((tmp_path / "began").exists)
        web.terminate()
        log = web.stderr
        assert log is not None
        until(lambda: "Handling signal: term" in log.readline())
        (tmp_path / "finish").touch()
        asking.join(PATIENCE_SECONDS)
        assert bodies == [b"whole"]
        assert web.wait(PATIENCE_SECONDS) == 0
