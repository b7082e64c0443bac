"""How long a newcomer waits: the first start of the demo region, and the next one."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from urllib.error import URLError
from urllib.request import urlopen

import click

from infra.bench.frame import Bench, at_most, benchmark
from kooperacja.embedded.problems import free_port

FIRST_LIMIT, NEXT_LIMIT = 90.0, 10.0  # seconds on two cores


@benchmark("demo_start")
def demo_start(bench: Bench) -> None:
    """The site with a dozen living tenants, from nothing; it has no baseline but its goal."""
    with tempfile.TemporaryDirectory(prefix="kp-", ignore_cleanup_errors=True) as var:
        first, following = _start(var), _start(var)
    bench.report("demo_start", ours=first, unit="s", goals=(at_most(FIRST_LIMIT, "s"),))
    bench.report("demo_start_next", ours=following, unit="s", goals=(at_most(NEXT_LIMIT, "s"),))


def _start(var: str) -> float:
    """Seconds until everything is ready; the site is stopped again afterwards."""
    port = free_port()
    hidden = {"DATABASE_URL", "BROKER_URL", "SECRET_KEY", "KOOPERACJA_KEK", "SITE_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "kooperacja", "demo"],
        env=environment | {"VAR_DIR": var, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as site:
        try:
            while not _is_ready(port):
                if site.poll() is not None or time.monotonic() - began > 10 * FIRST_LIMIT:
                    raise click.ClickException("Platforma nie wystartowała; uruchom `make demo`.")
                time.sleep(0.1)
            return time.monotonic() - began
        finally:
            site.send_signal(signal.SIGTERM)


def _is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200 and b'"ok"' in answer.read()[:20])
    except (URLError, OSError):
        return False
