"""The seconds of CPU and the memory that each reader of a stranger's file took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kooperacja.documents import reader
from tests import ready

MAX_MEMORY = 300 * 1024  # kilobytes
OWN_SECONDS = 3  # of the process that serves
# Starts the reader and waits for it. A program that a large one starts is told the memory of
# that one as its own, so a small one stands between.
_BETWEEN = """
import os, sys
command = [sys.executable, "-I", {reader!r}, *sys.argv[1:]]
child = os.posix_spawn(sys.executable, command, {{}})
_, status, took = os.wait4(child, 0)
with open({log!r}, "a") as log:
    print(took.ru_utime + took.ru_stime, took.ru_maxrss, file=log)
sys.exit(1 if status else 0)
"""


@dataclass(frozen=True)
class Readers:
    """Those that ran so far, or in the case that is tried."""

    log: Path

    def took(self) -> list[tuple[float, int]]:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [(float(seconds), int(memory)) for seconds, memory in map(str.split, lines)]

    def note(self, seconds: float, memory: int) -> None:
        with self.log.open("a") as log:
            log.write(f"{seconds} {memory}\n")

    def require_moderate(self) -> None:
        """None took more than a reader may."""
        for seconds, memory in self.took():
            assert seconds < reader.CPU_SECONDS + 0.5
            assert memory < MAX_MEMORY

    @contextmanager
    def within_limits(self, seed: int, content: bytes) -> Iterator[None]:
        """Neither the reader nor the process that serves takes much; a file that fails is kept."""
        self.log.unlink(missing_ok=True)
        began = time.process_time()
        try:
            yield
            self.require_moderate()
            assert time.process_time() - began < OWN_SECONDS
        except BaseException as failure:
            kept = self.log.parent / f"spoilt-{seed}"
            kept.write_bytes(content)
            failure.add_note(f"seed {seed}: {kept}")
            raise


def measured_ready(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Readers:
    """Every reader is measured from now on, and is one that has begun before."""
    readers = Readers(folder / "took")
    monkeypatch.setattr(ready, "note", readers.note)
    monkeypatch.setattr(ready, "_start", _unmeasured)
    return readers


def _unmeasured(module: str, given: bytes) -> tuple[bytes, int | None]:
    raise AssertionError(f"{module} was started, so nobody measured it")


def measured(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Readers:
    """Every reader is started as on a server, and measured, from now on."""
    readers, between = Readers(folder / "took"), folder / "between.py"
    between.write_text(_BETWEEN.format(reader=reader.__file__, log=str(readers.log)))
    monkeypatch.setattr(reader, "__file__", str(between))
    return readers
