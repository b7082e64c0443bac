"""Fills the environment with what the embedded servers and the keys under `var/` provide."""

import base64
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from kooperacja.embedded.broker import start_broker
from kooperacja.embedded.postgres import start_postgres
from kooperacja.embedded.private import keep_private
from kooperacja.embedded.problems import SetupProblem, explained, make_directory
from kooperacja.embedded.server import Server, kept_secret, write_private

ROOT = Path(__file__).resolve().parents[3]
DATABASE = "kooperacja"


@dataclass
class Servers:
    """The embedded servers this process holds; `stop` lets them go, the last broker first."""

    held: list[Server] = field(default_factory=list)

    def hold(self, server: Server) -> str:
        """The address of a server that is stopped with the others."""
        self.held.append(server)
        return server.url

    def stop(self) -> None:
        while self.held:
            self.held.pop().stop()


def var_dir() -> Path:
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def ensure() -> Servers:
    """Sets every variable the settings need, starting (or joining) servers where none is named."""
    servers = Servers()
    var = make_directory(var_dir(), mode=0o755)
    keys = make_directory(var / "keys")
    make_directory(var / "run")
    keep_private(var)
    embedded = not os.environ.get("DATABASE_URL")
    if embedded or os.environ.get("DEMO"):
        with explained(keys):
            _ensure_secrets(keys)
    try:
        if embedded and not os.environ.get("SHARED_DATABASE_URL"):
            password = _database_password(keys, var / "postgres")
            url = servers.hold(start_postgres(var / "postgres", password=password))
            os.environ["DATABASE_URL"] = _own_database(url)
        if not os.environ.get("BROKER_URL"):
            password = kept_secret(keys / "broker.key")
            os.environ["BROKER_URL"] = servers.hold(start_broker(var / "broker", password=password))
    except BaseException:
        servers.stop()
        raise
    return servers


def _ensure_secrets(keys: Path) -> None:
    os.environ.setdefault("SECRET_KEY", kept_secret(keys / "secret.key"))
    kek = keys / "kek.key"
    if not kek.exists():
        write_private(kek, f"1:{base64.b64encode(secrets.token_bytes(32)).decode()}")
    os.environ.setdefault("KOOPERACJA_KEK", kek.read_text().strip())


def _database_password(keys: Path, directory: Path) -> str:
    path = keys / "postgres.key"
    if not path.exists() and (directory / "data" / "PG_VERSION").exists():
        raise SetupProblem(
            f"Są dane w {directory}, ale brak klucza {path}: przywróć var/keys z kopii "
            "albo odłóż var/ na bok i zacznij od nowa."
        )
    return kept_secret(path)


def _own_database(url: str) -> str:
    """The platform's own database in the embedded server, made at the first start."""
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    return url.rsplit("/", 1)[0] + f"/{DATABASE}"
