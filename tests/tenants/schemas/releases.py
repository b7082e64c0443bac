"""Newer releases of the tenants' migrations, as an operator would deploy them."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.release import write_newer_release
from tenants import people
from tenants.registry import directory
from tenants.schemas import ddl

Deploy = Callable[[str, str], None]

_MIGRATION = """from django.db import connection, migrations, models


{functions}
class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = [("people", "LAST")]
    operations = [{operations}]
"""

NOTE = """migrations.AddField("organisation", "note", models.CharField(max_length=20, default="brak"))"""

# Fails where an institution has a telling name.
REFUSE_ONE = """
def check(apps, editor):
    Organisation = apps.get_model("people", "Organisation")
    if Organisation.objects.using(editor.connection.alias).filter(name="Zepsuta").exists():
        raise ValueError("Jan Kowalski")


"""


def source(operations: str, *, functions: str = "", atomic: bool = True) -> str:
    return _MIGRATION.format(operations=operations, functions=functions, atomic=atomic)


@pytest.fixture
def deploy(
    fresh_database: str, tmp_path: Path, monkeypatch: Any, settings: Any
) -> Iterator[Deploy]:
    """Replaces the release of this process by one with another migration at its end."""
    monkeypatch.syspath_prepend(tmp_path)

    def newer(name: str, text: str) -> None:
        real = Path(people.__file__).parent / "migrations"
        package = write_newer_release(
            tmp_path, real=real, module="tenants.people.migrations", name=name, source=text
        )
        # Another test may have had a release of this name.
        for known in [name for name in sys.modules if name.partition(".")[0] == package]:
            del sys.modules[known]
        settings.MIGRATION_MODULES = {"people": package}
        _forget()

    yield newer
    settings.MIGRATION_MODULES = {}
    _forget()


def _forget() -> None:
    ddl.forget()
    directory.forget()
