"""Planted faults in the database around the tenants: its log, its limits, its copies."""

from infra.mutants import Mutant

WALL = (
    Mutant(
        name="a session in the middle of a COPY goes on",
        file="platform/kooperacja/tenancy/plane.py",
        before="if not self.in_atomic_block and not self._is_idle():",
        after="if False:",
        tests=("tests/isolation/test_injection.py",),
        why="one statement of a tenant would leave a connection that fails for all who come next",
    ),
    Mutant(
        name="the server's log tells what was asked",
        file="platform/kooperacja/embedded/postgres.py",
        before='    "log_min_messages": "log",\n    "log_error_verbosity": "terse",\n'
        '    "log_min_error_statement": "panic",\n',
        after="",
        tests=("tests/kooperacja/embedded/test_log.py",),
        why="whoever reads the log of the server would read names and PESEL",
    ),
    Mutant(
        name="transactions without an end",
        file="tenants/schemas/provisioning.py",
        before="for parameter, value in wanted.items():",
        after="for parameter, value in QUIET.items():",
        tests=("tests/isolation/test_limits.py",),
        why="a tenant could hold a lock as long as it liked, and others would wait",
    ),
    Mutant(
        name="nodes of Citus left open",
        file="tenants/schemas/catalogue.py",
        before="    if citus.is_here(connection):",
        after="    if False:",
        tests=("tests/tenants/schemas/test_nodes.py",),
        why="what is closed on the coordinator could be called on a node",
    ),
    Mutant(
        name="a rewritten package is restored",
        file="tenants/backup/package.py",
        before="    if not is_made_here:",
        after="    if False:",
        tests=("tests/tenants/backup/test_package.py",),
        why="whoever may write where backups lie would say how tables are made, and what is in them",
    ),
    Mutant(
        name="a package runs statements of any kind",
        file="tenants/backup/statements.py",
        before="(statement in own or is_structure(statement))",
        after="statement",
        tests=("tests/tenants/backup/test_attacked.py",),
        why="a function of a package would run as the owner, at the next change of a row",
    ),
    Mutant(
        name="a package is loaded by the owner",
        file="tenants/backup/loading.py",
        before='    run(connection, "SET LOCAL ROLE {}", loader)\n    yield loader',
        after="    yield loader",
        tests=("tests/tenants/backup/test_attacked.py",),
        why="what the list of kinds overlooks would reach every tenant and the server",
    ),
)
