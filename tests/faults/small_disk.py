"""A PostgreSQL of the test's own with a disk that is soon full; it ends with the test, full or not."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests import servers
from tests.faults.site import own_postgres


@dataclass(frozen=True)
class SmallDisk:
    """A database with the template's tenants; what is made in the tablespace `small` finds no room."""

    url: str
    place: Path

    def enlarge(self) -> None:
        subprocess.run(["mount", "-o", "remount,size=64m", str(self.place)], check=True)


@contextmanager
def small_disk(size: str) -> Iterator[SmallDisk]:
    # Outside pytest's own folders, which every other pytest of this user closes to the server.
    with tempfile.TemporaryDirectory(prefix="kp-", ignore_cleanup_errors=True) as folder:
        yield from _on_small_disk(Path(folder) / "postgres", size)


def _on_small_disk(directory: Path, size: str) -> Iterator[SmallDisk]:
    server = own_postgres(directory)
    place = directory / "disk"
    place.mkdir(mode=0o755)
    writer = (directory / "data").stat().st_uid
    options = f"size={size},uid={writer},mode=0700"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        server.stop()
        pytest.skip("only root can mount a small disk")
    try:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'".encode())
        yield SmallDisk(servers.template_of(server.url), place)
    finally:
        server.stop()
        subprocess.run(["umount", "--lazy", str(place)], check=True)
