"""Ends of the chains, written outside the database, where its owner can't rewrite them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal of a chain at a moment; its number counts the entries up to then."""

    at: datetime
    seq: int
    hash: bytes


def exported(tenant: TenantRef) -> Iterator[Head]:
    """All that were written, oldest first."""
    try:
        lines = _file(tenant.schema).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        head = json.loads(line)
        at = datetime.fromisoformat(head["at"])
        yield Head(at, head["seq"], bytes.fromhex(head["hash"]))


def export_head(tenant: TenantRef) -> None:
    """Write the end of a tenant's chain as it is now; one that has not moved is there already."""
    with inside(tenant), connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1")
        row = cursor.fetchone()
    if row is None:
        return
    seq, seal = row
    last = max(exported(tenant), key=lambda head: head.at, default=None)
    if last and (last.seq, last.hash) == (seq, bytes(seal)):
        return
    path = _file(tenant.schema)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {"at": timezone.now().isoformat(), "tenant": tenant.code, "seq": seq}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line | {"hash": bytes(seal).hex()}) + "\n")


def rewind_heads(schema: str, aside: str, seq: int) -> None:
    """After a restore: ends of a longer chain go aside with its data; up to `seq` they still hold."""
    path = _file(schema)
    if not path.exists():
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    _file(aside).write_text("".join(lines), encoding="utf-8")
    new = path.with_suffix(".new")
    new.write_text(
        "".join(line for line in lines if json.loads(line)["seq"] <= seq), encoding="utf-8"
    )
    new.replace(path)


def _file(schema: str) -> Path:
    return Path(settings.VAR_DIR) / "audit-heads" / f"{schema}.jsonl"
