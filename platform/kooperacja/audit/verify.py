"""Recomputes the chain of seals and names the first entry that is not as it was written."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef

GENESIS = bytes(32)
_CHUNK = 5000
_COLUMNS = """e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.account_id, e.actor_name,
 e.role, e.via, e.request_id, e.verb, e.object_type, e.object_id, e.object_label, e.why,
 e.data::text"""
_CHAIN = (
    f"SELECT s.seq, s.entry_id, s.hash, {_COLUMNS} FROM audit_seal s"  # noqa: S608 - constants
    " LEFT JOIN audit_entry e ON e.id = s.entry_id WHERE s.seq > %s ORDER BY s.seq LIMIT %s"
)
_UNSEALED = (
    f"SELECT {_COLUMNS} FROM audit_entry e"  # noqa: S608 - constants
    " WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id) ORDER BY e.at, e.id"
)

Fields = tuple[Any, ...]


class Fault(models.TextChoices):
    """A way in which the record was changed."""

    ROW_CHANGED = "ROW_CHANGED", "treść wpisu nie zgadza się z jego pieczęcią"
    ROW_REMOVED = "ROW_REMOVED", "wpis usunięto"
    ROW_ADDED = "ROW_ADDED", "wpis dopisano z pominięciem pieczęci"
    SEAL_CHANGED = "SEAL_CHANGED", "pieczęć wpisu zmieniono"
    SEAL_REMOVED = "SEAL_REMOVED", "pieczęć wpisu usunięto"
    REORDERED = "REORDERED", "kolejność wpisów zmieniono"
    REWRITTEN = "REWRITTEN", "łańcuch skrócono albo przepisano po zapisaniu jego końca"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the record is not as it was written."""

    fault: Fault
    seq: int | None  # none: an entry that was never sealed
    entry_id: UUID | None

    def __str__(self) -> str:
        place = f"wpis nr {self.seq}" if self.seq else "wpis bez numeru"
        return f"{place} ({self.entry_id or 'brak'}): {self.fault.label}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of the check of one tenant."""

    tenant: TenantRef
    entries: int
    head: bytes
    broken: Break | None

    @property
    def is_whole(self) -> bool:
        return self.broken is None


class Link(NamedTuple):
    """A seal and the entry it is for; the entry may be missing."""

    seq: int
    entry_id: UUID
    hash: bytes
    fields: Fields | None


def digest(prior: bytes, fields: Fields) -> bytes:
    """The seal of an entry, as the trigger computes it: every field behind its length."""
    parts = [prior]
    for value in fields:
        field = _bytes(value)
        length = -1 if field is None else len(field)
        parts += [length.to_bytes(4, "big", signed=True), field or b""]
    return hashlib.sha256(b"".join(parts)).digest()


def _bytes(value: Any) -> bytes | None:
    match value:
        case None:
            return None
        case UUID():
            return value.bytes
        case int():
            return value.to_bytes(8, "big", signed=True)
    return str(value).encode()


def _rows(query: str, params: list[int] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _links(after: int = 0) -> Iterator[Link]:
    while rows := _rows(_CHAIN, [after, _CHUNK]):
        for seq, entry_id, seal, *fields in rows:
            yield Link(seq, entry_id, bytes(seal), tuple(fields) if fields[0] else None)
        after = rows[-1][0]


def verify(tenant: TenantRef) -> Verdict:
    """Check one tenant's record from its first entry to its last."""
    with inside(tenant):
        seq, prior = 0, GENESIS
        heads = dict(_exported(tenant))
        for link in _links():
            broken = _check(link, seq + 1, prior)
            if broken is None and heads.get(link.seq, link.hash) != link.hash:
                broken = Break(Fault.REWRITTEN, link.seq, link.entry_id)
            if broken:
                return Verdict(tenant, seq, prior, broken)
            seq, prior = link.seq, link.hash
        return Verdict(tenant, seq, prior, _check_end(seq, prior, heads))


def _check(link: Link, expected: int, prior: bytes) -> Break | None:
    if link.seq != expected:
        return _missing(expected, prior, link)
    if link.fields is None:
        is_unsealed = any(digest(prior, fields) == link.hash for fields in _rows(_UNSEALED))
        fault = Fault.SEAL_CHANGED if is_unsealed else Fault.ROW_REMOVED
        return Break(fault, link.seq, link.entry_id)
    if digest(prior, link.fields) != link.hash:
        return Break(_diagnose(link, link.fields, prior), link.seq, link.entry_id)
    return None


def _missing(seq: int, prior: bytes, following: Link) -> Break:
    """A number is missing: whether only the seal is gone or the entry too."""
    for fields in _rows(_UNSEALED):
        if following.fields and digest(digest(prior, fields), following.fields) == following.hash:
            return Break(Fault.SEAL_REMOVED, seq, fields[0])
    return Break(Fault.ROW_REMOVED, seq, None)


def _diagnose(link: Link, fields: Fields, prior: bytes) -> Fault:
    """The reason why a seal does not fit its entry; looks through the whole chain, but only once."""
    following = next(_links(link.seq), None)
    if following and following.fields:
        repaired = digest(digest(prior, fields), following.fields)
        if repaired == following.hash:
            return Fault.SEAL_CHANGED
    for other in _links():
        is_elsewhere = digest(other.hash, fields) == link.hash
        if is_elsewhere or (other.fields and digest(prior, other.fields) == link.hash):
            return Fault.REORDERED
    return Fault.ROW_CHANGED


def _check_end(seq: int, prior: bytes, heads: dict[int, bytes]) -> Break | None:
    """After the last seal: entries that have none, and heads exported from a longer chain."""
    unsealed = _rows(_UNSEALED)
    if heads and max(heads) > seq:
        for fields in unsealed:
            if heads.get(seq + 1) == digest(prior, fields):
                return Break(Fault.SEAL_REMOVED, seq + 1, fields[0])
        return Break(Fault.REWRITTEN, seq + 1, None)
    if unsealed:
        return Break(Fault.ROW_ADDED, None, unsealed[0][0])
    return None


def verify_all(
    progress: Callable[[int, int], None] = lambda done, total: None,
    tenants: Iterable[TenantRef] | None = None,
) -> list[Verdict]:
    """Check every tenant that has a record; `progress` is told how many of how many are done."""
    chosen = list(directory().built_tenants() if tenants is None else tenants)
    verdicts = []
    for done, tenant in enumerate(chosen, start=1):
        verdicts.append(verify(tenant))
        progress(done, len(chosen))
    return verdicts


def _heads_file(tenant: TenantRef) -> Path:
    return Path(settings.VAR_DIR) / "audit-heads" / f"{tenant.schema}.jsonl"


def _exported(tenant: TenantRef) -> Iterator[tuple[int, bytes]]:
    try:
        lines = _heads_file(tenant).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        head = json.loads(line)
        yield head["seq"], bytes.fromhex(head["hash"])


def export_head(tenant: TenantRef) -> None:
    """Write the end of the chain outside the database, where its owner can't rewrite it."""
    with inside(tenant):
        rows = _rows("SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1")
    if not rows:
        return
    seq, seal = rows[0]
    path = _heads_file(tenant)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {"at": timezone.now().isoformat(), "tenant": tenant.code, "seq": seq}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line | {"hash": bytes(seal).hex()}) + "\n")


def rewind_heads(schema: str, aside: str, seq: int) -> None:
    """After a restore: ends of a longer chain go aside with its data; up to `seq` they still hold."""
    folder = Path(settings.VAR_DIR) / "audit-heads"
    path = folder / f"{schema}.jsonl"
    if not path.exists():
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / f"{aside}.jsonl").write_text("".join(lines), encoding="utf-8")
    new = path.with_suffix(".new")
    new.write_text(
        "".join(line for line in lines if json.loads(line)["seq"] <= seq), encoding="utf-8"
    )
    new.replace(path)
