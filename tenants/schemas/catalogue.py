"""Rights that PostgreSQL gives everybody and tenants share: taken from PUBLIC, given where needed."""

from django.conf import settings
from psycopg import sql

from tenants.schemas import citus
from tenants.schemas.owner import Connection, run

# Names of functions, as regular expressions; all of one name are meant.
# By these a session changes its role, or leaves something to whoever comes next in it.
_OF_THE_SESSION = ("set_config", "setseed", "set_limit", "pg_logical_emit_message")
# By these it reaches the disk.
_OF_THE_DISK = (r"lo_\w+", "loread", "lowrite", r"pg_relation_file\w+", "pg_tablespace_location")
# Names of advisory locks belong to the whole database: who holds one stops all who ask for it.
_XACT_LOCK = "pg_advisory_xact_lock"
_LOCKS = (_XACT_LOCK, r"pg_(try_advisory|advisory_(lock|unlock|xact_lock_))\w*")
# By these it speaks to other sessions or ends them.
_OF_OTHER_SESSIONS = (
    "pg_notify",
    "pg_notification_queue_usage",
    "pg_(cancel|terminate)_backend",
    r"pg_\w*replication_slot\w*",
    r"pg_logical_slot_\w+",
)
# These tell how much others have, and what they do at this moment.
_COUNTS = (
    r"pg_stat_(get|have|clear|force)_\w+",
    "pg_(database|tablespace|relation|table|indexes|total_relation)_size",
    r"pg_(current|last)_wal_\w+",
    r"pg_control_\w+",
    r"pg_\w*wal_summar\w+",
    "pg_get_sequence_data",
    "pg_lock_status",
    r"pg_\w*blocking_pids",
    "pg_prepared_xact",
    "pg_last_committed_xact",
    r"pg_xact_commit_timestamp\w*",
    "pg_get_multixact_members",
)
_CLOSED = (*_OF_THE_SESSION, *_OF_THE_DISK, *_LOCKS, *_OF_OTHER_SESSIONS, *_COUNTS)
# Columns of pg_class that count the rows and pages of everybody's tables.
_COUNTED = ["relpages", "reltuples", "relallvisible", "relallfrozen"]

_FUNCTIONS = """
    SELECT format('%%I.%%I(%%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('pg_catalog', 'ext') AND p.proname ~ %s
"""
_OPEN_TO_ALL = """ AND EXISTS (
        SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) WHERE grantee = 0
    )"""
_CLOSED_TO = " AND NOT has_function_privilege(%s, p.oid, 'EXECUTE')"
# Tenants whose entries are sealed as in 0.2.0: each takes an advisory lock as its own role.
_SEALED_BEFORE = r"""
    SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname ~ '^[st]_' AND p.proname = 'audit_seal_entry' AND p.prosrc ~ 'advisory' LIMIT 1
"""


def close(connection: Connection) -> None:
    """Take from PUBLIC what reaches other tenants; what is closed already is not touched."""
    closed: tuple[str, ...] = _CLOSED
    if connection.execute(_SEALED_BEFORE).fetchone() is not None:
        closed = tuple(name for name in _CLOSED if name != _XACT_LOCK)
    functions = _named(connection, _FUNCTIONS + _OPEN_TO_ALL, closed)
    if functions is not None:
        run(connection, "REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC", functions)
    _hide_counts(connection)
    for role in _who_locks(connection):
        _open(connection, _LOCKS, role)
    _open(connection, _COUNTS, "pg_monitor")  # whoever watches the server
    if citus.is_here(connection):
        citus.tell_nodes(connection, _on_node(citus.CLOSE, closed))


def open_on_node() -> sql.Composable:
    """A query that counts what a node of Citus leaves open."""
    return _on_node(citus.COUNT_OPEN, _CLOSED)


def _on_node(text: str, closed: tuple[str, ...]) -> sql.Composable:
    names = {"closed": closed, "counts": _COUNTS}
    patterns = {key: sql.Literal(f"^({'|'.join(of)})$") for key, of in names.items()}
    return sql.SQL(text).format(**patterns, counted=sql.Literal(_COUNTED))


def _who_locks(connection: Connection) -> set[str]:
    """The planes without tenants, and the owner of the database if that is no superuser."""
    query = "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"
    owners = {name for (name,) in connection.execute(query).fetchall()}
    return owners | {settings.DATABASES[alias]["USER"] for alias in ("shared", "publish")}


def _open(connection: Connection, names: tuple[str, ...], role: str) -> None:
    functions = _named(connection, _FUNCTIONS + _CLOSED_TO, names, role)
    if functions is not None:
        to = sql.Identifier(role)
        run(connection, "GRANT EXECUTE ON FUNCTION {} TO {}", functions, to)


def _named(
    connection: Connection, query: str, names: tuple[str, ...], *values: str
) -> sql.Composable | None:
    """The functions of these names that the query finds, for a GRANT or a REVOKE."""
    pattern = f"^({'|'.join(names)})$"
    found = connection.execute(query.encode(), [pattern, *values]).fetchall()
    # The server has quoted them itself.
    return sql.SQL(", ").join(sql.SQL(name) for (name,) in found) if found else None


def _hide_counts(connection: Connection) -> None:
    """All of pg_class but the counts stays everybody's: programs look for tables there."""
    if connection.execute(_SHOWS_COUNTS).fetchone() is None:
        return
    (columns,) = connection.execute(_OTHER_COLUMNS, [_COUNTED]).fetchone() or ([],)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    run(connection, "REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC")
    run(connection, "GRANT SELECT ({}) ON pg_catalog.pg_class TO PUBLIC", names)
    run(connection, "GRANT SELECT ON pg_catalog.pg_class TO pg_monitor")


# Its rights are a superuser's to change.
_SHOWS_COUNTS = """
    SELECT FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl
    WHERE c.oid = 'pg_catalog.pg_class'::regclass AND acl.grantee = 0
      AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
"""
_OTHER_COLUMNS = """
    SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'pg_catalog.pg_class'::regclass AND NOT attisdropped AND attname <> ALL(%s)
"""
