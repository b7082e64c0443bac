"""What the whole wall costs a page of a tenant, against the same view in plain Django."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import click

from infra.bench import report
from kooperacja.embedded import start_postgres

ROUNDS, REQUESTS = 60, 10
KEK = "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@click.command("request_one", help="Strona jednostki z całym murem wobec czystego Django.")
@click.option("--rounds", default=ROUNDS, show_default=True, help="Liczba rund na przemian.")
def request_one(rounds: int) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="kp-", ignore_cleanup_errors=True) as var,
        start_postgres(Path(var) / "postgres") as server,
    ):
        environment = _environment(server.url, var)
        _run("prepare", environment)
        with _worker("walled", environment) as walled, _worker("plain", environment) as plain:
            times = [(_measure(walled), _measure(plain)) for _ in range(rounds)][rounds // 5 :]
    ours, baseline = (1000 * median(one) / REQUESTS for one in zip(*times, strict=True))
    report("request_one", ours=ours, baseline=baseline, unit="ms")


def _environment(url: str, var: str) -> dict[str, str]:
    hidden = {"APP_DATABASE_URL", "SHARED_DATABASE_URL", "PUBLISH_DATABASE_URL", "SITE_URL", "DEMO"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {
        "DATABASE_URL": url.rsplit("/", 1)[0] + "/kooperacja",
        "SERVER_URL": url,
        "VAR_DIR": var,
        "SECRET_KEY": "a-key-for-benchmarks-that-guards-nothing-0123456789",
        "KOOPERACJA_KEK": KEK,
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "HOST": "localhost",
        "LOG_LEVEL": "ERROR",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }


def _run(part: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "infra.bench.request_worker", part]
    subprocess.run(command, check=True, env=environment)


@contextmanager
def _worker(part: str, environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    if part == "plain":
        environment = environment | {"DJANGO_SETTINGS_MODULE": "infra.bench.plain_settings"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "infra.bench.request_worker", part],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield worker
    finally:
        worker.communicate()


def _measure(worker: "subprocess.Popen[str]") -> float:
    """Seconds for some requests, one after another, by the worker's own clock."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(f"{REQUESTS}\n")
    worker.stdin.flush()
    return float(json.loads(worker.stdout.readline()))
