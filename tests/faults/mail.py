"""A mail server that a test may let a worker die over: the mail has gone, its mark has not."""

import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

PATIENCE_SECONDS = 300.0


class Backend(BaseEmailBackend):
    """Keeps each mail in a file; while `hold` exists, it takes the mail and never returns."""

    def send_messages(self, messages: Any) -> int:
        folder = Path(settings.VAR_DIR) / "sent"
        for message in messages:
            name = f"{time.monotonic_ns()}-{os.getpid()}.eml"
            (folder / f"{name}.new").write_bytes(message.message().as_bytes())
            (folder / f"{name}.new").rename(folder / name)
            self._hang(folder / "hold")
        return len(messages)

    def _hang(self, hold: Path) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while hold.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
