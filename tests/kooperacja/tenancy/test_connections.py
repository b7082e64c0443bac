"""A connection is replaced when it was cut or has seen many tenants, unnoticed by whoever works."""

from dataclasses import replace
from typing import Any, cast
from unittest import mock

import psycopg
import pytest
from django.db import close_old_connections, connection, connections, transaction

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.plane import Plane
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tenants.registry.models import Tenant
from tests import servers


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


def _next_request(ref: TenantRef) -> int:
    close_old_connections()
    with inside(ref):
        return _backend()


@pytest.mark.parametrize("alias", ["default", "shared"])
def test_one_that_was_cut_is_replaced_before_the_next_request(
    fresh_database: str, alias: str
) -> None:
    ref = _refs()[0]
    before = _next_request(ref)
    connection = connections[alias]
    connection.ensure_connection()
    with psycopg.connect(servers.url_of(fresh_database), autocommit=True) as oracle:
        pid = connection.connection.info.backend_pid
        oracle.execute("SELECT pg_terminate_backend(%s, 60000)", [pid])
    close_old_connections()
    assert not cast(Plane, connection).is_usable()
    assert (_next_request(ref) == before) is (alias == "shared")
    assert Tenant.objects.exists()


def test_one_that_lives_is_not_asked(fresh_database: str) -> None:
    ref = _refs()[0]
    before = _next_request(ref)
    with mock.patch.object(Plane, "answers", side_effect=AssertionError):
        assert _next_request(ref) == before
