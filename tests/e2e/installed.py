"""A site as whoever has just installed it starts it: `kooperacja up` in an empty directory."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from kooperacja.embedded.problems import free_port
from tests.e2e.site import ROOT, Mailbox
from tests.servers import ENVIRONMENT
from tests.waiting import PATIENCE_SECONDS, until

_FIRST_RUN = re.compile(r"http://\S+/pierwsze-uruchomienie/\S+/")
_OF_TESTS = (*ENVIRONMENT, "DATABASE_URL", "VAR_DIR", "STATIC_ROOT", "DJANGO_SETTINGS_MODULE")


class Installed(Mailbox):
    """Its own database, broker, web, workers and schedule; nobody has an account."""

    def __init__(self) -> None:
        self._directory = tempfile.TemporaryDirectory(
            prefix="kooperacja-installed-", ignore_cleanup_errors=True
        )
        self.var = Path(self._directory.name)
        self.log = self.var / "log"
        port = free_port()
        self.url = f"http://localhost:{port}"
        environment = {name: one for name, one in os.environ.items() if name not in _OF_TESTS}
        environment |= {"VAR_DIR": str(self.var), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
        environment |= {"WEB_WORKERS": "1", "SPARE_TENANTS": "0", "LOG_LEVEL": "WARNING"}
        with self.log.open("ab") as log:
            self._up = subprocess.Popen(
                [sys.executable, "-m", "kooperacja", "up"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def first_run(self) -> str:
        """The link that it prints when it is ready."""

        def printed() -> str:
            assert self._up.poll() is None, self.last_words()
            found = _FIRST_RUN.search(self.log.read_text(errors="replace"))
            return found[0] if found else ""

        return until(printed, "the site starts and prints its link")

    def stop(self) -> None:
        self._up.send_signal(signal.SIGTERM)
        try:
            self._up.wait(PATIENCE_SECONDS)
        finally:
            self._up.kill()
            self._up.wait()
            self._directory.cleanup()

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-60:])
