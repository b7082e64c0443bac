"""Runs web, workers and schedule as children of one terminal: prefixed output, restarts, clean end."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from django.conf import settings
from rich.console import Console

from kooperacja import queues

console = Console(highlight=False)
STOP_SECONDS = 8.0
STEADY_SECONDS = 60.0
PATIENCE_SECONDS = 20.0
_COLOURS = ("cyan", "magenta", "green", "yellow", "blue")
# Reads the process groups of the children, line by line; when our end of the pipe is gone, and we
# with it, it ends those it heard of last.
_GUARD = """
trap '' INT TERM HUP
while read -r line; do groups=$line; done
for group in $groups; do kill -s TERM -- "-$group" 2>/dev/null; done
[ -z "$groups" ] || sleep 8
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
"""
# A child begins when the guard knows of it, and not at all if we end before.
_BEGIN = 'read -r line && exec "$@" </dev/null'


@dataclass
class Child:
    """One process group the site consists of."""

    name: str
    argv: list[str]
    environment: dict[str, str]
    # Work in the background can wait until people are served.
    waits_for_ready: bool = False
    # And lets pages go first.
    nice: int = 0
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    start_at: float = 0.0
    failures: int = 0

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    """Starts the children and stays until a signal; the first stops gently, the second at once."""

    on_ready: Callable[[], None]
    children: list[Child] = field(default_factory=lambda: site_processes())
    _stops: int = 0
    _is_ready: bool = False
    _began: float = field(default_factory=time.monotonic)
    _guard: subprocess.Popen[str] | None = None

    def run(self) -> None:
        before = {s: signal.signal(s, self._on_signal) for s in (signal.SIGINT, signal.SIGTERM)}
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD], stdin=subprocess.PIPE, text=True, start_new_session=True
        )
        try:
            while not self._stops:
                self._start_missing()
                self._look_whether_ready()
                time.sleep(0.2)
        finally:
            self._stop_all()
            self._tell_guard()
            self._guard.communicate()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stops += 1

    def _start_missing(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.is_alive:
                if now - child.started > STEADY_SECONDS:
                    child.failures = 0
                continue
            if child.process is not None:
                self._note_death(child, now)
            if now >= child.start_at and not (child.waits_for_ready and self._is_early(now)):
                self._start(child)

    def _is_early(self, now: float) -> bool:
        return not self._is_ready and now - self._began < PATIENCE_SECONDS

    def _note_death(self, child: Child, now: float) -> None:
        assert child.process is not None
        _end_group(child.process, signal.SIGKILL)  # what a dead parent left behind
        child.failures += 1
        wait = min(2 ** (child.failures - 1), 30)
        console.print(
            f"Proces {child.name} zakończył się (kod {child.process.returncode}); "
            f"ponowny start za {wait} s.",
            style="red",
        )
        child.process, child.start_at = None, now + wait
        self._tell_guard()

    def _start(self, child: Child) -> None:
        child.process = subprocess.Popen(
            ["/bin/sh", "-c", _BEGIN, "sh", *child.argv],
            env=child.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        if child.nice:
            own = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, child.process.pid, own + child.nice)
        child.started = time.monotonic()
        self._tell_guard()
        _tell(child.process, "begin")
        colour = _COLOURS[self.children.index(child) % len(_COLOURS)]
        threading.Thread(target=_relay, args=(child, child.process, colour), daemon=True).start()

    def _tell_guard(self) -> None:
        groups = [str(c.process.pid) for c in self.children if c.process is not None and c.is_alive]
        assert self._guard is not None
        _tell(self._guard, " ".join(groups))

    def _look_whether_ready(self) -> None:
        if self._is_ready:
            return
        try:
            port = os.environ["PORT"]
            with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
                self._is_ready = json.load(answer)["status"] == "ok"
        except (URLError, OSError, ValueError):
            return
        if self._is_ready:
            self.on_ready()

    def _stop_all(self) -> None:
        """From the schedule to the web, so that nothing new is begun; ten seconds with the servers."""
        console.print("Zatrzymuję…")
        for child in reversed(self.children):
            if child.process is not None:
                _end_group(child.process, signal.SIGTERM, leader_only=True)
        deadline = time.monotonic() + STOP_SECONDS
        while any(c.is_alive for c in self.children) and self._stops < 2:
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        for child in self.children:
            if child.process is not None:
                _end_group(child.process, signal.SIGKILL)
                child.process.wait()


def _tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        pass


def _end_group(
    process: subprocess.Popen[str], number: signal.Signals, *, leader_only: bool = False
) -> None:
    try:
        if leader_only:
            process.send_signal(number)
        else:
            os.killpg(process.pid, number)
    except ProcessLookupError:
        pass


def _relay(child: Child, process: subprocess.Popen[str], colour: str) -> None:
    assert process.stdout is not None
    for line in filter(str.strip, process.stdout):
        console.print(f"[{colour}]{child.name:<8}[/]", end=" ")
        console.print(line.rstrip("\n"), markup=False, soft_wrap=True)


def site_processes() -> list[Child]:
    """The children in the order of their start; the owner's credentials go to one of them alone."""
    owner = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if sys.stdout.isatty():
        owner["LOG_FORMAT"] = "plain"
    figures = _figures_directory()
    owner["PROMETHEUS_MULTIPROC_DIR"] = str(figures)
    plain = {k: v for k, v in owner.items() if k != "DATABASE_URL"} | _plane_urls()
    # In a container everything runs as root; Celery's page about it would hide what matters.
    quiet = ["-W", "ignore:You're running the worker"]
    celery = [sys.executable, *quiet, "-m", "celery", "-A", "kooperacja", "--quiet"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:kooperacja.ops.gunicorn"]
    main_worker = [*worker, "-n", "zadania@%h", "-c", "2", "-Q", ",".join(queues.names())]
    opening_worker = [*worker, "-n", "otwarcia@%h", "-c", "1", "-Q", "provisioning"]
    beat = [*celery, "beat", "--loglevel", "WARNING"]
    children = [
        Child("web", gunicorn, plain),
        Child("zadania", main_worker, plain, waits_for_ready=True, nice=5),
        Child("otwarcia", opening_worker, owner, waits_for_ready=True, nice=5),
        Child("zegar", beat, plain, waits_for_ready=True),
    ]
    if settings.METRICS_PORT:
        children.append(Child("metryki", [sys.executable, "-m", "kooperacja.ops.exporter"], plain))
    return children


def _plane_urls() -> dict[str, str]:
    urls = {"ROLE_PREFIX": settings.ROLE_PREFIX}
    for alias, variable in (("default", "APP"), ("shared", "SHARED"), ("publish", "PUBLISH")):
        urls[f"{variable}_DATABASE_URL"] = _url(settings.DATABASES[alias])
    return urls


def _url(database: dict[str, Any]) -> str:
    user, password = quote(database["USER"], safe=""), quote(database["PASSWORD"], safe="")
    host, port = quote(database["HOST"], safe=""), database["PORT"]
    kept = {k: v for k, v in database["OPTIONS"].items() if k.startswith("ssl")}
    query = "&".join(f"{name}={value}" for name, value in kept.items())
    if database["HOST"].startswith("/"):
        query = "&".join(filter(None, [query, f"host={host}"]))
        host = ""
    address = f"{host}:{port}" if port else host
    return f"postgresql://{user}:{password}@{address}/{database['NAME']}" + (
        f"?{query}" if query else ""
    )


def _figures_directory() -> Path:
    figures = Path(settings.VAR_DIR) / "run" / "metrics"
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(parents=True)
    return figures
