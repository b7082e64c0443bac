"""What is written down is sealed at the commit and can be changed by nobody."""

import threading
from dataclasses import replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.models import Entry, Seal
from kooperacja.audit.record import record
from kooperacja.audit.verify import verify
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests import servers
from tests.budget import cases

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def _seal_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_an_entry_says_who_did_what_to_what_and_why(in_gmina: TenantRef) -> None:
    by = Actor(uuid4(), "Anna Nowak", "DPO,LEAD", "API", "abc")
    about = record(by=SYSTEM, verb="FIRST")
    record(by=by, verb="SECOND", obj=about, why="bo trzeba", data={"name": ["a", "b"]})
    entry = Entry.objects.get(verb="SECOND")
    assert (entry.account_id, entry.actor_name, entry.role) == (by.account_id, by.name, by.role)
    assert (entry.via, entry.request_id, entry.why) == ("API", "abc", "bo trzeba")
    assert (entry.object_type, entry.object_id) == ("audit.Entry", about.id)
    assert entry.data == {"name": ["a", "b"]}


def test_a_transaction_rolled_back_leaves_neither_entry_nor_seal(in_gmina: TenantRef) -> None:
    before = Entry.objects.count(), Seal.objects.count()
    savepoint = transaction.savepoint()
    record(by=SYSTEM, verb="TESTED")
    _seal_now()
    assert Seal.objects.count() == before[1] + 1
    transaction.savepoint_rollback(savepoint)
    assert (Entry.objects.count(), Seal.objects.count()) == before


def test_each_tenant_has_a_chain_of_its_own(gmina: TenantRef, powiat: TenantRef) -> None:
    for tenant in (gmina, powiat):
        with inside(tenant):
            before = Seal.objects.count()
            record(by=SYSTEM, verb="TESTED")
            _seal_now()
            assert Seal.objects.count() == before + 1
            assert verify(tenant).broken is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET why = 'inaczej'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_seal SET seq = seq + 1",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TABLE audit_seal",
    ],
)
def test_the_role_of_the_tenant_may_change_nothing(in_gmina: TenantRef, statement: str) -> None:
    record(by=SYSTEM, verb="TESTED", why="tak")
    _seal_now()
    written = list(Entry.objects.values()), list(Seal.objects.values())
    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement)
    assert (list(Entry.objects.values()), list(Seal.objects.values())) == written
    assert verify(in_gmina).is_whole


def test_the_role_of_the_tenant_may_not_forge_a_seal(in_gmina: TenantRef) -> None:
    before = Seal.objects.count()
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO audit_seal (seq, entry_id, hash) VALUES (99, gen_random_uuid(), 'x')"
        )
    assert Seal.objects.count() == before


def test_even_the_owner_meets_the_triggers(fresh_database: str, tenant: TenantRef) -> None:
    refused = []
    with psycopg.connect(servers.url_of(fresh_database), autocommit=True) as owner:
        owner.execute(f"SET search_path = {tenant.schema}")
        for table, column in (("audit_entry", "why"), ("audit_seal", "seq")):
            for verb in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"):
                try:
                    owner.execute(verb.format(table, column))
                except psycopg.errors.RestrictViolation:
                    refused.append((table, verb))
    assert len(refused) == 6


def test_commits_side_by_side_leave_one_unbroken_chain(tenant: TenantRef) -> None:
    failures: list[BaseException] = []

    def work(name: str) -> None:
        try:
            with inside(tenant):
                for n in range(10):
                    _commit_or_roll_back(name, n)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(f"wątek {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = verify(tenant)
    assert failures == []
    assert (verdict.entries, verdict.broken) == (4 * 10 * 2 - 4 * 2 * 2, None)


def _commit_or_roll_back(name: str, n: int) -> None:
    """Two entries a transaction; every fifth transaction fails."""
    try:
        with transaction.atomic():
            record(by=SYSTEM, verb="TESTED", why=name)
            record(by=SYSTEM, verb="TESTED", why=name, data={"n": n})
            if n % 5 == 4:
                raise ZeroDivisionError
    except ZeroDivisionError:
        pass


def test_sealing_does_not_lean_on_the_search_path(fresh_database: str, tenant: TenantRef) -> None:
    with psycopg.connect(servers.url_of(fresh_database)) as owner:
        owner.execute(f"SET ROLE {tenant.role}")
        owner.execute("SET search_path = ''")
        owner.execute(
            f"INSERT INTO {tenant.schema}.audit_entry (id, at, actor_name, role, via, request_id,"
            " verb, object_type, object_label, why, data) VALUES (gen_random_uuid(), now(), 'System',"
            " '', 'TASK', '', 'TESTED', '', '', '', '{}')"
        )
    assert (verify(tenant).entries, verify(tenant).broken) == (1, None)


def test_sealing_goes_on_after_the_schema_was_renamed(
    fresh_database: str, tenant: TenantRef
) -> None:
    with inside(tenant):
        record(by=SYSTEM, verb="TESTED")
    with psycopg.connect(servers.url_of(fresh_database)) as owner:
        owner.execute(f"ALTER SCHEMA {tenant.schema} RENAME TO elsewhere")
    renamed = replace(tenant, schema="elsewhere")
    with inside(renamed):
        record(by=SYSTEM, verb="TESTED")
    assert (verify(renamed).entries, verify(renamed).broken) == (2, None)


@settings(max_examples=cases(20))
@given(texts=st.lists(TEXT, min_size=4, max_size=4), data=JSON)
def test_trigger_and_python_agree_on_any_content(
    in_gmina: TenantRef, texts: list[str], data: Any
) -> None:
    by = Actor(uuid4(), texts[0], texts[1], "WEB", "")
    try:
        with transaction.atomic():
            record(by=by, verb="TESTED", why=texts[2], data={texts[3]: data})
            _seal_now()
    except DatabaseError:
        return  # JSON that PostgreSQL does not hold
    assert verify(in_gmina).broken is None
