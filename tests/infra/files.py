"""What the files of infra/ say, read without starting anything."""

import re
import shlex
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

ROOT = Path(settings.ROOT)
INFRA = ROOT / "infra"
# Of Python and Django, not ours to explain.
FOREIGN = {"DJANGO_SETTINGS_MODULE", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PATH"}


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((INFRA / "compose.yaml").read_text())
    return loaded


def documented_variables() -> set[str]:
    """The variables of the table in docs/running.md."""
    text = (ROOT / "docs" / "running.md").read_text()
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {
        name.partition("=")[0]
        for row in rows
        for name in re.findall(r"`([A-Z][A-Z_]+(?:=\d)?)`", row)
    }


class Unit:
    """One unit of systemd, with what all units of the site share."""

    def __init__(self, path: Path) -> None:
        common = path.parent / "kooperacja-.service.d" / "common.conf"
        texts = [common.read_text()] if path.suffix == ".service" else []
        self.name = path.name
        self.own = _settings(path.read_text())
        self.all = [pair for text in texts for pair in _settings(text)] + self.own

    def values(self, key: str) -> list[str]:
        return [value for name, value in self.all if name == key]

    def variables(self) -> dict[str, str]:
        pairs = [pair for value in self.values("Environment") for pair in shlex.split(value)]
        return dict(pair.split("=", 1) for pair in pairs)

    def command(self) -> list[str]:
        """The program and its arguments, with the variables of the unit put in."""
        words = shlex.split(self.values("ExecStart")[-1])
        return [
            re.sub(r"\$\{(\w+)\}", lambda found: self.variables()[found[1]], word).replace(
                "%%", "%"
            )
            for word in words
        ]


def _settings(text: str) -> list[tuple[str, str]]:
    lines = [line for line in text.splitlines() if "=" in line and line[0] not in "#;["]
    return [(line.split("=", 1)[0], line.split("=", 1)[1]) for line in lines]


def units(kind: str = "service") -> list[Unit]:
    return [Unit(path) for path in sorted((INFRA / "systemd").glob(f"*.{kind}"))]


def env_file(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines)
