"""The image: what it holds, whom it runs as; and the proxy before it."""

import re
import tomllib

from django.conf import settings

from tests.infra.files import INFRA, ROOT

DOCKERFILE = (INFRA / "Dockerfile").read_text()
LAST_STAGE = DOCKERFILE.rpartition("\nFROM ")[2]


def test_it_does_not_run_as_root() -> None:
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["10001"]
    assert LAST_STAGE.index("\nUSER ") > LAST_STAGE.rindex("\nRUN ")
    assert LAST_STAGE.index("\nUSER ") < LAST_STAGE.index("\nCMD ")


def test_packages_are_those_of_the_lock() -> None:
    syncs = re.findall(r"uv sync.*", DOCKERFILE)
    assert len(syncs) == 2
    assert all("--frozen --no-dev" in sync for sync in syncs)


def test_it_can_print_what_a_machine_without_containers_can() -> None:
    bootstrap = re.search(r'^PANGO="(.*)"$', (INFRA / "bootstrap.sh").read_text(), re.MULTILINE)
    assert bootstrap is not None
    assert bootstrap[1] in LAST_STAGE


def test_it_says_how_it_is_and_holds_no_secret() -> None:
    assert "/health/live" in LAST_STAGE.partition("\nHEALTHCHECK ")[2]
    assert "collectstatic" in DOCKERFILE
    assert not re.search("SECRET|KEK|PASSWORD|DATABASE_URL", LAST_STAGE)


def test_only_what_the_program_needs_goes_into_it() -> None:
    ignore = (ROOT / ".dockerignore").read_text().split()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    let_in = {line[1:] for line in ignore if line.startswith("!")}
    assert ignore[0] == "*"
    assert let_in - {"manage.py", "infra/bench"} == {
        *(package.partition("/")[0] for package in packages),
        *("templates", "docs/przewodnik.md", "pyproject.toml", "uv.lock", "README.md"),
    }


def test_the_proxy_lets_through_the_largest_file_and_hides_health() -> None:
    caddyfile = (INFRA / "Caddyfile").read_text()
    limit = re.search(r"max_size (\d+)MB", caddyfile)
    assert limit is not None
    # What a form adds around the file is well below a megabyte.
    assert int(limit[1]) * 1_000_000 >= settings.UPLOAD_MAX_BYTES + 1_000_000
    assert "respond @health 404" in caddyfile
