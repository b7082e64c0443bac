"""Whatever the owner of the database does to the record, the check finds it and says where."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.heads import export_head
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.audit.tasks import export_heads
from kooperacja.audit.verify import Break, Fault, digest, verify, verify_all
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests.budget import cases
from tests.kooperacja.audit.conftest import Tamper

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
MOMENTS = st.integers(0, 4 * 10**15)
KEEP = ["CREATE TABLE kept AS TABLE audit_entry", "CREATE TABLE kept_seal AS TABLE audit_seal"]
RESTORE = [
    "DELETE FROM audit_entry",
    "INSERT INTO audit_entry TABLE kept",
    "DELETE FROM audit_seal",
    "INSERT INTO audit_seal TABLE kept_seal",
]
BEGIN_ANEW = "UPDATE audit_chain SET (unit, seq, hash) = ('', 0, decode(repeat('00', 32), 'hex'))"
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.uuids(),
    "at": MOMENTS,
    "account_id": st.none() | st.uuids(),
    "object_id": st.none() | st.uuids(),
    "via": st.sampled_from(["WEB", "API", "CLI"]),
    "data": st.dictionaries(TEXT, TEXT | st.integers() | st.none(), min_size=1).map(json.dumps),
    **dict.fromkeys(
        ("actor_name", "role", "request_id", "verb", "object_type", "object_label", "why"), TEXT
    ),
}


def test_an_untouched_record_is_whole(tenant: TenantRef, entries: list[Entry]) -> None:
    verdict = verify(tenant)
    assert verdict.is_whole
    assert verdict.entries == 5


_SWAP = "UPDATE audit_seal SET seq = {1} WHERE seq = {0}"
_POINT = "UPDATE audit_seal SET entry_id = '{1}' WHERE seq = {0}"
NOBODY = UUID(int=0)
_COPY = (
    "INSERT INTO audit_entry SELECT (jsonb_populate_record(e, jsonb_build_object('id',"
    f" '{NOBODY}'))).* FROM audit_entry e WHERE why = 'wpis 1'"
)


Ways = dict[str, tuple[list[str], Break]]


def _ways(ids: list[UUID]) -> Ways:
    """What an owner of the database may do, and what is to be said of it."""
    return _changes_of_rows(ids) | _changes_of_seals(ids) | _changes_of_order(ids)


def _changes_of_rows(ids: list[UUID]) -> Ways:
    return {
        "a row altered": (
            ["UPDATE audit_entry SET why = 'inaczej' WHERE why = 'wpis 3'"],
            Break(Fault.ROW_CHANGED, 3, ids[3]),
        ),
        "the last row moved by a microsecond": (
            ["UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE why = 'wpis 5'"],
            Break(Fault.ROW_CHANGED, 5, ids[5]),
        ),
        "a row removed": (
            ["DELETE FROM audit_entry WHERE why = 'wpis 2'"],
            Break(Fault.ROW_REMOVED, 2, ids[2]),
        ),
        "a row removed with its seal": (
            [
                "DELETE FROM audit_entry WHERE why = 'wpis 2'",
                "DELETE FROM audit_seal WHERE seq = 2",
            ],
            Break(Fault.ROW_REMOVED, 2, None),
        ),
        "a row inserted": ([_COPY], Break(Fault.ROW_ADDED, None, NOBODY)),
    }


def _changes_of_seals(ids: list[UUID]) -> Ways:
    return {
        "a seal altered": (
            ["UPDATE audit_seal SET hash = sha256('x') WHERE seq = 3"],
            Break(Fault.SEAL_CHANGED, 3, ids[3]),
        ),
        "a seal removed": (
            ["DELETE FROM audit_seal WHERE seq = 3"],
            Break(Fault.SEAL_REMOVED, 3, ids[3]),
        ),
    }


def _changes_of_order(ids: list[UUID]) -> Ways:
    return {
        "neighbours changed places": (
            [_SWAP.format(2, 99), _SWAP.format(3, 2), _SWAP.format(99, 3)],
            Break(Fault.REORDERED, 2, ids[3]),
        ),
        "rows far apart changed places": (
            [_SWAP.format(2, 99), _SWAP.format(4, 2), _SWAP.format(99, 4)],
            Break(Fault.REORDERED, 2, ids[4]),
        ),
        "seals changed their rows": (
            [_POINT.format(2, NOBODY), _POINT.format(4, ids[2]), _POINT.format(2, ids[4])],
            Break(Fault.REORDERED, 2, ids[4]),
        ),
    }


def test_every_way_of_tampering_is_found_and_named(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper
) -> None:
    ways = _ways([NOBODY, *(entry.id for entry in entries)])
    tamper(*KEEP)
    found = {}
    for name, (statements, _) in ways.items():
        tamper(*statements)
        found[name] = verify(tenant).broken
        tamper(*RESTORE)
    assert found == {name: expected for name, (_, expected) in ways.items()}
    assert verify(tenant).is_whole


def test_a_cut_end_is_found_by_the_exported_head(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper
) -> None:
    export_head(tenant)
    tamper("DELETE FROM audit_entry WHERE why = 'wpis 5'", "DELETE FROM audit_seal WHERE seq = 5")
    assert verify(tenant).broken == Break(Fault.REWRITTEN, 5, None)


def test_a_rewritten_chain_is_found_by_the_exported_head(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper
) -> None:
    export_head(tenant)
    tamper("DELETE FROM audit_entry", "DELETE FROM audit_seal", BEGIN_ANEW)
    with inside(tenant):
        forged = [record(by=SYSTEM, verb="TESTED", why="podrobiony") for _ in range(6)]
    assert verify(tenant).broken == Break(Fault.REWRITTEN, 5, forged[4].id)


def test_the_daily_task_exports_the_head_of_every_tenant_that_has_one(
    tenant: TenantRef, entries: list[Entry], var_dir: Path
) -> None:
    export_heads()
    files = list((var_dir / "audit-heads").iterdir())
    assert [file.name for file in files] == [f"{tenant.schema}.jsonl"]
    line = json.loads(files[0].read_text())
    assert (line["tenant"], line["seq"]) == (tenant.code, 5)
    assert line["hash"] == verify(tenant).head.hex()


def test_all_tenants_are_checked_with_progress(tenant: TenantRef, entries: list[Entry]) -> None:
    seen: list[tuple[int, int]] = []
    verdicts = verify_all(lambda done, total: seen.append((done, total)))
    assert [verdict.is_whole for verdict in verdicts] == [True] * 3
    assert seen == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.soak
def test_any_change_of_any_field_is_found(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper
) -> None:
    tamper(*KEEP)
    moment = "to_timestamp(0) + %(value)s * interval '1 microsecond'"
    casts = {"data": "%(value)s::jsonb", "at": moment} | dict.fromkeys(
        ("account_id", "object_id"), "%(value)s::uuid"
    )

    @settings(max_examples=cases(15), database=None)
    @given(data=st.data())
    def change(data: st.DataObject) -> None:
        column = data.draw(st.sampled_from(sorted(VALUES)))
        value = data.draw(VALUES[column].filter(lambda new: new != getattr(entries[2], column)))
        to = casts.get(column, "%(value)s")
        update = f"UPDATE audit_entry SET {column} = {to} WHERE why = 'wpis 3'"
        tamper(*RESTORE, update, value=value)
        broken = verify(tenant).broken
        assert broken is not None
        assert (broken.seq, broken.entry_id) == (3, entries[2].id)

    change()


@given(
    st.lists(TEXT | st.none(), min_size=2, max_size=4),
    st.lists(TEXT | st.none(), min_size=2, max_size=4),
)
def test_fields_can_not_be_shifted_into_each_other(
    one: list[str | None], other: list[str | None]
) -> None:
    same = digest(bytes(32), tuple(one)) == digest(bytes(32), tuple(other))
    assert same == (one == other)
