"""The backup of the keys of families, apart from all others and soon forgotten (REG §8.1).

A package of a tenant or of the site has none of them. Sealed under the master key, each key comes
back whatever became of its tenant's keys meanwhile; one that was destroyed never does.
"""

import json
import os
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kooperacja.crypto import destroyed, families, kek
from kooperacja.crypto.envelope import CryptoError, bind, open_sealed, seal
from kooperacja.crypto.models import FamilyKey, TenantKey
from kooperacja.disk import sync_directory
from tenants.registry.rules import Impossible

KEPT = timedelta(days=30)
_NAME, _STAMP, _WHOLE, _PARTIAL = "families-", "%Y%m%dT%H%M%SZ", ".jsonl", ".partial"
_MADE = re.compile(rf"{_NAME}\d{{8}}T\d{{6}}Z({_WHOLE}|{_PARTIAL})")


@dataclass(frozen=True, slots=True)
class Brought:
    """The keys that came back, and those that did not."""

    keys: int = 0
    destroyed: int = 0  # destroyed since, so they stay away
    strange: int = 0  # of tenants that are not here


def save() -> Path:
    """Write all keys of families as they are now; copies older than 30 days go."""
    folder = Path(settings.FAMILY_KEYS_BACKUP_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{_NAME}{timezone.now():{_STAMP}}{_WHOLE}"
    partial = path.with_suffix(_PARTIAL)
    destroyed.begin()
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(_json(destroyed=len(destroyed.every())))
        for row in FamilyKey.objects.order_by("tenant_id", "family_id", "key_id").iterator():
            file.write(_line(row))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync_directory(folder)
    forget_old()
    return path


def forget_old() -> int:
    """Delete the copies that are older than 30 days, whole or broken off; how many."""
    old = [path for path in _ours() if timezone.now() - _moment(path) > KEPT]
    for path in old:
        path.unlink()
    return len(old)


def copies() -> list[Path]:
    """Copies of the keys, the oldest first."""
    return sorted(path for path in _ours() if path.suffix == _WHOLE)


def _ours() -> list[Path]:
    """Copies, whole or broken off; whatever else lies there is somebody's own."""
    files = Path(settings.FAMILY_KEYS_BACKUP_DIR).glob(f"{_NAME}*")
    return [path for path in files if _MADE.fullmatch(path.name)]


def bring_back(path: Path) -> Brought:
    """Bring the keys of a copy back beside those that are here; none that was destroyed.

    Impossible without the list of destroyed keys, or with one older than the copy.
    """
    known, kept = _read(path)
    gone = destroyed.every()
    if not destroyed.is_kept() or len(gone) < known:
        raise Impossible(
            f"Lista zniszczonych kluczy rodzin ({settings.DESTROYED_KEYS}) jest starsza niż kopia "
            f"{path.name} albo jej nie ma: odłóż na miejsce najnowszą. Kluczy nie przywrócono."
        )
    tenants = set(TenantKey.objects.values_list("tenant_id", flat=True))
    here = [one for one in kept if one.tenant_id in tenants]
    rows = [one.row() for one in here if one.family_id not in gone]
    FamilyKey.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    families.forget_returned()  # those that were destroyed while these came back
    return Brought(len(rows), len(here) - len(rows), len(kept) - len(here))


def closed(path: Path) -> int:
    """How many keys of a copy the present master key does not open."""
    return sum(1 for one in _read(path)[1] if not one.opens())


@dataclass(frozen=True, slots=True)
class _Kept:
    """One key, as a copy has it."""

    tenant_id: UUID
    family_id: UUID
    number: int
    sealed: bytes

    def key(self) -> bytes:
        place = _place(self.tenant_id, self.family_id, self.number)
        return open_sealed(self.sealed, aad=place, keyring=kek.keyring())

    def opens(self) -> bool:
        try:
            self.key()
        except CryptoError:
            return False
        return True

    def row(self) -> FamilyKey:
        return families.wrapped(self.tenant_id, self.family_id, self.number, self.key())


def _read(path: Path) -> tuple[int, list[_Kept]]:
    """How many keys had been destroyed by then, and the keys."""
    try:
        first, *lines = [json.loads(line) for line in path.read_text().splitlines()]
        kept = [
            _Kept(UUID(one["tenant"]), UUID(one["family"]), one["number"], b64decode(one["key"]))
            for one in lines
        ]
        return int(first["destroyed"]), kept
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Impossible(
            f"{path}: to nie jest kopia kluczy rodzin albo jest uszkodzona."
        ) from error


def _line(row: FamilyKey) -> bytes:
    place = _place(row.tenant_id, row.family_id, row.key_id)
    sealed = seal(families.unwrap(row), aad=place, keyring=kek.keyring())
    return _json(
        tenant=str(row.tenant_id),
        family=str(row.family_id),
        number=row.key_id,
        key=b64encode(sealed).decode(),
    )


def _json(**values: object) -> bytes:
    return json.dumps(values).encode() + b"\n"


def _place(tenant_id: UUID, family_id: UUID, number: int) -> bytes:
    return bind("family-key-copy", tenant_id, family_id, number)


def _moment(path: Path) -> datetime:
    return datetime.fromisoformat(path.stem.removeprefix(_NAME))
