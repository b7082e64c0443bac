"""The site a command works on: its servers running, Django loaded, both let go at the end."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django
from rich.console import Console
from rich.progress import Progress

from kooperacja.embedded.environment import Servers, ensure

# Imports stand in functions: Django is set up when a command enters its site.

console = Console(highlight=False)


@contextmanager
def progress(text: str, *, transient: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how many of how many are done."""
    with Progress(console=console, transient=transient) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class Site:
    """Entered by every command that needs data; commands may invoke each other."""

    def __init__(self) -> None:
        self._servers: Servers | None = None

    def enter(self) -> None:
        if self._servers is not None:
            return
        self._servers = ensure()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")
        django.setup()
        from kooperacja.crypto import kek
        from kooperacja.ops.pooler import require_sessions

        kek.require()
        require_sessions()

    def disconnect(self) -> None:
        from django.db import connections

        connections.close_all()

    def leave(self) -> None:
        if self._servers is not None:
            self.disconnect()
            self._servers.stop()
            self._servers = None
