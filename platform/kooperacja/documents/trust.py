"""The folder of trusted issuers: which trusted lists were brought into it, and of what day."""

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from kooperacja.ui.polish import pl_date

_NAME = "lista-{}"


@dataclass(frozen=True, slots=True)
class Brought:
    """A trusted list as it was brought: of whom, of which day, and until when it counts."""

    territory: str
    number: int
    issued: str
    union_number: int  # of the Union's list, which named who signs this one
    union_issued: str
    next_update: str
    brought: str
    certificates: int

    @property
    def issued_at(self) -> datetime:
        return datetime.fromisoformat(self.issued)

    @property
    def version(self) -> tuple[int, datetime]:
        return self.number, self.issued_at

    @property
    def union_version(self) -> tuple[int, datetime]:
        return self.union_number, datetime.fromisoformat(self.union_issued)

    @property
    def valid_until(self) -> datetime:
        return datetime.fromisoformat(self.next_update)

    def days_overdue(self, now: datetime) -> int:
        """Full and begun days since the day by which its next version was promised."""
        late = now - self.valid_until
        return max(0, late.days + 1) if late.total_seconds() > 0 else 0


def folder() -> str:
    """The folder that readers of signatures ask; empty while there is none."""
    place: str = settings.SIGNATURE_TRUST_DIR
    return place if place and Path(place).is_dir() else ""


def brought(territory: str) -> Brought | None:
    file = Path(settings.SIGNATURE_TRUST_DIR) / f"{_NAME.format(territory)}.json"
    return _read(file) if file.is_file() else None


def all_brought() -> list[Brought]:
    place = folder()
    files = sorted(Path(place).glob(_NAME.format("??.json"))) if place else []
    return [found for found in map(_read, files) if found]


def _read(file: Path) -> Brought | None:
    try:
        return Brought(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None


def keep(new: Brought, pem: bytes) -> None:
    """Put a list in place of the one before; a reader sees the one or the other, never half.

    Certificates come first: if the dates are then not written, the list counts as the older one.
    """
    place = Path(settings.SIGNATURE_TRUST_DIR)
    place.mkdir(parents=True, exist_ok=True, mode=0o750)
    name = _NAME.format(new.territory)
    _replace(place / f"{name}.pem", pem)
    _replace(place / f"{name}.json", json.dumps(asdict(new), indent=1).encode() + b"\n")


def _replace(file: Path, content: bytes) -> None:
    """By a file with a dot before its name, which no reader of the folder takes."""
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(beside).chmod(0o640)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def days_overdue() -> int:
    """For how many days a list that was brought should have been renewed; 0 is well."""
    now = datetime.now(UTC)
    return max((found.days_overdue(now) for found in all_brought()), default=0)


def with_age(said: str, days: int) -> str:
    """The words about an issuer; by a list past its day nobody counts as checked."""
    if not days:
        return said
    since = "1 dnia" if days == 1 else f"{days} dni"
    return (
        f"nie sprawdzono, czy wystawca jest na aktualnej liście zaufanych: listy nie odnowiono "
        f"od {since} (według dotychczasowej: {said})"
    )


def remarks() -> Iterator[str]:
    """A warning to the operator: no list was brought, or one has passed its day."""
    found = all_brought()
    if not found:
        yield (
            "Nie pobrano listy zaufanych wystawców podpisów, więc raporty mówią, że wystawcy nie "
            "sprawdzono: uruchom kooperacja trust update."
        )
    now = datetime.now(UTC)
    for one in found:
        if one.days_overdue(now):
            yield (
                f"Lista zaufanych wystawców {one.territory} straciła ważność "
                f"{pl_date(one.valid_until)}: uruchom kooperacja trust update."
            )
