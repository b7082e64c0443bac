"""A stranger's file is read by a program with limits, a few at a time, and a busy server says so."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.documents import guarded, reader, slots
from kooperacja.documents.errors import Busy, Overloaded
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.roles import Role

PLATFORM = Path(reader.__file__).resolve().parents[2]


def limited(code: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a program that runs under the limits."""
    begin = f"import sys; sys.path.insert(0, {str(PLATFORM)!r})\n"
    begin += "from kooperacja.documents import reader; reader.limit_this_process()\n"
    return subprocess.run(
        [sys.executable, "-I", "-c", begin + code], capture_output=True, text=True, check=False
    )


def test_a_reader_may_not_swell_write_or_run_for_long(tmp_path: Path) -> None:
    assert "MemoryError" in limited("bytearray(300 * 1024 * 1024)").stderr
    written = limited(f"open({str(tmp_path / 'x')!r}, 'wb', 0).write(b'x')")
    assert "File too large" in written.stderr
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


def test_a_reader_lets_pages_go_first() -> None:
    facts, _ = guarded.run("tests.kooperacja.documents.niceness", b"", {})
    assert facts == {"nice": min(19, os.nice(0) + 10)}


@pytest.fixture
def doing(monkeypatch: Any, tmp_path: Path) -> Callable[[str], None]:
    """A reader that does what is told in place of reading."""

    def put(code: str) -> None:
        script = tmp_path / "reader.py"
        script.write_text(code)
        monkeypatch.setattr(reader, "__file__", str(script))

    return put


def test_a_reader_that_fails_in_any_way_is_too_hard(doing: Callable[[str], None]) -> None:
    with pytest.raises(guarded.TooHard):
        guarded.run("kooperacja.documents.nothing", b"", {})
    with pytest.raises(guarded.TooHard):
        guarded.run("kooperacja.documents.sigcheck", b"", {})
    doing("import resource as r, signal; r.setrlimit(r.RLIMIT_CPU, (1, 1))\nwhile True: pass")
    with pytest.raises(guarded.TooHard):
        guarded.run("any", b"", {})


def test_a_reader_that_gets_nothing_of_the_processor_says_that_the_server_is_busy(
    doing: Callable[[str], None], monkeypatch: Any
) -> None:
    doing("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)")
    monkeypatch.setattr(reader, "WALL_SECONDS", 0.5)
    with pytest.raises(Overloaded) as told:
        guarded.run("any", b"", {})
    assert (told.value.status, told.value.title) == (503, "Serwer jest teraz zajęty")


@pytest.fixture
def takes(monkeypatch: Any, settings: Any, tmp_path: Path) -> Iterator[Callable[..., bool]]:
    """Takes a slot for an account of a tenant and keeps it."""
    settings.VAR_DIR, settings.WEB_THREADS = tmp_path, 99
    monkeypatch.setattr(guarded, "PATIENCE_SECONDS", 0.2)
    with ExitStack() as held:

        def take(tenant: TenantRef, by: Actor = SYSTEM) -> bool:
            with inside(tenant):
                try:
                    held.enter_context(guarded.at_once(by))
                except Busy:
                    return False
            return True

        yield take
    assert not list((tmp_path / "run" / "slots").iterdir())


def somebody(role: str = Role.LEAD) -> Actor:
    return Actor(account_id=uuid7(), name="Anna", role=role)


def test_of_an_account_one_is_read_at_once_and_of_a_tenant_two(
    gmina: TenantRef, powiat: TenantRef, takes: Callable[..., bool]
) -> None:
    anna, jan = somebody(), somebody()
    assert [takes(gmina, anna), takes(gmina, anna), takes(powiat, anna)] == [True, False, False]
    assert [takes(gmina, jan), takes(gmina, somebody()), takes(gmina)] == [True, False, False]
    assert takes(powiat, somebody())


def test_two_tenants_do_not_stop_the_site(
    gmina: TenantRef, powiat: TenantRef, city: TenantRef, takes: Callable[..., bool]
) -> None:
    assert all(takes(tenant, somebody()) for tenant in (gmina, powiat) * guarded.A_TENANT)
    assert takes(city, somebody())


def test_of_the_site_a_few_are_read_at_once(
    gmina: TenantRef, takes: Callable[..., bool], monkeypatch: Any
) -> None:
    monkeypatch.setattr(guarded, "A_TENANT", 99)
    assert [takes(gmina, somebody()) for _ in range(guarded.A_SITE + 1)][-2:] == [True, False]


def test_who_only_applies_takes_nothing_from_the_office(
    gmina: TenantRef, powiat: TenantRef, city: TenantRef, takes: Callable[..., bool]
) -> None:
    strangers = [takes(at, somebody(Role.APPLICANT)) for at in (gmina, gmina, powiat, city)]
    assert strangers == [True, False, True, False]
    assert all(takes(at, somebody()) for at in (gmina, powiat, city))
    assert takes(gmina, somebody(f"{Role.APPLICANT},{Role.PARTNER_HEAD}"))


def test_of_a_process_one_thread_stays_for_pages(
    gmina: TenantRef, powiat: TenantRef, city: TenantRef, settings: Any, takes: Callable[..., bool]
) -> None:
    settings.WEB_THREADS = 4
    assert [takes(at, somebody()) for at in (gmina, powiat, city, city)] == [
        True,
        True,
        True,
        False,
    ]


def test_of_a_process_of_one_thread_one_file_is_read(
    gmina: TenantRef, powiat: TenantRef, settings: Any, takes: Callable[..., bool]
) -> None:
    settings.WEB_THREADS = 1
    assert [takes(gmina, somebody()), takes(powiat, somebody())] == [True, False]


def test_who_waits_takes_a_thread_too(
    gmina: TenantRef, powiat: TenantRef, settings: Any, monkeypatch: Any, takes: Callable[..., bool]
) -> None:
    settings.WEB_THREADS, anna, seen = 3, somebody(), []
    assert takes(gmina, anna)

    def meanwhile(seconds: float) -> None:
        seen.append(takes(powiat, somebody()))
        raise Busy

    monkeypatch.setattr(slots, "time", SimpleNamespace(monotonic=lambda: 0.0, sleep=meanwhile))
    assert not takes(gmina, anna)
    assert seen == [False]
    assert takes(powiat, somebody())


def test_of_a_process_a_stranger_takes_one_thread(
    gmina: TenantRef, powiat: TenantRef, settings: Any, takes: Callable[..., bool]
) -> None:
    settings.WEB_THREADS = 4
    strangers = [takes(at, somebody(Role.APPLICANT)) for at in (gmina, powiat)]
    assert strangers == [True, False]
    assert all(takes(at, somebody()) for at in (gmina, powiat))


def test_the_same_account_s_next_file_waits_for_a_moment(
    gmina: TenantRef, monkeypatch: Any, settings: Any, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(guarded, "PATIENCE_SECONDS", 60.0)  # others may have begun late
    anna, answers = somebody(), []
    begun, refused = threading.Event(), threading.Semaphore(0)

    def read(refusals: int) -> None:
        with inside(gmina):
            try:
                with guarded.at_once(anna):
                    begun.set()
                    for _ in range(refusals):
                        refused.acquire(timeout=30)
                    answers.append("read")
            except Busy:
                answers.append("busy")
                refused.release()

    first = threading.Thread(target=read, args=(4,))
    first.start()
    begun.wait()
    others = [threading.Thread(target=read, args=(0,)) for _ in range(5)]
    for other in others:
        other.start()
    for thread in (first, *others):
        thread.join()
    assert sorted(answers) == ["busy"] * 4 + ["read"] * 2  # one waits, who sends more does not


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
