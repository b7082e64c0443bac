"""A connection that has seen many tenants is replaced, between transactions and unnoticed."""

from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        row = cursor.fetchone()
    return int(row[0])


def _refs() -> list[TenantRef]:
    return sorted(directory.built_tenants(), key=lambda ref: ref.schema)


def test_it_is_replaced_at_the_first_tenant_too_many(fresh_database: str, settings: Any) -> None:
    settings.TENANTS_PER_CONNECTION = 2
    seen = []
    for ref in [*_refs(), *_refs()]:
        with inside(ref):
            seen.append(_backend())
    first, second, third = seen[0], seen[2], seen[4]
    assert seen == [first, first, second, second, third, third]
    assert len({first, second, third}) == 3


def test_a_tenant_met_again_costs_no_new_connection(fresh_database: str, settings: Any) -> None:
    settings.TENANTS_PER_CONNECTION = 2
    one, two, _ = _refs()
    seen = set()
    for ref in (one, two, one, two):
        with inside(ref):
            seen.add(_backend())
    assert len(seen) == 1


def test_no_transaction_loses_its_connection(fresh_database: str, settings: Any) -> None:
    settings.TENANTS_PER_CONNECTION = 1
    one, two, _ = _refs()
    with inside(one):
        _backend()
    with inside(two), transaction.atomic():
        before = _backend()
        with inside(replace(two)):
            assert _backend() == before
