"""A city that is attacked from, its neighbour that must not be reached, and an oracle."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import sql

from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tests import servers
from tests.conftest import working_in

SECRET = "tajemnica-{}-tylko-tu"

# Roles belong to the whole server, where other tests open and remove tenants at the same time.
TENANTS = ("160501", "1605", "166101")
OURS = f"(rolname !~ '^koop_test_[a-z]_' OR rolname ~ '_t_({'|'.join(TENANTS)})$')"
ROLES = (
    "SELECT rolname, rolsuper, rolcreaterole, rolcanlogin, rolinherit, rolconfig::text"
    f" FROM pg_roles WHERE {OURS} ORDER BY 1"
)


@dataclass
class Field:
    """Where the attack takes place."""

    own: TenantRef
    foreign: TenantRef
    oracle: psycopg.Connection[Any]

    @property
    def foreign_secret(self) -> str:
        return SECRET.format(self.foreign.schema)

    def canaries(self) -> dict[str, list[str]]:
        """What lies in both tenants, seen by the server's own administrator."""
        return {
            ref.schema: [
                secret
                for (secret,) in self.oracle.execute(
                    sql.SQL("SELECT secret FROM {}.canary ORDER BY 1").format(
                        sql.Identifier(ref.schema)
                    )
                )
            ]
            for ref in (self.own, self.foreign)
        }

    def is_planted(self) -> bool:
        query = "SELECT 1 FROM pg_tables WHERE tablename = 'canary'"
        return self.oracle.execute(query).fetchone() is not None

    def roles(self) -> list[tuple[Any, ...]]:
        return self.oracle.execute(ROLES).fetchall()


@contextmanager
def _field(database: str) -> Iterator[Field]:
    own, foreign = directory.find("opole"), directory.find("krapkowicki")
    assert own and foreign
    with psycopg.connect(servers.url_of(database), autocommit=True) as oracle:
        yield Field(own, foreign, oracle)


def _plant(field: Field) -> None:
    """A secret in either tenant, which its own role alone may read and change."""
    for ref in (field.own, field.foreign):
        name = sql.Identifier(ref.schema)
        field.oracle.execute(sql.SQL("CREATE TABLE {}.canary (secret text)").format(name))
        field.oracle.execute(
            sql.SQL("INSERT INTO {}.canary VALUES (%s)").format(name),
            [SECRET.format(ref.schema)],
        )
        field.oracle.execute(sql.SQL("ANALYZE {}.canary").format(name))
        field.oracle.execute(
            sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {}.canary TO {}").format(
                name, sql.Identifier(ref.role)
            )
        )


@pytest.fixture
def field(fresh_database: str) -> Iterator[Field]:
    with _field(fresh_database) as field:
        _plant(field)
        yield field


@pytest.fixture(scope="module")
def besieged() -> Iterator[str]:
    """One database for attacks of which each must leave it as it was."""
    database = f"koop_{servers.WORKER}_besieged"
    servers.copy_template(database)
    yield database
    servers.drop(database)


@pytest.fixture
def wall(besieged: str, django_db_blocker: Any) -> Iterator[Field]:
    with django_db_blocker.unblock(), working_in(besieged), _field(besieged) as field:
        if not field.is_planted():
            _plant(field)
        yield field
