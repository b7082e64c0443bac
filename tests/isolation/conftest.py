"""A gmina that is attacked from, its neighbour that must not be reached, and an oracle."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import sql

from kooperacja.tenancy.ref import TenantRef
from tenants.registry import directory
from tests import servers

SECRET = "tajemnica-{}-tylko-tu"


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

    def roles(self) -> list[tuple[Any, ...]]:
        query = "SELECT rolname, rolsuper, rolcreaterole, rolcanlogin FROM pg_roles ORDER BY 1"
        return self.oracle.execute(query).fetchall()


@pytest.fixture
def field(fresh_database: str) -> Iterator[Field]:
    own, foreign = directory.find("gogolin"), directory.find("krapkowicki")
    assert own and foreign
    with psycopg.connect(servers.url_of(fresh_database), autocommit=True) as oracle:
        for ref in (own, foreign):
            name = sql.Identifier(ref.schema)
            oracle.execute(sql.SQL("CREATE TABLE {}.canary (secret text)").format(name))
            oracle.execute(
                sql.SQL("INSERT INTO {}.canary VALUES (%s)").format(name),
                [SECRET.format(ref.schema)],
            )
            oracle.execute(sql.SQL("ANALYZE {}.canary").format(name))
            oracle.execute(
                sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {}.canary TO {}").format(
                    name, sql.Identifier(ref.role)
                )
            )
        yield Field(own, foreign, oracle)
