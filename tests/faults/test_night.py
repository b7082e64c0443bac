"""An operator's night on the command line: backup, an upgrade in which one tenant fails, its
resuming, and the restore of one tenant."""

import json
import os
import re
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.release import write_newer_release
from kooperacja.tenancy.context import inside
from tenants import people
from tenants.registry import directory
from tenants.schemas.owner import owner
from tests import servers
from tests.factories import people as make
from tests.faults.site import ROOT
from tests.tenants.schemas.releases import NOTE, REFUSE_ONE, source
from tests.waiting import PATIENCE_SECONDS

Operator = Callable[..., tuple[int, str]]
WELL = (
    "Wszystko się zgadza.\n"
    "Nie pobrano listy zaufanych wystawców podpisów, więc raporty mówią, że wystawcy nie "
    "sprawdzono: uruchom kooperacja trust update.\n"
)


@pytest.fixture
def operator(fresh_database: str, tmp_path: Path) -> Iterator[Operator]:
    """Runs a command of the next release, whose last migration some rows do not suit."""
    package = write_newer_release(
        tmp_path,
        real=Path(people.__file__).parent / "migrations",
        module="tenants.people.migrations",
        name="night",
        source=source(f"migrations.RunPython(check), {NOTE}", functions=REFUSE_ONE),
    )
    modules = {"people": package}
    text = f"from tests.faults.settings import *\n\nMIGRATION_MODULES = {modules}\n"
    (tmp_path / "next_release.py").write_text(text)
    environment = os.environ | {
        "DATABASE_URL": servers.url_of(fresh_database),
        "DJANGO_SETTINGS_MODULE": "next_release",
        "PYTHONPATH": f"{tmp_path}:{ROOT}",
        "COLUMNS": "200",
        "LOG_LEVEL": "CRITICAL",
        "BACKUP_DIR": str(tmp_path / "backup"),
    }

    with commands(environment, tmp_path) as run:
        yield run


@contextmanager
def commands(environment: dict[str, str], folder: Path) -> Iterator[Operator]:
    """Each is a process of its own, of a program that has loaded once."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.ready_command"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    files = [folder / "said", folder / "complained"]
    with program:
        assert program.stdin and program.stdout
        give, tell = program.stdin, program.stdout

        def run(*arguments: str) -> tuple[int, str]:
            print(json.dumps([arguments, *map(str, files)]), file=give, flush=True)
            assert select.select([tell], [], [], PATIENCE_SECONDS)[0], f"{arguments} goes on"
            return int(tell.readline()), "".join(one.read_text() for one in files)

        try:
            yield run
        finally:
            program.kill()


def test_a_failing_tenant_is_said_left_alone_mended_and_taken_up(operator: Operator) -> None:
    powiat = directory.find("krapkowicki")
    assert powiat is not None
    with inside(powiat):
        make.organisation(name="Zepsuta")
    why = "powiat krapkowicki: people.9000_night: ValueError"

    status, said = operator("migrate", "--canary", "1605")
    assert (status, why in said) == (1, True)
    assert "Zaktualizowane jednostki: 0, błędy: 1, czekają: 2." in said
    status, said = operator("migrate", "--only", "160501")
    assert (status, said.strip()) == (0, "Zaktualizowane jednostki: 1, błędy: 0, czekają: 0.")
    status, said = operator("migrate")
    assert (status, why in said) == (1, True)
    assert "Zaktualizowane jednostki: 1, błędy: 1, czekają: 0." in said
    status, said = operator("tenants", "versions")
    assert said.count("aktualna") == 2
    assert "aktualizacja nie udała się w people.9000_night: ValueError" in said

    with owner() as connection:
        connection.execute("UPDATE t_1605.people_organisation SET name = 'Naprawiona'")
    status, said = operator("migrate")
    assert (status, said.strip()) == (0, "Zaktualizowane jednostki: 1, błędy: 0, czekają: 0.")
    status, said = operator("migrate")
    assert (status, said.strip()) == (0, "")
    assert operator("doctor") == (0, WELL)


def institutions(schema: str) -> list[tuple[str, str]]:
    with owner() as connection:
        query = f"SELECT name, note FROM {schema}.people_organisation"
        return connection.execute(query.encode()).fetchall()


def test_one_tenant_comes_back_from_before_the_upgrade_beside_the_others(
    operator: Operator, tmp_path: Path
) -> None:
    for slug in ("gogolin", "opole"):
        ref = directory.find(slug)
        assert ref is not None
        with inside(ref):
            make.organisation(name=f"Szkoła {slug}")
    assert operator("backup", "all")[0] == 0
    (backup,) = (tmp_path / "backup").glob("all-*")
    assert operator("migrate")[0] == 0
    with owner() as connection:
        connection.execute("UPDATE t_160501.people_organisation SET name = 'Nadpisana'")
        connection.execute("UPDATE t_166101.people_organisation SET name = 'Nowa nazwa'")

    status, said = operator("restore", "tenant", "160501", "--from", str(backup), "--yes")
    assert (status, "Kopia jest z wcześniejszego wydania: aktualizuję jej dane." in said) == (
        0,
        True,
    )
    assert institutions("t_160501") == [("Szkoła gogolin", "brak")]
    assert institutions("t_166101") == [("Nowa nazwa", "brak")]
    (aside,) = re.findall(r"drop-copy (o_160501_\w+)", said)
    assert operator("doctor")[0] == 1
    assert operator("tenants", "drop-copy", aside, "--yes")[0] == 0
    assert operator("doctor") == (0, WELL)
