"""Real processes of a site and the servers they lean on, which a test stops, freezes and kills."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from django.db import connections

from kooperacja import queues
from kooperacja.embedded.broker import start_broker
from kooperacja.embedded.postgres import start_postgres
from kooperacja.embedded.problems import free_port
from kooperacja.embedded.server import Server
from tests import servers
from tests.faults.browser import Answer, Browser
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]


class Faulty:
    """A server of the test's own, of which nothing is known beforehand but where it lies."""

    def __init__(self, directory: Path, start: Callable[[Path], Server]) -> None:
        self.directory, self._start = directory, start
        self.server = start(directory)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def process(self) -> psutil.Process:
        assert self.server.guard is not None
        (child,) = psutil.Process(self.server.guard.pid).children()
        return child

    def start(self) -> None:
        self.server = self._start(self.directory)

    def stop(self) -> None:
        self.server.stop()

    def crash(self) -> None:
        """What was not on the disk is gone; PostgreSQL must recover."""
        self.process.send_signal(signal.SIGQUIT)
        self.server.stop()

    @contextmanager
    def gone(self, how: Callable[["Faulty"], None]) -> Iterator[None]:
        how(self)
        try:
            yield
        finally:
            self.start()
            # The test's own were cut too.
            connections.close_all()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Takes connections and answers none, as a machine whose disk hangs."""
        whole = [self.process, *self.process.children(recursive=True)]
        for one in whole:
            with suppress(psutil.NoSuchProcess):
                one.suspend()
        try:
            yield
        finally:
            for one in whole:
                with suppress(psutil.NoSuchProcess):
                    one.resume()


def own_postgres(directory: Path) -> Faulty:
    """With the template's tenants; durable, as in production: it is asked what it lost."""
    servers.copy_server(directory)
    return Faulty(directory, start_postgres)


def own_broker(directory: Path) -> Faulty:
    """Keeps nothing on disk: after a restart all that it was told is lost."""
    return Faulty(directory, lambda path: start_broker(path, fast=True))


def waiting(program: str) -> int:
    """How many connections of a program (gunicorn, celery) wait for a lock in this database."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            " AND datname = current_database() AND application_name = %s",
            [program],
        )
        return int(cursor.fetchone()[0])


class Site:
    """Web and workers over one database and one broker."""

    def __init__(self, var: Path, *, database_url: str, broker_url: str, **more: str) -> None:
        self.var, self.port, self.log = var, free_port(), var / "log"
        self.children: list[subprocess.Popen[bytes]] = []
        for folder in ("run", "static", "sent", "mail"):
            (var / folder).mkdir(exist_ok=True)
        self.environment = os.environ | {
            "DATABASE_URL": database_url,
            "BROKER_URL": broker_url,
            "VAR_DIR": str(var),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "EMAIL_BACKEND": "tests.faults.mail.Backend",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "WEB_WORKERS": "1",
            "WEB_THREADS": "4",
            "PYTHONPATH": str(ROOT),
            **more,
        }

    def web(self) -> subprocess.Popen[bytes]:
        """A web process that answers; whether it is ready is another question."""
        web = self._run("gunicorn", "-c", "python:kooperacja.ops.gunicorn")
        until(lambda: self.answers(web), f"the web process: {self.last_words}")
        return web

    def worker(self, children: int = 1) -> subprocess.Popen[bytes]:
        """A worker with so many children in its pool."""
        options = ("--without-gossip", "--without-mingle", "--loglevel", "WARNING")
        command = (
            "-A",
            "kooperacja",
            "-q",
            "worker",
            "-c",
            str(children),
            "-Q",
            ",".join(queues.names()),
        )
        return self._run("celery", *command, *options)

    def answers(self, web: subprocess.Popen[bytes]) -> Answer | None:
        assert web.poll() is None, self.last_words()
        with suppress(OSError):
            return self.stranger.get("/health/live")
        return None

    @property
    def stranger(self) -> Browser:
        return Browser(self.port)

    def last_words(self) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-40:])

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """At once, with everything it began."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.children.remove(process)

    def stop(self) -> None:
        for child in list(self.children):
            self.end(child)

    def _run(self, module: str, *args: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *args],
                cwd=ROOT,
                env=self.environment | {"PGAPPNAME": module},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.children.append(process)
        return process
