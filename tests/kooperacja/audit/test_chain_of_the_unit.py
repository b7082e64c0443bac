"""A chain is its unit's own, its times are the server's, and one begun in 0.2.0 goes on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg import sql

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry, Seal
from kooperacja.audit.record import record
from kooperacja.audit.tasks import export_heads
from kooperacja.audit.verify import Break, Fault, digest, sealed, verify
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory, release
from tenants.registry.models import Tenant
from tenants.schemas import ddl, provisioning, upgrade
from tenants.schemas.owner import owner, run
from tests.kooperacja.audit.conftest import Tamper

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CUT = ("DELETE FROM audit_entry WHERE why = 'wpis 5'", "DELETE FROM audit_seal WHERE seq = 5")
MOVE = "UPDATE audit_chain SET (seq, hash) = (SELECT seq, hash FROM audit_seal WHERE seq = {})"
FIELDS = """SELECT audit_entry.id, (extract(epoch FROM at) * 1000000)::bigint, account_id, actor_name, role,
    via, request_id, verb, object_type, object_id, object_label, why, data::text
    FROM audit_entry JOIN audit_seal ON entry_id = id ORDER BY seq"""


def fields(tenant: TenantRef) -> list[tuple[Any, ...]]:
    with inside(tenant), connection.cursor() as cursor:
        cursor.execute(FIELDS)
        return list(cursor.fetchall())


def seal_anew(tenant: TenantRef, tamper: Tamper, former: int) -> None:
    """Seals of all entries as their owner would forge them, of the former kind up to a number."""
    prior = bytes(32)
    for seq, row in enumerate(fields(tenant), start=1):
        prior = digest(prior, row) if seq <= former else sealed(prior, row, tenant.schema)
        tamper("UPDATE audit_seal SET hash = %(hash)s WHERE seq = %(seq)s", hash=prior, seq=seq)
    tamper("UPDATE audit_chain SET hash = %(hash)s", hash=prior)


def test_the_server_says_when_an_entry_was_written(tenant: TenantRef) -> None:
    with inside(tenant):
        entry = Entry.objects.create(actor_name="x", via="WEB", verb="TESTED", at=LONG_AGO)
        entry.refresh_from_db()
    assert abs(datetime.now(UTC) - entry.at) < timedelta(minutes=1)


def test_the_role_of_the_tenant_may_not_move_the_end_of_its_chain(in_gmina: TenantRef) -> None:
    for statement in (
        "UPDATE audit_chain SET seq = 0",
        "DELETE FROM audit_chain",
        "INSERT INTO audit_chain VALUES (true, 't_1605', 0, '')",
    ):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_cut_end_is_found_before_any_head_is_exported(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper
) -> None:
    tamper(*CUT)
    assert verify(tenant).broken == Break(Fault.CUT_SHORT, 5, None)


def test_a_cut_end_that_the_database_does_not_remember_is_found_by_the_head(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper
) -> None:
    assert verify(tenant).since_export == 5
    export_heads()
    assert verify(tenant).since_export == 0
    tamper(*CUT, MOVE.format(4))
    assert verify(tenant).broken == Break(Fault.REWRITTEN, 5, None)


@pytest.mark.parametrize("whose", ["theirs", "said to be ours"])
def test_the_chain_of_another_unit_is_not_this_ones(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper, whose: str
) -> None:
    other = directory.find("krapkowicki")
    assert other
    with inside(other):
        record(by=SYSTEM, verb="TESTED")
    tables = ("audit_entry", "audit_seal", "audit_chain")
    tamper(*(f"DELETE FROM {table}" for table in tables))
    tamper(*(f"INSERT INTO {table} TABLE {other.schema}.{table}" for table in tables))
    if whose == "said to be ours":
        tamper(f"UPDATE audit_chain SET unit = '{tenant.schema}'")
    broken = verify(tenant).broken
    assert broken is not None
    assert broken.fault == Fault.FOREIGN


@pytest.mark.parametrize("exported_after", [3, 5])
def test_a_false_time_that_its_owner_sealed_is_told_by_the_heads(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper, var_dir: Path, exported_after: int
) -> None:
    """An entry after a head is no older than it, one before a head no younger."""
    hours = "- interval '3 hours'" if exported_after == 3 else "+ interval '3 hours'"
    tamper(f"UPDATE audit_entry SET at = at {hours} WHERE why = 'wpis 4'")
    seal_anew(tenant, tamper, 0)
    with inside(tenant):
        head = bytes(Seal.objects.get(seq=exported_after).hash)
    line = {"at": datetime.now(UTC).isoformat(), "seq": exported_after, "hash": head.hex()}
    heads = var_dir / "audit-heads" / f"{tenant.schema}.jsonl"
    heads.parent.mkdir()
    heads.write_text(json.dumps(line))
    broken = verify(tenant).broken
    assert broken == Break(Fault.FALSE_TIME, 4, entries[3].id)


def test_a_chain_of_both_kinds_is_whole_and_never_goes_back(
    tenant: TenantRef, entries: list[Entry], tamper: Tamper
) -> None:
    seal_anew(tenant, tamper, 3)
    assert (verify(tenant).entries, verify(tenant).broken) == (5, None)
    *_, last = fields(tenant)
    with inside(tenant):
        prior = bytes(Seal.objects.get(seq=4).hash)
    former = digest(prior, last)
    tamper("UPDATE audit_seal SET hash = %(hash)s WHERE seq = 5", hash=former)
    tamper("UPDATE audit_chain SET hash = %(hash)s", hash=former)
    assert verify(tenant).broken == Break(Fault.ROW_CHANGED, 5, last[0])


FORMER = [["audit", "0001_initial"]]
LOCK = "SELECT pg_advisory_xact_lock(1)"


def as_in_0_2_0(tenant: TenantRef) -> None:
    """The tenant's schema as that release left it, in a database whose locks are everybody's."""
    names = [[app, name] for app, name in release.migrations() if app != "audit"]
    names = sorted(names + FORMER)
    with owner() as connection:
        run(connection, "DROP SCHEMA {} CASCADE", sql.Identifier(tenant.schema))
        version = ddl.rendered(names)
        provisioning.make_schema(connection, tenant.schema, tenant.role, version)
        for kind in ("bigint", "integer, integer"):
            run(connection, f"GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock({kind}) TO PUBLIC")
    Tenant.objects.filter(pk=tenant.id).update(ddl=ddl.digest_of(names))


def test_a_unit_of_0_2_0_works_until_it_is_upgraded_and_its_chain_goes_on(
    tenant: TenantRef,
) -> None:
    as_in_0_2_0(tenant)
    provisioning.sync_roles()
    with inside(tenant):
        for _ in range(2):
            record(by=SYSTEM, verb="TESTED")
    assert verify(tenant).entries == 2
    assert upgrade.upgrade().failed == []
    with inside(tenant):
        for _ in range(2):
            record(by=SYSTEM, verb="TESTED")
        assert {len(seal.hash) for seal in Seal.objects.filter(seq__gt=2)} == {33}
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.cursor().execute(LOCK)
    assert (verify(tenant).entries, verify(tenant).broken) == (4, None)
