"""A stranger's file is read by a program with limits, a few at a time, and a busy server says so."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.documents import guarded, reader, slots
from kooperacja.documents.errors import Busy
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef

PLATFORM = Path(reader.__file__).resolve().parents[2]


def limited(code: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a program that runs under the limits."""
    begin = f"import sys; sys.path.insert(0, {str(PLATFORM)!r})\n"
    begin += "from kooperacja.documents import reader; reader.limit_this_process()\n"
    return subprocess.run(
        [sys.executable, "-I", "-c", begin + code], capture_output=True, text=True, check=False
    )


def test_a_reader_may_not_swell_write_or_run_for_long() -> None:
    assert "MemoryError" in limited("bytearray(300 * 1024 * 1024)").stderr
    assert "File too large" in limited("open('/dev/shm/x', 'wb', 0).write(b'x')").stderr
    told = limited(
        "import resource as r; print(r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_CORE))"
    )
    assert told.stdout.split("\n")[0] == "(10, 10) (0, 0)"
    assert limited("bytearray(100 * 1024 * 1024)").returncode == 0


def test_a_reader_knows_nothing_of_the_server(monkeypatch: Any, tmp_path: Path) -> None:
    script = tmp_path / "reader.py"
    script.write_text(
        "import json, os, sys; print(json.dumps({'env': sorted(os.environ), "
        "'isolated': sys.flags.isolated, 'given': sys.stdin.read()}))"
    )
    monkeypatch.setattr(reader, "__file__", str(script))
    facts, made = guarded.run("any", b"file", {"what": 1})
    assert set(facts.pop("env")) <= {"LC_CTYPE"}  # Python's own
    assert (facts, made) == ({"isolated": 1, "given": '{"what": 1}\nfile'}, b"")


def test_a_reader_that_fails_in_any_way_is_too_hard(monkeypatch: Any) -> None:
    with pytest.raises(guarded.TooHard):
        guarded.run("kooperacja.documents.nothing", b"", {})
    with pytest.raises(guarded.TooHard):
        guarded.run("kooperacja.documents.sigcheck", b"", {})
    monkeypatch.setattr(reader, "WALL_SECONDS", 0.01)
    with pytest.raises(guarded.TooHard):
        guarded.run("kooperacja.documents.pdfcheck", b"", {})


def test_of_a_tenant_and_an_account_two_are_read_at_once_and_of_the_site_a_few(
    gmina: TenantRef, powiat: TenantRef, city: TenantRef
) -> None:
    def takes(stack: ExitStack, tenant: TenantRef, account: Any = None) -> bool:
        with inside(tenant):
            try:
                stack.enter_context(slots.taken(guarded._groups(account)))
            except Busy:
                return False
        return True

    account = uuid7()
    with ExitStack() as held:
        assert [takes(held, gmina) for _ in range(3)] == [True, True, False]
        assert takes(held, powiat, account)
        assert takes(held, city, account)
        assert [takes(held, tenant) for tenant in (powiat, city)] == [
            False,
            False,
        ]  # the site is full
    with ExitStack() as held:
        assert [takes(held, city, account), takes(held, powiat, account)] == [True, True]
        assert [takes(held, gmina, account), takes(held, gmina)] == [False, True]
    assert not list((Path(os.environ["VAR_DIR"]) / "run" / "slots").iterdir())


def test_a_slot_is_free_again_when_its_process_dies(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    with slots.taken({"x": 1}):
        path = next((tmp_path / "run" / "slots").iterdir())
        with pytest.raises(Busy), slots.taken({"x": 1}):
            pass
    code = (
        f"import fcntl, sys, time; f = open({str(path)!r}, 'w'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(Busy), slots.taken({"x": 1}):
            pass
        holder.send_signal(signal.SIGKILL)
    with slots.taken({"x": 1}):
        pass
