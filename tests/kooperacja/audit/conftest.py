"""A record of five entries, really committed, and an owner of the database who tampers with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kooperacja.audit.actor import SYSTEM
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tests import servers

Tamper = Callable[..., None]


@pytest.fixture(autouse=True)
def var_dir(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def tenant(fresh_database: str) -> TenantRef:
    """A tenant whose record, like its neighbours', has nothing in it yet."""
    with psycopg.connect(servers.url_of(fresh_database)) as owner:
        owner.execute("SET session_replication_role = replica")
        for built in directory.built_tenants():
            owner.execute(f"DELETE FROM {built.schema}.audit_entry")
            owner.execute(f"DELETE FROM {built.schema}.audit_seal")
            owner.execute(
                f"UPDATE {built.schema}.audit_chain SET (unit, seq, hash) = ('', 0, %s)",
                [bytes(32)],
            )
    found = directory.find("gogolin")
    assert found
    return found


@pytest.fixture
def entries(tenant: TenantRef) -> list[Entry]:
    with inside(tenant):
        return [record(by=SYSTEM, verb="TESTED", why=f"wpis {n}") for n in range(1, 6)]


@pytest.fixture
def tamper(fresh_database: str, tenant: TenantRef) -> Tamper:
    """Runs statements as the owner, with the triggers off."""

    def run(*statements: str, **params: Any) -> None:
        with psycopg.connect(servers.url_of(fresh_database)) as owner:
            owner.execute("SET session_replication_role = replica")
            owner.execute(f"SET search_path = {tenant.schema}")
            for statement in statements:
                owner.execute(statement, params)

    return run
