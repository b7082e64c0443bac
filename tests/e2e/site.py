"""A whole site for the browser: web, worker and schedule as processes, with its own database."""

import email
import email.policy
import json
import os
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

from kooperacja import queues
from kooperacja.embedded.broker import start_broker
from kooperacja.embedded.problems import free_port
from tests import servers
from tests.waiting import PATIENCE_SECONDS, until

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"https?://\S+/konto/\S+")


class Mailbox:
    """The folder into which a site writes its mails."""

    var: Path

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What was sent to an address, the oldest first."""
        found = []
        for path in sorted((self.var / "mail").glob("*.log"), key=lambda one: one.stat().st_mtime):
            for raw in re.split(rb"\n-{79}\n", path.read_bytes()):
                message = email.message_from_bytes(raw.strip(), policy=email.policy.default)
                if address in str(message["To"]):
                    found.append(message)
        return found

    def link_mailed_to(self, address: str) -> str:
        """The first address in the newest mail to somebody; waits for the mail."""

        def mailed() -> str:
            bodies = [one.get_body(("plain",)) for one in reversed(self.mails_to(address))]
            found = (_LINK.search(body.get_content()) for body in bodies if body)
            return next((link[0] for link in found if link), "")

        return until(mailed, f"a link is mailed to {address}")


class Site(Mailbox):
    """Web as the planes' logins, the worker as the owner, since it opens tenants."""

    def __init__(self) -> None:
        self._directory = tempfile.TemporaryDirectory(
            prefix="kooperacja-e2e-", ignore_cleanup_errors=True
        )
        self.var = Path(self._directory.name)
        self.log = self.var / "log"
        self.database = f"koop_{servers.WORKER}_e2e"
        port = free_port()
        self.url = f"http://localhost:{port}"
        self._broker = start_broker(self.var / "broker", fast=True)
        self._owner = os.environ | {
            "DATABASE_URL": servers.url_of(self.database),
            "BROKER_URL": self._broker.url,
            "VAR_DIR": str(self.var),
            "HOST": "localhost",
            "PORT": str(port),
            "SITE_URL": self.url,
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "kooperacja.settings",
            "WEB_WORKERS": "1",
            "WEB_THREADS": "6",
            "SPARE_TENANTS": "0",  # nearly all tenants are opened before the worker starts
        }
        self._children: list[subprocess.Popen[bytes]] = []
        self.facts: dict[str, Any] = {}

    def start(self) -> None:
        servers.copy_template(self.database)
        (self.var / "run").mkdir()
        static = self._run("django", "collectstatic", "--noinput", "-v0")
        self.run("tests.e2e.seed", str(self.var / "facts.json"))
        self._finished(static, "collectstatic")
        # Only now, or it would count the region's figures anew after each step of the seed.
        all_queues = ",".join([*queues.names(), "provisioning"])
        worker = ("worker", "-B", "-c", "2", "-Q", all_queues, "--loglevel", "WARNING")
        quiet = ("--without-gossip", "--without-mingle", "-s", str(self.var / "run" / "beat"))
        self._children.append(self._run("celery", "-A", "kooperacja", "-q", *worker, *quiet))
        self.facts = json.loads((self.var / "facts.json").read_text())
        web = self._run("gunicorn", "-c", "python:kooperacja.ops.gunicorn", env=self._planes())
        self._children.append(web)
        self._wait_ready(web)

    def stop(self) -> None:
        for child in reversed(self._children):
            child.terminate()
        for child in self._children:
            with suppress(subprocess.TimeoutExpired):
                child.wait(10)
            child.kill()
            child.wait()
        self._broker.stop()
        servers.drop(self.database)
        self._directory.cleanup()

    def run(self, module: str, *args: str) -> None:
        """Run a program beside the site, as the owner, to its end."""
        self._finished(self._run(module, *args), module)

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-60:])

    def _planes(self) -> dict[str, str]:
        """The environment of the web process, which does not know the owner."""
        planes = dict(self._owner)
        url = planes.pop("DATABASE_URL")
        for plane in ("app", "shared", "publish"):
            login = f"{servers.ENVIRONMENT['ROLE_PREFIX']}_{plane}"
            secret = settings.DATABASES["default" if plane == "app" else plane]["PASSWORD"]
            planes[f"{plane.upper()}_DATABASE_URL"] = re.sub(
                r"//[^@/]*@", f"//{login}:{secret}@", url
            )
        return planes

    def _run(
        self, module: str, *args: str, env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module, *args],
                cwd=ROOT,
                env=env or self._owner,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _finished(self, process: subprocess.Popen[bytes], name: str) -> None:
        if process.wait(PATIENCE_SECONDS):
            raise RuntimeError(f"{name} failed:\n{self.last_words()}")

    def _wait_ready(self, web: subprocess.Popen[bytes]) -> None:
        def is_ready() -> bool:
            assert web.poll() is None, self.last_words()
            with suppress(URLError, OSError), urlopen(f"{self.url}/health/ready", timeout=60):
                return True
            return False

        until(is_ready, "the site starts")
