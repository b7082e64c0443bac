"""One tenant among many, copied and brought back, beside PostgreSQL's own tools on the same schema."""

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from infra.bench.frame import Bench, at_most, benchmark
from infra.bench.region import Region
from kooperacja.embedded.postgres import binaries

TENANTS = 5  # each in turn; the figure is the median
SECONDS = 10.0
_SCRATCH = "pg_restored"


@benchmark("backup_tenant")
def backup_tenant(bench: Bench) -> None:
    """A package of a tenant with its rows of the shared plane, against plain `pg_dump -n`."""
    _measure(bench, "backup_tenant", "copy", _dump)


@benchmark("restore_tenant")
def restore_tenant(bench: Bench) -> None:
    """A package brought back into its place, against psql reading the dump into an empty database."""
    _measure(bench, "restore_tenant", "restore", _load)


@benchmark("backup_all")
def backup_all(bench: Bench) -> None:
    """Every tenant and the shared plane at one moment; it has no baseline and no goal."""
    with bench.region.worker("backup_worker", "all") as worker:
        (seconds,) = worker.ask(1)
    bench.report("backup_all", ours=seconds, unit="s", tenants=bench.size)


def _measure(bench: Bench, name: str, task: str, baseline: Callable[[Region], float]) -> None:
    region, count = bench.region, min(TENANTS, bench.size)
    with region.worker("backup_worker", task) as worker:
        seconds = worker.ask(count)
    theirs = baseline(region)
    ours = statistics.median(seconds)
    goals = (at_most(SECONDS, "s"),)
    more = {"tenants": bench.size, "slowest": round(max(seconds), 3)}
    bench.report(name, ours=ours, unit="s", baseline=theirs, goals=goals, **more)


def _dump(region: Region) -> float:
    return _dumped(region)[0]


def _load(region: Region) -> float:
    """The dump into a database that has the extensions and nothing else."""
    _, dump = _dumped(region)
    with psycopg.connect(region.server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {_SCRATCH}")
    url = urlsplit(region.server_url)._replace(path=f"/{_SCRATCH}").geturl()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA ext")
        for extension in ("unaccent", "pg_trgm"):
            connection.execute(f"CREATE EXTENSION {extension} SCHEMA ext".encode())
    with tempfile.NamedTemporaryFile(suffix=".sql") as file:
        Path(file.name).write_bytes(dump)
        began = time.perf_counter()
        _run("psql", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", file.name, url)
        seconds = time.perf_counter() - began
    with psycopg.connect(region.server_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {_SCRATCH}")
    return seconds


def _dumped(region: Region) -> tuple[float, bytes]:
    with psycopg.connect(region.url) as connection:
        query = "SELECT schema_name FROM registry_tenant ORDER BY schema_name LIMIT 1"
        (schema,) = connection.execute(query).fetchone()  # type: ignore[misc]
    began = time.perf_counter()
    dump = _run("pg_dump", "-n", schema, region.url)
    return time.perf_counter() - began, dump


def _run(program: str, *arguments: str) -> bytes:
    command = [str(binaries() / program), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
