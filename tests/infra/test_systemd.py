"""The site without containers: its units, their users, rights and commands."""

import importlib.util
import re
from pathlib import Path

import click
import pytest
from celery.bin.celery import celery
from django.conf import settings

from kooperacja import queues
from kooperacja.__main__ import COMMANDS, cli
from kooperacja.supervisor import site_processes
from tests.infra.files import (
    FOREIGN,
    INFRA,
    ROOT,
    Unit,
    compose,
    documented_variables,
    env_file,
    units,
)

OWNERS = {"provisioning", "migrate", "backup", "rehearsal"}
# Of the units alone: they become arguments.
ARGUMENTS = {"WORKER_CONCURRENCY", "WORKER_QUEUES"}
# Held to once it is a command.
NEXT = {"backup"}
SERVICES = units()


def short(unit: Unit) -> str:
    return unit.name.removeprefix("kooperacja-").partition(".")[0]


def our_commands() -> list[list[str]]:
    """Every command line of units and of containers of our image."""
    services = compose()["services"].values()
    example = env_file(INFRA / "compose.env.example")
    ours = [
        s["command"] for s in services if s["image"].startswith("kooperacja:") and "command" in s
    ]
    filled = [
        [re.sub(r"\$\{(\w+)[^}]*\}", lambda found: example[found[1]], word) for word in command]
        for command in ours
    ]
    return [unit.command() for unit in SERVICES] + filled


@pytest.mark.parametrize("command", our_commands(), ids=" ".join)
def test_every_command_exists(command: list[str]) -> None:
    program, arguments = Path(command[0]).name, command[1:]
    if program == "kooperacja":
        _exists_in_our_cli(arguments)
    elif program == "celery":
        _is_understood_by_celery(arguments)
    else:
        module = arguments[1].removeprefix("python:")
        assert (program, arguments[0]) in {("gunicorn", "-c"), ("python", "-m")}
        assert importlib.util.find_spec(module)


def _exists_in_our_cli(words: list[str]) -> None:
    if words[0] in NEXT - COMMANDS.keys():
        pytest.skip("comes with the backups")
    assert words[0] in COMMANDS
    group: click.Command | None = cli
    for word in words:
        assert isinstance(group, click.Group)
        group = group.get_command(click.Context(group), word)
        assert group is not None, f"kooperacja has no {' '.join(words)}"


def _is_understood_by_celery(words: list[str]) -> None:
    assert words[:2] == ["-A", "kooperacja"]
    command = celery.get_command(click.Context(celery), words[2])
    assert command is not None
    parser = command.make_parser(click.Context(command))
    _, left, _ = parser.parse_args(list(words[3:]))
    assert left == []


def _queues(commands: list[list[str]]) -> set[str]:
    return {q for c in commands if "-Q" in c for q in c[c.index("-Q") + 1].split(",")}


def test_every_queue_has_a_worker() -> None:
    expected = _queues([child.argv for child in site_processes()])
    by_name, _ = settings.CELERY_TASK_ROUTES
    routed = {route["queue"] for route in by_name.values()} | set(queues.names())
    for commands in (
        [unit.command() for unit in SERVICES],
        [c for c in our_commands() if "/" not in c[0]],
    ):
        assert expected | routed <= _queues(commands)


def test_the_owner_is_known_only_where_it_is_needed() -> None:
    holders = {
        short(u) for u in SERVICES if "/etc/kooperacja/owner.env" in u.values("EnvironmentFile")
    }
    assert holders == OWNERS
    # Processes of one user can read each other's environment.
    for unit in SERVICES:
        is_owner = unit.values("User")[-1] == "kooperacja-owner"
        assert is_owner == (short(unit) in OWNERS)
    assert "DATABASE_URL" not in env_file(INFRA / "systemd" / "site.env.example")


def test_every_variable_is_explained() -> None:
    given = {name for unit in SERVICES for name in unit.variables()}
    for example in (INFRA / "systemd").glob("*.env.example"):
        given |= set(env_file(example))
    assert given - FOREIGN - ARGUMENTS - documented_variables() == set()


def test_every_explained_variable_is_read() -> None:
    sources = "\n".join(f.read_text() for f in (ROOT / "platform").rglob("*.py"))
    # Composed of the plane's name.
    planes = {f"{plane}_DATABASE_URL" for plane in ("APP", "SHARED", "PUBLISH")}
    unread = {
        n for n in documented_variables() - planes if not re.search(f"[\"']{n}[\"']", sources)
    }
    assert unread == set()


@pytest.mark.parametrize("unit", SERVICES, ids=short)
def test_every_service_is_confined(unit: Unit) -> None:
    assert unit.values("ProtectSystem") == ["strict"]
    assert unit.values("NoNewPrivileges") == ["yes"]
    assert unit.values("CapabilityBoundingSet") == [""]
    assert unit.values("MemoryMax")
    assert unit.values("User")[-1] != "root"


def test_what_should_run_is_wanted_by_the_target() -> None:
    wanted = set(Unit(INFRA / "systemd" / "kooperacja.target").values("Wants")[0].split())
    by_hand = {"kooperacja-migrate.service"}
    timed = {"kooperacja-backup.service", "kooperacja-rehearsal.service"}
    all_ = {unit.name for unit in [*SERVICES, *units("timer")]}
    assert wanted == all_ - by_hand - timed


def test_logs_of_all_units_are_turned_over() -> None:
    folder = "/var/log/kooperacja"
    assert f"{folder}/*.log {{" in (INFRA / "logrotate.conf").read_text()
    assert {u.values("StandardOutput")[-1] for u in SERVICES} == {f"append:{folder}/%N.log"}
    assert f"d {folder} " in (INFRA / "systemd" / "tmpfiles.conf").read_text()
