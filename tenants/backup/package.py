"""A package: a directory with a copy of a tenant or of the site, and the checksums of its files."""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.utils import timezone

from kooperacja.crypto.envelope import KeyMissing
from kooperacja.disk import sync_directory
from kooperacja.ui.server_problems import FULL
from tenants.backup.signature import SIGNATURE, is_ours, sign
from tenants.registry.rules import Impossible

FORMAT = 1
MANIFEST, CHECKSUM = "manifest.json", "manifest.sha256"
PARTIAL = ".partial"
MEDIA, VERSION = "media.tar", "version.json"
_CHUNK = 1 << 20


class HashedFile(io.RawIOBase):
    """A file being written that knows its checksum, its size and its lines."""

    def __init__(self, file: IO[bytes] | None = None) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self.size = self.lines = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._sha256.update(data)
        self.size += len(data)
        self.lines += bytes(data).count(b"\n")
        if self._file is not None:
            self._file.write(data)
        return len(data)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()


class Writer:
    """A package in the making, in a directory of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.files: dict[str, dict[str, Any]] = {}
        directory.mkdir(mode=0o700)

    @contextmanager
    def file(self, name: str) -> Iterator[HashedFile]:
        path = self.directory / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with _private(path) as raw:
            hashed = HashedFile(raw)
            yield hashed
            _to_disk(raw)
        self.files[name] = {"size": hashed.size, "sha256": hashed.sha256}

    def json(self, name: str, value: Any) -> None:
        with self.file(name) as file:
            file.write(json.dumps(value, ensure_ascii=False, indent=1).encode())

    def finish(self, **facts: Any) -> "Package":
        """The manifest comes last: without it there is no package."""
        files, self.files = self.files, {}
        self.json(
            MANIFEST, {"format": FORMAT, "release": settings.RELEASE, **facts, "files": files}
        )
        digest = self.files[MANIFEST]["sha256"]
        with self.file(CHECKSUM) as file:
            file.write(f"{digest}  {MANIFEST}\n".encode())
        with self.file(SIGNATURE) as file:
            file.write(sign((self.directory / MANIFEST).read_bytes()).encode())
        return Package.opened(self.directory)


@contextmanager
def writing(directory: Path) -> Iterator[Writer]:
    """A package has its name only when it is whole; a broken attempt leaves nothing."""
    partial = directory.with_name(directory.name + PARTIAL)
    try:
        directory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield Writer(partial)
        partial.rename(directory)
        sync_directory(directory.parent)
    except BaseException as error:
        shutil.rmtree(partial, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in FULL:
            raise Impossible(
                f"Na dysku z katalogiem {directory.parent} zabrakło miejsca; kopia nie powstała."
            ) from error
        raise


def new_place(parent: Path, name: str) -> Path:
    """The place for the next package of this name."""
    stamp = f"{name}-{timezone.localtime():%Y%m%d-%H%M%S}"
    place, number = parent / stamp, 1
    while place.exists() or place.with_name(place.name + PARTIAL).exists():
        number += 1
        place = parent / f"{stamp}-{number}"
    return place


@dataclass(frozen=True)
class Package:
    """A package that is whole at least as far as its manifest says what is in it."""

    directory: Path
    manifest: dict[str, Any]
    is_trusted: bool = False  # its operator says that it may lack a signature

    @classmethod
    def opened(cls, directory: Path, *, is_trusted: bool = False) -> "Package":
        """Reads the manifest; refuses what is none, was cut short, changed or not made here."""
        if not directory.is_dir():
            raise Impossible(f"Nie ma katalogu z kopią: {directory}.")
        try:
            text = (directory / MANIFEST).read_bytes()
            kept = (directory / CHECKSUM).read_text().split()[0]
            manifest = json.loads(text)
        except FileNotFoundError as error:
            raise _broken(directory, Path(str(error.filename)).name, "brakuje go") from error
        except (ValueError, IndexError) as error:
            raise _broken(directory, MANIFEST, "nie da się go odczytać") from error
        if hashlib.sha256(text).hexdigest() != kept:
            raise _broken(directory, MANIFEST, "nie zgadza się jego suma kontrolna")
        if not is_trusted:
            _require_signature(directory, text)
        if manifest["format"] != FORMAT:
            raise Impossible(f"{directory.name}: tej postaci kopii ten program nie zna.")
        return cls(directory, manifest, is_trusted)

    @property
    def kind(self) -> str:
        return str(self.manifest["kind"])

    @property
    def code(self) -> str:
        return str(self.manifest["tenant"]["code"])

    @property
    def moment(self) -> datetime:
        """The moment whose state it holds."""
        return datetime.fromisoformat(self.manifest["moment"])

    @property
    def checksum(self) -> str:
        """The sum of all that is in it: two packages of the same rows and files have the same."""
        files = {
            name: known["sha256"]
            for name, known in self.manifest["files"].items()
            if name != VERSION
        }
        return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()

    def verify(self) -> None:
        """Refuses a package of which one file is missing, cut short or changed."""
        for name, known in self.manifest["files"].items():
            if not (self.directory / name).is_file():
                raise _broken(self.directory, name, "brakuje go")
            hashed = HashedFile()
            with (self.directory / name).open("rb") as file:
                while chunk := file.read(_CHUNK):
                    hashed.write(chunk)
            if hashed.size < known["size"]:
                raise _broken(self.directory, name, "jest ucięty")
            if hashed.sha256 != known["sha256"]:
                raise _broken(self.directory, name, "nie zgadza się jego suma kontrolna")
            if "rows" in known and hashed.lines != known["rows"]:
                raise _broken(self.directory, name, "nie zgadza się liczba wierszy")

    def json(self, name: str) -> Any:
        return json.loads((self.directory / name).read_bytes())

    def tables(self, folder: str) -> dict[str, dict[str, Any]]:
        """The manifest's facts about the tables in a folder of the package, by their names."""
        prefix = f"{folder}/"
        files = self.manifest["files"].items()
        return {
            Path(name).stem: known | {"path": self.directory / name}
            for name, known in files
            if name.startswith(prefix)
        }

    def tenants(self) -> list["Package"]:
        """The packages of tenants inside a copy of the whole site."""
        return [
            Package.opened(self.directory / "tenants" / code, is_trusted=self.is_trusted)
            for code in sorted(self.manifest["tenants"])
        ]


