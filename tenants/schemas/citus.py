"""A database that Citus spreads over nodes: what it doesn't carry to them by itself."""

from dataclasses import dataclass

from psycopg import sql

from kooperacja.embedded.problems import SetupProblem
from tenants.schemas.owner import Connection


@dataclass(frozen=True)
class Answer:
    """The answer of one node to a command."""

    node: str
    is_done: bool
    said: str


def is_here(connection: Connection) -> bool:
    """The database is a coordinator of Citus."""
    query = "SELECT FROM pg_extension WHERE extname = 'citus'"
    return connection.execute(query).fetchone() is not None


def ask_nodes(connection: Connection, command: sql.Composable) -> list[Answer]:
    """The same said to every node but this one, which would wait for its own transaction."""
    rows = connection.execute(_ASK, [command.as_string(connection)]).fetchall()
    return [Answer(f"{name}:{port}", is_done, said or "") for name, port, is_done, said in rows]


def tell_nodes(connection: Connection, command: sql.Composable) -> None:
    """A command that no node may miss."""
    for answer in ask_nodes(connection, command):
        if not answer.is_done:
            raise SetupProblem(
                f"Węzeł Citus {answer.node} nie przyjął praw ({answer.said}). Sprawdź, czy działa, "
                "i powtórz: kooperacja sync-roles."
            )


_ASK = "SELECT nodename, nodeport, success, result FROM pg_catalog.run_command_on_workers(%s)"

# Each node has functions and columns of its own, on which Citus carries no rights.
CLOSE = """DO $node$
DECLARE
  said text;
BEGIN
  FOR said IN
    SELECT format('REVOKE EXECUTE ON FUNCTION %I.%I(%s) FROM PUBLIC',
      n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('pg_catalog', 'ext') AND p.proname ~ {closed} AND EXISTS (
      SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) WHERE grantee = 0)
    UNION ALL
    SELECT format('GRANT EXECUTE ON FUNCTION %I.%I(%s) TO pg_monitor',
      n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('pg_catalog', 'ext') AND p.proname ~ {counts}
      AND NOT has_function_privilege('pg_monitor', p.oid, 'EXECUTE')
  LOOP
    EXECUTE said;
  END LOOP;
  REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
  IF EXISTS (
    SELECT FROM pg_class c, aclexplode(c.relacl) acl
    WHERE c.oid = 'pg_catalog.pg_class'::regclass AND acl.grantee = 0
  ) THEN
    SELECT string_agg(quote_ident(attname), ', ') INTO said FROM pg_attribute
    WHERE attrelid = 'pg_catalog.pg_class'::regclass AND NOT attisdropped
      AND attname <> ALL({counted});
    REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC;
    EXECUTE format('GRANT SELECT (%s) ON pg_catalog.pg_class TO PUBLIC', said);
    GRANT SELECT ON pg_catalog.pg_class TO pg_monitor;
  END IF;
END $node$"""
COUNT_OPEN = """
  SELECT (
    SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('pg_catalog', 'ext') AND p.proname ~ {closed} AND EXISTS (
      SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) WHERE grantee = 0)
  ) + (
    SELECT count(*) FROM pg_language l, aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner)))
    WHERE lanname = 'plpgsql' AND grantee = 0
  ) + (
    SELECT count(*) FROM pg_class c, aclexplode(c.relacl) acl
    WHERE c.oid = 'pg_catalog.pg_class'::regclass AND acl.grantee = 0
  )
"""
