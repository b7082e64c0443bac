"""The console script: what it offers, and that a problem is one sentence."""

import pytest
from click.testing import CliRunner

from kooperacja import __main__
from kooperacja.__main__ import COMMANDS, cli
from kooperacja.cli import run
from kooperacja.embedded.problems import SetupProblem


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    command = cli.get_command(cli.make_context("kooperacja", [name]), name)
    assert command is not None
    assert command.help


def test_a_taken_port_is_one_sentence_and_nothing_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def taken(port: int) -> None:
        raise SetupProblem(f"Port {port} jest zajęty.")

    monkeypatch.setenv("PORT", "8000")
    monkeypatch.setattr(run, "require_free_port", taken)
    result = CliRunner().invoke(cli, ["up"])
    assert result.exit_code == 1
    assert result.stderr == "Error: Port 8000 jest zajęty.\n"
    assert result.stdout == ""


def test_windows_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    result = CliRunner().invoke(cli, ["up"])
    assert result.exit_code == 1
    assert "WSL" in result.stderr


def test_an_unknown_command_is_refused() -> None:
    assert CliRunner().invoke(__main__.cli, ["nie-ma"]).exit_code == 2
