"""Pytest plugin: PostgreSQL with a template of three tenants, once a run, and a copy a worker.

A server each, because roles, sessions, parameters and the log are of a whole server: what one
worker's tests do to them no other sees. Loaded by `-p tests.servers` before Django's settings,
which read DATABASE_URL once.
"""

import atexit
import fcntl
import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests import memory

TEMPLATE = "koop_template"
ENVIRONMENT = {
    "ROLE_PREFIX": "koop_test",
    "SECRET_KEY": "a-key-for-tests-that-guards-nothing-0123456789",
    "KOOPERACJA_KEK": "1:" + "S" * 43 + "=",
    "SITE_URL": "http://testserver",
    "HOST": "testserver",
    # Nobody listens there: work goes through the outbox and a test drains it itself.
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "LOG_LEVEL": "ERROR",
}


def url_of(database: str) -> str:
    return urlsplit(os.environ["TEST_SERVER_URL"])._replace(path=f"/{database}").geturl()


def template_of(server: str) -> str:
    """The template itself, for whoever owns a copied server."""
    return urlsplit(server)._replace(path=f"/{TEMPLATE}").geturl()


def copy_template(database: str, template: str = TEMPLATE) -> None:
    """Make a database like the template; grants on a database are not copied, so give them anew."""
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        name = sql.Identifier(database)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                name, sql.Identifier(template)
            )
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        for plane in ("app", "shared", "publish"):
            login = sql.Identifier(f"{ENVIRONMENT['ROLE_PREFIX']}_{plane}")
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, login))


def copy_server(directory: Path) -> None:
    """A data directory for another server, which knows all databases of this one."""
    from kooperacja.embedded import osuser
    from kooperacja.embedded.postgres import binaries

    url, user = urlsplit(os.environ["TEST_SERVER_URL"]), osuser.server_user()
    directory.mkdir(parents=True)
    osuser.give(directory, user)
    osuser.let_through(directory / "data", user)
    (directory / "superuser.key").write_text(url.password or "")
    options = ("--checkpoint=fast", "--no-sync", "--no-manifest")
    place = ("-d", url_of("postgres"), "-D", directory / "data")
    subprocess.run(
        [binaries() / "pg_basebackup", *place, *options],
        check=True,
        cwd="/",
        user=user or None,
        group=user or None,
        extra_groups=[] if user else None,
    )


def drop(database: str) -> None:
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )
        # Roles belong to the whole server: those that no database knows any more are its leavings.
        for (role,) in connection.execute(_FORGOTTEN_ROLES).fetchall():
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


_FORGOTTEN_ROLES = """
    SELECT rolname FROM pg_roles WHERE rolname ~ '^koop_test_[cost]_' AND NOT EXISTS (
        SELECT 1 FROM pg_shdepend WHERE refobjid = pg_roles.oid AND dbid <> 0
    )
"""


def _begin() -> None:
    directory = memory.directory_of_this_run()
    os.environ["TEST_VAR_DIR"] = os.environ["TMPDIR"] = tempfile.tempdir = str(directory)
    # Dozens of processes would compile the same again, wherever the tree may be written to.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    _start()
    with psycopg.connect(url_of("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    subprocess.run(
        [sys.executable, "-m", "tests.template"],
        check=True,
        env=os.environ | {"DATABASE_URL": url_of(TEMPLATE), "VAR_DIR": str(directory)},
    )


def _join() -> None:
    # One after another: a server gives few copies of itself at a time.
    with Path(os.environ["TEST_VAR_DIR"], "copying").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        copy_server(directory_of_server())
    _start()


def _start() -> None:
    from kooperacja.embedded.postgres import start_postgres

    server = start_postgres(directory_of_server(), fast=True)
    atexit.register(server.stop)
    os.environ["TEST_SERVER_URL"] = server.url


def directory_of_server() -> Path:
    """Where this worker's server keeps its data and its log."""
    return Path(os.environ["TEST_VAR_DIR"]) / f"postgres-{WORKER}"


# What is loaded from now on stays; tests/conftest.py enables it again for the tests themselves.
gc.disable()
os.environ |= ENVIRONMENT
for name in ("APP_DATABASE_URL", "SHARED_DATABASE_URL", "PUBLISH_DATABASE_URL", "DEMO", "DEBUG"):
    os.environ.pop(name, None)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
if WORKER == "main":
    _begin()
else:
    _join()
os.environ["VAR_DIR"] = f"{os.environ['TEST_VAR_DIR']}/{WORKER}"
# A run is faster than people are.
os.environ["SEARCHES_AT_ONCE"] = os.environ["FILES_AT_ONCE"] = "1000000"
os.environ["DRAFTS_AT_ONCE"] = "1000000"
os.environ["DATABASE_URL"] = url_of(f"koop_{WORKER}")
(Path(os.environ["VAR_DIR"]) / "static").mkdir(parents=True, exist_ok=True)
copy_template(f"koop_{WORKER}")
