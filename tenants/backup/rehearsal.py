"""Proves that a backup comes back: restores it on a server of its own and compares everything."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.utils import timezone

from kooperacja.audit.verify import verify_all
from kooperacja.crypto import keys
from kooperacja.crypto.envelope import CryptoError
from kooperacja.crypto.models import TenantKey
from kooperacja.embedded.postgres import start_postgres
from tenants.backup import families
from tenants.backup.everything import backup_all, backups, restore_all
from tenants.backup.package import Package
from tenants.registry.rules import Impossible
from tenants.schemas import provisioning

RECORD = "rehearsal.json"
_DATABASE = "proba"
# What of this site must not reach the rehearsal: its databases and its broker.
_OF_THE_SITE = (
    "APP_DATABASE_URL",
    "SHARED_DATABASE_URL",
    "PUBLISH_DATABASE_URL",
    "BACKUP_DIR",
    "DEMO",
)
_NO_BROKER = "redis://127.0.0.1:1/0"


@dataclass
class Verdict:
    """The result of a rehearsal; kept for monitoring."""

    backup: str
    at: str = ""
    tenants: int = 0
    restoring_seconds: float = 0.0
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.differences


def newest() -> Path:
    """The backup of last night."""
    known = backups(Path(settings.BACKUP_DIR))
    if not known:
        raise Impossible(
            f"W {settings.BACKUP_DIR} nie ma kopii całości; zrób ją: kooperacja backup all."
        )
    return known[-1]


def rehearse(directory: Path) -> Verdict:
    """In a process of its own, over an embedded server that nobody else uses."""
    began = time.monotonic()
    verdict = Verdict(backup=directory.name)
    try:
        Package.opened(directory)
        verdict = _elsewhere(directory.resolve())
        verdict.differences += _closed_family_keys()
    except Impossible as refusal:
        verdict.differences.append(str(refusal))
    verdict.at = timezone.now().isoformat(timespec="seconds")
    verdict.seconds = round(time.monotonic() - began, 1)
    _keep(verdict)
    return verdict


def _closed_family_keys() -> Iterator[str]:
    """Keys of families in their newest copy that the present master key does not open."""
    for path in families.copies()[-1:]:
        if closed := families.closed(path):
            yield f"{path.name}: zamknięte klucze rodzin: {closed}"


def _elsewhere(directory: Path) -> Verdict:
    place = Path(tempfile.mkdtemp(prefix="proba-", dir=settings.VAR_DIR))
    try:
        with start_postgres(place / "postgres", fast=True) as server:
            with psycopg.connect(server.url, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {_DATABASE}")
            child = subprocess.run(
                [sys.executable, "-m", "kooperacja", "backup", "try", str(directory)],
                env=_environment(server.url, place / "var"),
                stdout=subprocess.PIPE,
                check=False,
                text=True,
            )
        return _said(child, directory)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _environment(url: str, var: Path) -> dict[str, str]:
    inherited = {name: text for name, text in os.environ.items() if name not in _OF_THE_SITE}
    return inherited | {
        "DATABASE_URL": urlsplit(url)._replace(path=f"/{_DATABASE}").geturl(),
        # The same names of roles on another server, so that the register compares as it is.
        "ROLE_PREFIX": settings.ROLE_PREFIX,
        "BROKER_URL": _NO_BROKER,
        "VAR_DIR": str(var),
    }


def _said(child: "subprocess.CompletedProcess[str]", directory: Path) -> Verdict:
    try:
        return Verdict(**json.loads(child.stdout.splitlines()[-1]))
    except (IndexError, ValueError, TypeError):
        why = "próba nie doszła do końca; przyczyna jest wyżej"
        return Verdict(backup=directory.name, differences=[why])


def _keep(verdict: Verdict) -> None:
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps(asdict(verdict) | {"is_good": verdict.is_good}, ensure_ascii=False)
    new = folder / f"{RECORD}.new"
    new.write_text(text, encoding="utf-8")
    new.replace(folder / RECORD)


# --- In the process of the rehearsal ---------------------------------------------------------


def try_here(directory: Path) -> Verdict:
    """Restore into the database of this process, and look whether all is as it was."""
    verdict = Verdict(backup=directory.name)
    # Whoever started this has looked at the signature with the keys of the site.
    package = Package.opened(directory, is_trusted=True)
    provisioning.migrate_shared()
    began = time.monotonic()
    try:
        verdict.tenants = restore_all(package=package)
        verdict.restoring_seconds = round(time.monotonic() - began, 1)
        verdict.differences += _differences(package)
    except Impossible as refusal:
        verdict.differences.append(str(refusal))
    return verdict


def _differences(package: Package) -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as place:
        again = backup_all(to=Path(place))
        yield from _compared("", package, again)
        theirs = {part.code: part for part in again.tenants()}
        for part in package.tenants():
            yield from _compared(f"{part.code}: ", part, theirs[part.code])
    for verdict in verify_all():
        if not verdict.is_whole:
            yield f"{verdict.tenant.name}: dziennik: {verdict.broken}"
    yield from _closed_keys()


def _compared(where: str, kept: Package, restored: Package) -> Iterator[str]:
    there = restored.manifest["files"]
    for name, known in kept.manifest["files"].items():
        if name not in there or there[name]["sha256"] != known["sha256"]:
            yield f"{where}{name} po odtworzeniu jest inny"


def _closed_keys() -> Iterator[str]:
    """Keys of tenants that the present master key does not open: their data would stay sealed."""
    for row in TenantKey.objects.order_by("tenant_id", "key_id"):
        try:
            keys.unwrap(row)
        except CryptoError:
            yield f"klucz {row} nie otwiera się obecnym kluczem głównym"