def find(directory: Path, code: str, *, is_trusted: bool = False) -> Package:
    """The package of a tenant: the directory itself, or inside a copy of the whole site."""
    package = Package.opened(directory, is_trusted=is_trusted)
    if package.kind == "all":
        if code not in package.manifest["tenants"]:
            raise Impossible(f"W kopii {directory.name} nie ma jednostki {code}.")
        package = Package.opened(directory / "tenants" / code, is_trusted=is_trusted)
    if package.code != code:
        raise Impossible(f"{directory.name} jest kopią jednostki {package.code}, a nie {code}.")
    return package


def unpack_media(package: Package, to: Path) -> None:
    """The sealed files of a tenant; the disk holds nothing if they do not all fit."""
    try:
        to.mkdir(parents=True, mode=0o770)
        with tarfile.open(package.directory / MEDIA) as archive:
            archive.extractall(to, filter="data")
    except OSError as error:
        shutil.rmtree(to, ignore_errors=True)
        if error.errno in FULL:
            raise Impossible(
                "Na dysku z plikami zabrakło miejsca; nic nie zostało zmienione."
            ) from error
        raise


def _require_signature(directory: Path, manifest: bytes) -> None:
    """A package says which statements the owner of the database runs: only ours may."""
    try:
        signature = (directory / SIGNATURE).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Impossible(
            f"Kopia {directory.name} nie ma podpisu ({SIGNATURE}): zrobiono ją przed wydaniem "
            "0.3.0 albo ktoś go usunął. Jeżeli wiesz, że nikt obcy jej nie zmienił, dodaj --unsigned."
        ) from None
    except ValueError:
        signature = ""
    try:
        is_made_here = is_ours(manifest, signature)
    except KeyMissing as missing:
        raise Impossible(
            f"Kopię {directory.name} podpisano innym kluczem głównym ({missing.detail}): dodaj go "
            "do KOOPERACJA_KEK."
        ) from missing
    if not is_made_here:
        raise _broken(directory, SIGNATURE, "podpis nie zgadza się z zawartością kopii")


def _private(path: Path) -> BinaryIO:
    with suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return cast(BinaryIO, os.fdopen(handle, "wb"))


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _broken(directory: Path, name: str, why: str) -> Impossible:
    return Impossible(f"Kopia {directory.name} jest uszkodzona: plik {name}: {why}.")
