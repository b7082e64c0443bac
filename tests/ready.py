"""Readers of strangers' files that have begun: a start costs a second or two, and a run asks often.

Each file is still read by a process of its own under the limits of the product, with nothing of the
server in it. `started` is for tests of the start itself and of what the limits let through; a test
that has a reader of its own starts that.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kooperacja.documents import apart, guarded, reader
from tests.waiting import PATIENCE_SECONDS

_READER = reader.__file__
_PLATFORM = Path(_READER).resolve().parents[2]
_PROGRAM = Path(__file__).with_name("ready_reader.py")
_STARTED_FOR = ("tests/kooperacja/documents/test_guarded.py", "tests/faults/")


class Reader:
    """One module's reader that waits for files."""

    def __init__(self, module: str) -> None:
        self.line, theirs = socket.socketpair()
        number = str(theirs.fileno())
        self.process = subprocess.Popen(
            [sys.executable, "-I", _PROGRAM, _PLATFORM, module, number],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env={},
        )
        theirs.close()

    def answer(self, given: bytes) -> tuple[bytes, int | None]:
        self.line.settimeout(reader.WALL_SECONDS)
        with tempfile.TemporaryFile() as file:
            file.write(given)
            file.seek(0)
            ours, theirs = os.pipe()
            with open(ours, "rb") as told:
                try:
                    self.line.sendall(b"?")
                    socket.send_fds(self.line, [b"!"], [file.fileno(), theirs])
                finally:
                    os.close(theirs)
                answer = told.read()
        code, seconds, memory = self.line.recv(64).split()
        note(float(seconds), int(memory))
        return answer, int(code)

    def close(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.wait()


def note(seconds: float, memory: int) -> None:
    """What a reader took, its loading included; a test that measures takes this one's place."""


_ready: dict[str, Reader] = {}
_one_at_a_time = threading.Lock()
_start = guarded._answer


def _answer(module: str, given: bytes) -> tuple[bytes, int | None]:
    if reader.__file__ != _READER or not _one_at_a_time.acquire(blocking=False):
        return _start(module, given)
    try:
        if module not in _ready:
            _ready[module] = Reader(module)
        return _ready[module].answer(given)
    except (OSError, ValueError) as error:  # a reader that can't be loaded, or takes too long
        _ready.pop(module).close()
        return b"", None if isinstance(error, TimeoutError) else -1
    finally:
        _one_at_a_time.release()


@pytest.fixture
def started() -> None:
    """The reader is started as on a server."""


@pytest.fixture(autouse=True)
def readers_are_ready(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    # A reader's limit is its CPU; the clock says how busy the machine is.
    monkeypatch.setattr(reader, "WALL_SECONDS", PATIENCE_SECONDS)
    monkeypatch.setattr(apart, "WAITED_SECONDS", PATIENCE_SECONDS)
    is_tested = request.node.nodeid.startswith(_STARTED_FOR)
    if not is_tested and "started" not in request.fixturenames:
        monkeypatch.setattr(guarded, "_answer", _answer)


@pytest.fixture(scope="session", autouse=True)
def readers_end() -> Iterator[None]:
    yield
    while _ready:
        _ready.popitem()[1].close()
