"""What is said to a database that Citus spreads over nodes, and to one that is alone.

Citus is played here: a row of the catalogue, and a function that keeps and runs what nodes are told.
"""

from collections.abc import Iterator

import psycopg
import pytest

from kooperacja.embedded.problems import SetupProblem
from tenants.backup import doctor
from tenants.registry.models import Tenant
from tenants.schemas import catalogue, citus, provisioning
from tenants.schemas.owner import Connection, owner
from tests import servers

ROLE = "koop_test_t_160501"
PLAYED = """
    SET allow_system_table_mods = on;
    INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        VALUES (99999, 'citus', 10, 11, false, '13.2');
    CREATE TABLE public.told (command text);
    CREATE FUNCTION pg_catalog.run_command_on_workers(command text)
    RETURNS TABLE (nodename text, nodeport int, success bool, result text)
    LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO public.told VALUES (command);
      result := 'DO';
      IF command LIKE 'DO %' THEN EXECUTE command; ELSE EXECUTE command INTO result; END IF;
      RETURN QUERY SELECT 'wezel-1', 5432, true, result;
    EXCEPTION WHEN OTHERS THEN
      RETURN QUERY SELECT 'wezel-1', 5432, false, SQLERRM;
    END $$
"""


@pytest.fixture
def oracle(fresh_database: str) -> Iterator[Connection]:
    with psycopg.connect(servers.url_of(fresh_database), autocommit=True) as connection:
        yield connection


@pytest.fixture
def nodes(oracle: Connection) -> Iterator[None]:
    oracle.execute(PLAYED)
    yield
    oracle.execute("DROP FUNCTION pg_catalog.run_command_on_workers(text)")
    oracle.execute("DELETE FROM pg_extension WHERE extname = 'citus'")
    provisioning.sync_roles()  # roles are the whole server's


def rights(oracle: Connection) -> tuple[object, ...]:
    row = oracle.execute(
        "SELECT rolcanlogin, rolpassword IS NULL,"
        " has_database_privilege(oid, current_database(), 'CONNECT') FROM pg_authid"
        " WHERE rolname = %s",
        [ROLE],
    ).fetchone()
    assert row is not None
    return row


def found() -> list[tuple[str, str]]:
    return [(finding.where, finding.said) for finding in doctor.examine()]


def test_alone_a_tenants_role_signs_in_nowhere(
    oracle: Connection,
) -> None:
    provisioning.sync_roles()
    assert rights(oracle) == (False, True, False)


@pytest.mark.usefixtures("nodes")
def test_on_citus_nodes_sign_in_as_the_tenant_without_a_password(
    oracle: Connection,
) -> None:
    provisioning.sync_roles()
    assert rights(oracle) == (True, True, True)
    others = oracle.execute(
        "SELECT rolsuper OR rolinherit OR rolcreaterole OR rolcreatedb OR rolbypassrls"
        " FROM pg_roles WHERE rolname = %s",
        [ROLE],
    ).fetchone()
    assert others == (False,)


@pytest.mark.usefixtures("nodes")
def test_what_is_taken_from_everybody_is_taken_on_the_nodes(
    oracle: Connection,
) -> None:
    provisioning.sync_roles()
    told = [str(command) for (command,) in oracle.execute("SELECT * FROM told").fetchall()]
    (command,) = told
    for part in ("pg_notify", "set_limit", "database|tablespace", "reltuples", "LANGUAGE plpgsql"):
        assert part in command
    # The node is this server, opened again as a new node would be.
    oracle.execute("GRANT EXECUTE ON FUNCTION pg_notify(text, text) TO PUBLIC")
    oracle.execute("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC")
    oracle.execute("GRANT SELECT ON pg_catalog.pg_class TO PUBLIC")
    with owner() as connection:
        assert [answer.said for answer in asked(connection)] == ["3"]
        citus.tell_nodes(connection, catalogue._on_node(citus.CLOSE, catalogue._CLOSED))
        assert [answer.said for answer in asked(connection)] == ["0"]


def asked(connection: Connection) -> list[citus.Answer]:
    return citus.ask_nodes(connection, catalogue.open_on_node())


@pytest.mark.usefixtures("nodes")
def test_the_doctor_looks_at_the_nodes(
    oracle: Connection,
) -> None:
    provisioning.sync_roles()
    assert found() == []
    oracle.execute("GRANT EXECUTE ON FUNCTION pg_notify(text, text) TO PUBLIC")
    oracle.execute(f"ALTER ROLE {ROLE} NOLOGIN")
    name = str(Tenant.objects.select_related("unit").get(unit__code="160501"))
    assert found() == [
        ("wezel-1:5432", "na węźle Citus otwarte jest to, co odebrano wszystkim"),
        (name, "węzły Citus nie połączą się w jej imieniu"),
    ]
    for finding in doctor.examine():
        assert finding.mend is not None
        finding.mend()
    assert found() == []


@pytest.mark.usefixtures("nodes")
def test_a_node_that_refuses_is_named(
    oracle: Connection,
) -> None:
    oracle.execute(
        "CREATE OR REPLACE FUNCTION pg_catalog.run_command_on_workers(command text) RETURNS TABLE"
        " (nodename text, nodeport int, success bool, result text) LANGUAGE sql"
        " AS $$ SELECT 'wezel-2', 5432, false, 'connection refused' $$"
    )
    with pytest.raises(SetupProblem, match="wezel-2:5432 nie przyjął praw"):
        provisioning.sync_roles()
    assert ("wezel-2:5432", "węzeł Citus nie odpowiada: connection refused") in found()
