"""What a new thing costs is written down, is little, and is true: an app is added in a copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
GUIDE = ROOT / "docs/where-things-go.md"
# Its files in the order in which they are added, as they lie in the project.
NEW_APP = Path(__file__).parent / "new_app"
OWN = re.compile(r"(tests/)?tenants/visits/")

# In the files of others, what stands there and what is put before it.
FOREIGN = {
    "platform/kooperacja/settings.py": {"]\nINSTALLED_APPS": '    "tenants.visits",\n'},
    "pyproject.toml": {
        '    "accession | data_protection",\n': '    "visits",\n',
        ']\nexhaustive = true\nexhaustive_ignores = ["apps", "migrations"]\nlayers = [\n    "(urls) | (admin)': '    "tenants.visits",\n',
        "]\nallow_indirect_imports": '    "tenants.visits",\n',
    },
    "tenants/urls.py": {
        '    path("dokumenty/"': '    path("wizyty/", include("tenants.visits.urls")),\n'
    },
}


def files_of(thing: str) -> list[str]:
    """The numbered files below the heading of a thing."""
    section = GUIDE.read_text().split(f"## {thing}\n")[1].split("\n## ")[0]
    return re.findall(r"^\d\. `(.+?)`", section, re.MULTILINE)


@pytest.mark.parametrize(
    ("thing", "most"),
    [("A page", 6), ("A paper", 4), ("An indicator", 2), ("A notification", 5), ("An app", 6)],
)
def test_a_new_thing_touches_few_files(thing: str, most: int) -> None:
    assert 1 < len(files_of(thing)) <= most


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project as it is here, as a repository of its own."""
    ignored = shutil.ignore_patterns(
        ".venv", "var", ".git", "__pycache__", ".*_cache", "*.egg-info"
    )
    shutil.copytree(ROOT, tmp_path / "copy", ignore=ignored)
    run(tmp_path / "copy", "git", "init", "-q")
    committed(tmp_path / "copy")
    return tmp_path / "copy"


def run(at: Path, *command: str, **more: str) -> str:
    """What a command says in the copy; it must end well."""
    # Nothing of this run, so that one in the copy starts servers of its own.
    env = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    env["PYTHONPATH"] = f"{at}{os.pathsep}{at / 'platform'}"
    done = subprocess.run(command, cwd=at, env={**env, **more}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def django(at: Path, *command: str) -> None:
    known = ("DJANGO_SETTINGS_MODULE", "HTTPS", "KOOPERACJA_KEK", "SECRET_KEY")
    more = {name: os.environ[name] for name in known if name in os.environ}
    run(at, sys.executable, "-m", "django", *command, **more)


def committed(at: Path) -> None:
    run(at, "git", "add", "-A", "-f")
    who = ("-c", "user.name=test", "-c", "user.email=test@example.pl")
    run(at, "git", *who, "commit", "-q", "-m", "before")


def added(copy: Path, stage: str) -> set[str]:
    """Lay the files of a stage over the copy; which changed."""
    for file in (NEW_APP / stage).rglob("*.txt"):
        to = copy / file.relative_to(NEW_APP / stage).with_suffix("")
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(file.read_text())
    return changed(copy)


def changed(copy: Path) -> set[str]:
    files = set(run(copy, "git", "status", "--porcelain", "-uall").split("\n")) - {""}
    return {line[3:] for line in files if "__pycache__" not in line}


def named(thing: str) -> set[str]:
    """The files that the guide names, as those of this app."""
    known = {"<app>": "tenants/visits", "<code>": "visit_entered"}
    return {re.sub(r"<\w+>", lambda word: known[word[0]], file) for file in files_of(thing)}


def test_the_guide_names_all_that_a_new_app_touches(copy: Path) -> None:
    added(copy, "app")
    for name, changes in FOREIGN.items():
        file = copy / name
        text = file.read_text()
        for before, line in changes.items():
            assert text.count(before) == 1, before
            text = text.replace(before, line + before)
        file.write_text(text)
    django(copy, "makemigrations", "visits", "-v0")
    assert {file for file in changed(copy) if not OWN.match(file)} == set(files_of("An app"))
    committed(copy)
    for stage, thing in (
        ("page", "A page"),
        ("indicator", "An indicator"),
        ("notification", "A notification"),
        ("paper", "A paper"),
    ):
        assert added(copy, stage) <= named(thing)
        committed(copy)

    added(copy, "proof")
    proved(copy)


def proved(copy: Path) -> None:
    """What was added keeps every border and passes the tests that look at such things."""
    run(copy, str(Path(sys.executable).with_name("lint-imports")))
    django(copy, "makemigrations", "--check", "--dry-run")
    tests = [
        *("isolation/test_matrix.py", "isolation/test_navigation.py", "test_page_costs.py"),
        *("test_consistency.py", "test_personal_data.py", "tenants/visits"),
        "kooperacja/documents/test_papers.py",
    ]
    kept = [f"--app={name}" for name in ("visits", "VISIT_NOTICE")]
    pytest = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    run(copy, *pytest, *[f"tests/{name}" for name in tests], *kept)
