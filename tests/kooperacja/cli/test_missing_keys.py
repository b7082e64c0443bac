"""Without SECRET_KEY or KOOPERACJA_KEK nothing starts, and one sentence says why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kooperacja.embedded.problems import free_port

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = {
    "web": ("gunicorn", "-c", "python:kooperacja.ops.gunicorn"),
    "worker": ("celery", "-A", "kooperacja", "worker", "-c", "1"),
    "migrate": ("kooperacja", "migrate"),
    "doctor": ("kooperacja", "doctor"),
    "manage": ("kooperacja", "manage", "check"),
}
MISSING = {"SECRET_KEY": "Brak SECRET_KEY:", "KOOPERACJA_KEK": "KOOPERACJA_KEK: brak klucza"}


@pytest.mark.parametrize("variable", MISSING)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_key_is_one_sentence(tmp_path: Path, command: str, variable: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != variable}
    environment |= {"PORT": str(free_port()), "VAR_DIR": str(tmp_path)}
    environment |= {"BROKER_URL": "redis://127.0.0.1:1/0", "DEMO": ""}
    ended = subprocess.run(
        [sys.executable, "-W", "ignore:You're running the worker", "-m", *COMMANDS[command]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    said = " ".join(ended.stderr.split())
    assert said.removeprefix("Error: ").startswith(MISSING[variable])
    assert said.lower().endswith("uruchom przez `kooperacja` albo ustaw zmienną.")
    assert "Traceback" not in ended.stderr + ended.stdout
