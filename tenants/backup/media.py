"""The sealed files of tenants while one is brought back: nothing that a row knows is ever missing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tenants.backup.package import Package, unpack_media

_WORK = "x_"


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


@contextmanager
def laid_out(package: Package, schema: str) -> Iterator[None]:
    """Its files in a place of their own, gone again if the block fails."""
    unpack_media(package, _root() / schema)
    try:
        yield
    except BaseException:
        forget(schema)
        raise


@contextmanager
def brought_back(package: Package, schema: str, aside: str) -> Iterator[None]:
    """Files are never changed and their names never repeat, so those of both states can lie together.

    What only the former state knows is linked aside; in the tenant's own place the nightly sweep
    removes it. So a crash at any point leaves every row its file.
    """
    work = f"{_WORK}{schema}"
    forget(work)
    with laid_out(package, work):
        _link(_root() / schema, _root() / aside)
        _link(_root() / work, _root() / schema)
        forget(work)
        try:
            yield
        except BaseException:
            forget(aside)
            raise


def _link(source: Path, target: Path) -> None:
    """The same files under another folder, taking no place; newer bytes replace those of a name."""
    for file in source.glob("*/*"):
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o770)
        new = place.with_name(f"{place.name}.tmp")
        new.unlink(missing_ok=True)
        os.link(file, new)
        new.replace(place)


def forget(schema: str) -> None:
    shutil.rmtree(_root() / schema, ignore_errors=True)


def leftovers() -> list[str]:
    """Work that a crash interrupted."""
    return sorted(path.name for path in _root().glob(f"{_WORK}*"))
