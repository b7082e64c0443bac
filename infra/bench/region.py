"""A region of many tenants on a PostgreSQL of its own, made once for all benchmarks of a run."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import psycopg

from kooperacja.embedded.broker import start_broker
from kooperacja.embedded.postgres import start_postgres
from kooperacja.embedded.server import Server

ROOT = Path(__file__).resolve().parents[2]
KEK = "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
SITE_DATABASE, STOCK_DATABASE = "kooperacja", "stock"
# What a shell may hold of another site must not leak into this one.
HIDDEN = {
    *("APP_DATABASE_URL", "SHARED_DATABASE_URL", "PUBLISH_DATABASE_URL", "ROLE_PREFIX"),
    *("SITE_URL", "DEMO", "DEBUG", "HTTPS", "METRICS_PORT", "LOG_FORMAT"),
}
PARALLEL = 2


class Worker:
    """A process that measures in itself: a line asks, a line of JSON answers."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(self, question: object = "") -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{question}\n")
        self.process.stdin.flush()
        if not (line := self.process.stdout.readline()):
            raise click.ClickException("Proces pomiaru zakończył się; jego błąd jest powyżej.")
        return json.loads(line)


@dataclass
class Region:
    """The servers, and the environment in which a process works on this site."""

    var: Path
    size: int
    postgres: Server
    environment: dict[str, str]
    stack: ExitStack

    @property
    def url(self) -> str:
        """The site's database, as the owner."""
        return self.environment["DATABASE_URL"]

    @property
    def server_url(self) -> str:
        """Of the superuser in the database `postgres`, for making other databases."""
        return self.postgres.url

    @cached_property
    def broker_url(self) -> str:
        """A broker, for benchmarks that need one; without it nobody listens."""
        server = start_broker(self.var / "broker")
        self.stack.callback(server.stop)
        return server.url

    def make_database(self, name: str) -> str:
        """Another database on the same server; its address, as the owner."""
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"{self.server_url.rsplit('/', 1)[0]}/{name}"

    def run(self, module: str, *args: object, **environment: str) -> str:
        """What `python -m infra.bench.<module> …` on this site prints."""
        done = subprocess.run(
            self._command(module, args),
            check=True,
            cwd=ROOT,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    @contextmanager
    def worker(self, module: str, *args: object, **environment: str) -> Iterator[Worker]:
        """The same command, alive and answering questions until the block ends."""
        process = self.start(self._command(module, args), **environment)
        try:
            yield Worker(process)
        finally:
            process.communicate()

    def start(
        self, command: Sequence[str], stdout: int = subprocess.PIPE, **environment: str
    ) -> "subprocess.Popen[str]":
        """A process on this site, which the caller ends."""
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment | environment,
            stdin=subprocess.PIPE,
            stdout=stdout,
            text=True,
        )

    def close(self) -> None:
        self.stack.close()

    def _command(self, module: str, args: Sequence[object]) -> list[str]:
        return [sys.executable, "-m", f"infra.bench.{module}", *map(str, args)]


def make_region(size: int) -> Region:
    """Start a server and open so many tenants on it; the caller closes."""
    with ExitStack() as stack:
        var = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="kp-", ignore_cleanup_errors=True)
        )
        postgres = start_postgres(Path(var) / "postgres")
        stack.callback(postgres.stop)
        with psycopg.connect(postgres.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {SITE_DATABASE}")
        environment = _environment(postgres.url, var)
        region = Region(Path(var), size, postgres, environment, stack)
        _open(region)
        region.stack = stack.pop_all()
        return region


def _open(region: Region) -> None:
    began = time.monotonic()
    click.echo(f"Otwieram {region.size} jednostek…", err=True)
    region.run("prepare", "found", region.size)
    shares = [
        region.start(region._command("prepare", ("open", number, PARALLEL)))
        for number in range(PARALLEL)
    ]
    for share in shares:
        share.communicate()
    if any(share.returncode for share in shares):
        raise click.ClickException("Nie wszystkie jednostki się otworzyły.")
    opened = time.monotonic()
    region.run("prepare", "fill")
    ready = time.monotonic()
    click.echo(f"Otwarte w {opened - began:.0f} s, dane w {ready - opened:.0f} s.", err=True)


def _environment(url: str, var: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "kooperacja.settings",
        "DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{SITE_DATABASE}",
        "VAR_DIR": var,
        "SECRET_KEY": "a-key-for-benchmarks-that-guards-nothing-0123456789",
        "KOOPERACJA_KEK": KEK,
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "HOST": "localhost",
        "LOG_LEVEL": "ERROR",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }
