"""Recomputes the chain of seals and names the first entry that is not as it was written."""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models

from kooperacja.audit.heads import Head, exported
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef

GENESIS = bytes(32)
# Before a seal that names its unit; seals of the former kind are a bare SHA-256.
OF_A_UNIT = b"\x02"
# An entry is written within so long of its seal, and clocks differ by so much.
_SLACK = timedelta(hours=1)
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
    CUT_SHORT = "CUT_SHORT", "wpisy usunięto z końca łańcucha"
    FOREIGN = "FOREIGN", "łańcuch należy do innej jednostki"
    FALSE_TIME = "FALSE_TIME", "czas wpisu nie zgadza się z tym, kiedy go zapieczętowano"


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
    # Entries after the last exported end: of these the database alone tells.
    since_export: int = 0

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
        return _Check(tenant, sorted(exported(tenant), key=lambda head: head.seq)).run()


def _unit(code: str) -> str:
    """The name in the seals of a unit: its schema, which a copy or a restore may call otherwise."""
    return f"t_{code}"


def sealed(prior: bytes, fields: Fields, unit: str) -> bytes:
    """The seal of an entry in the chain of a unit."""
    return OF_A_UNIT + digest(prior, (unit, *fields))


class _Check:
    """One walk along the chain of a tenant."""

    def __init__(self, tenant: TenantRef, heads: list[Head]) -> None:
        self.tenant, self.heads, self.unit = tenant, heads, _unit(tenant.code)
        self.hashes = {head.seq: head.hash for head in heads}
        self.seqs = [head.seq for head in heads]

    def run(self) -> Verdict:
        seq, prior = 0, GENESIS
        whose, *end = _chain()
        if whose not in ("", self.unit):
            return Verdict(self.tenant, 0, prior, Break(Fault.FOREIGN, None, None))
        for link in _links():
            if broken := self._of(link, seq + 1, prior):
                return Verdict(self.tenant, seq, prior, broken)
            seq, prior = link.seq, link.hash
        since = seq - max(self.seqs, default=0)
        return Verdict(self.tenant, seq, prior, self._of_end(seq, prior, end), since)

    def _of(self, link: Link, expected: int, prior: bytes) -> Break | None:
        if link.seq != expected:
            return self._of_missing(expected, prior, link)
        if link.fields is None:
            is_unsealed = any(self._fits(prior, row, link.hash) for row in _rows(_UNSEALED))
            fault = Fault.SEAL_CHANGED if is_unsealed else Fault.ROW_REMOVED
            return Break(fault, link.seq, link.entry_id)
        if not self._fits(prior, link.fields, link.hash):
            return Break(self._diagnosis(link, link.fields, prior), link.seq, link.entry_id)
        if self.hashes.get(link.seq, link.hash) != link.hash:
            return Break(Fault.REWRITTEN, link.seq, link.entry_id)
        if not self._is_in_time(link.seq, link.fields, link.hash):
            return Break(Fault.FALSE_TIME, link.seq, link.entry_id)
        return None

    def _fits(self, prior: bytes, fields: Fields, seal: bytes) -> bool:
        """It is the seal of this entry; no former kind follows one that names its unit."""
        if _names_unit(seal):
            return sealed(prior, fields, self.unit) == seal
        return not _names_unit(prior) and digest(prior, fields) == seal

    def _continues(self, prior: bytes, fields: Fields, following: Link) -> bool:
        """The next link is of a chain in which this entry stood before it."""
        seals = (digest(prior, fields), sealed(prior, fields, self.unit))
        rest = following.fields
        return rest is not None and any(self._fits(seal, rest, following.hash) for seal in seals)

    def _of_missing(self, seq: int, prior: bytes, following: Link) -> Break:
        """A number is missing: whether only the seal is gone or the entry too."""
        for fields in _rows(_UNSEALED):
            if self._continues(prior, fields, following):
                return Break(Fault.SEAL_REMOVED, seq, fields[0])
        return Break(Fault.ROW_REMOVED, seq, None)

    def _diagnosis(self, link: Link, fields: Fields, prior: bytes) -> Fault:
        """The reason why a seal does not fit; looks through the whole chain, but only once."""
        following = next(_links(link.seq), None)
        if following and self._continues(prior, fields, following):
            return Fault.SEAL_CHANGED
        for other in _links():
            is_elsewhere = self._fits(other.hash, fields, link.hash)
            if is_elsewhere or (other.fields and self._fits(prior, other.fields, link.hash)):
                return Fault.REORDERED
        others = (_unit(tenant.code) for tenant in directory().built_tenants())
        if any(sealed(prior, fields, unit) == link.hash for unit in others):
            return Fault.FOREIGN
        return Fault.ROW_CHANGED

    def _is_in_time(self, seq: int, fields: Fields, seal: bytes) -> bool:
        """An entry is as old as the ends before and after it say; the server set its time."""
        if not _names_unit(seal):
            return True
        at = datetime.fromtimestamp(fields[1] // 1_000_000, UTC)
        place = bisect_left(self.seqs, seq)
        before, after = self.heads[:place][-1:], self.heads[place:][:1]
        is_late = any(at < head.at - _SLACK for head in before)
        return not is_late and not any(at > head.at + _SLACK for head in after)

    def _of_end(self, seq: int, prior: bytes, end: list[Any]) -> Break | None:
        """After the last seal: entries without one, and what tells of a longer chain."""
        unsealed = _rows(_UNSEALED)
        for fields in unsealed:
            following = sealed(prior, fields, self.unit), digest(prior, fields)
            if self.hashes.get(seq + 1) in following or end == [seq + 1, following[0]]:
                return Break(Fault.SEAL_REMOVED, seq + 1, fields[0])
        if self.seqs and self.seqs[-1] > seq:
            return Break(Fault.REWRITTEN, seq + 1, None)
        if unsealed:
            return Break(Fault.ROW_ADDED, None, unsealed[0][0])
        if end and end != [seq, prior]:
            return Break(Fault.CUT_SHORT, seq + 1, None)
        return None


def _names_unit(seal: bytes) -> bool:
    return len(seal) == len(OF_A_UNIT) + len(GENESIS) and seal.startswith(OF_A_UNIT)


def _chain() -> list[Any]:
    """The owner and the end of the chain, as the last seal left them; former versions have no such row."""
    if _rows("SELECT to_regclass('audit_chain') IS NULL") == [(True,)]:
        return [""]
    for unit, seq, seal in _rows("SELECT unit, seq, hash FROM audit_chain"):
        return [unit, seq, bytes(seal)]
    return ["", -1, b""]


def verify_all(
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Verdict]:
    """Check every tenant that has a record; `progress` is told how many of how many are done."""
    tenants: list[TenantRef] = directory().built_tenants()
    verdicts = []
    for done, tenant in enumerate(tenants, start=1):
        verdicts.append(verify(tenant))
        progress(done, len(tenants))
    return verdicts
