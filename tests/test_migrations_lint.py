"""Migrations only expand; what locks, rewrites or takes away is refused before it is released."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from tenants.schemas import ddl
from tenants.schemas.recording import append_only_tables
from tests.migrations_lint import complaints, is_past
from tests.tenants.schemas.releases import NOTE, Deploy, deploy, source

__all__ = ["deploy"]
OWN = {"kooperacja", "tenants", "gmina", "powiat", "region", "api"}
# Nobody's program was at work on these tables yet.
BEFORE_THE_FIRST_RELEASE = {("registry", "0002_spares_and_upgrades")}
IMPORTS = """from uuid import uuid4
from django.contrib.postgres.operations import (
    AddConstraintNotValid, AddIndexConcurrently, RemoveIndexConcurrently, ValidateConstraint,
)


"""


def add(name: str, field: str) -> str:
    return f"migrations.AddField('organisation', '{name}', models.{field})"


def alter(name: str, field: str) -> str:
    return f"migrations.AlterField('organisation', '{name}', models.{field})"


def remove(name: str) -> str:
    return f"migrations.RemoveField('organisation', '{name}')"


def sql(change: str) -> str:
    return f'migrations.RunSQL("ALTER TABLE people_organisation {change}")'


def index(name: str) -> str:
    return f"'organisation', models.Index(fields=['city'], name='{name}')"


KEY = "ForeignKey('self', null=True, on_delete=models.PROTECT, related_name='+')"
TABLE = (
    "migrations.CreateModel('Extra', [('id', models.UUIDField(primary_key=True)),"
    " ('of', models.ForeignKey('people.Organisation', models.CASCADE, related_name='+'))])"
)
LATE = f"{TABLE.replace('Extra', 'Late')}, {add('name', 'CharField(max_length=9)')}".replace(
    "'organisation'", "'late'"
)
CHECK = "models.CheckConstraint(condition=models.Q(note__lt='x'), name='check_9000')"
CHECK_LATER = f"AddConstraintNotValid('organisation', {CHECK})"
CHECK_NOW = "models.CheckConstraint(condition=~models.Q(city='-'), name='check_9001')"
UNIQUE = "models.UniqueConstraint(fields=['city', 'id'], name='unique_9000')"
SQL_KEY = "ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES people_organisation (id)"
ASIDE, PAST, TOO_EARLY = "atomic = False", "contracts = '0.0.9'", "contracts = '99.0.0'"

# In their order, since each is run after the former: operations, class attribute, broken rules.
TRIED: dict[str, tuple[str, str, set[str]]] = {
    "column": (NOTE, "", set()),
    "empty_column": (add("e", "TextField(null=True)"), "", set()),
    "column_with_default": (add("d", "TextField(db_default='x')"), "", set()),
    "column_with_list": (add("l", "JSONField(default=list)"), "", set()),
    "table": (TABLE, "", set()),
    "table_in_two_steps": (LATE, "", set()),
    "key": (add("guide", KEY), "", set()),
    "number": (add("n", "PositiveIntegerField(default=1)"), "", set()),
    "index_aside": (f"AddIndexConcurrently({index('i_9000')})", ASIDE, set()),
    "no_index_aside": ("RemoveIndexConcurrently('organisation', 'i_9000')", ASIDE, set()),
    "check_later": (CHECK_LATER, "", set()),
    "check_anew": (
        f"migrations.RemoveConstraint('organisation', 'check_9000'), {CHECK_LATER}",
        "",
        set(),
    ),
    "check_now": ("ValidateConstraint('organisation', 'check_9000')", "", set()),
    "data": ("migrations.RunPython(migrations.RunPython.noop)", "", set()),
    "may_be_empty": (alter("n", "PositiveIntegerField(null=True)"), "", set()),
    "dropped": (remove("e"), PAST, set()),
    "closed": (sql("ALTER n SET NOT NULL"), PAST, set()),
    "random": (add("r", "UUIDField(default=uuid4)"), "", {"required-without-default"}),
    "sql_column": (sql("ADD s text DEFAULT 'x' NOT NULL"), "", {"default-with-column"}),
    "sql_required": (sql("ADD q text NOT NULL"), "", {"adding-required-field"}),
    "sql_volatile": (
        sql("ADD v uuid DEFAULT gen_random_uuid()"),
        "",
        {"default-with-column", "adding-field-with-default"},
    ),
    "index": (
        f"migrations.AddIndex({index('i_9001')})",
        "",
        {"require-concurrent-index-creation"},
    ),
    "no_index": (
        "migrations.RemoveIndex('organisation', 'i_9001')",
        "",
        {"require-concurrent-index-deletion"},
    ),
    "check": (
        f"migrations.AddConstraint('organisation', {CHECK_NOW})",
        "",
        {"constraint-missing-not-valid"},
    ),
    "unique": (
        f"migrations.AddConstraint('organisation', {UNIQUE})",
        "",
        {"constraint-missing-not-valid", "disallowed-unique-constraint"},
    ),
    "sql_key": (
        sql(SQL_KEY),
        "",
        {"constraint-missing-not-valid", "adding-foreign-key-constraint"},
    ),
    "type": (alter("city", "CharField(max_length=900)"), "", {"changing-column-type"}),
    "rename": (
        "migrations.RenameField('organisation', 'd', 'other')",
        PAST,
        {"renaming-column"},
    ),
    "rename_table": ("migrations.RenameModel('Extra', 'Further')", PAST, {"renaming-table"}),
    "check_dropped": (
        "migrations.RemoveConstraint('organisation', 'check_9000')",
        "",
        {"ban-drop-constraint"},
    ),
    "dropped_at_once": (remove("other"), "", {"ban-drop-column"}),
    "dropped_too_early": (remove("l"), TOO_EARLY, {"ban-drop-column"}),
    "table_dropped": ("migrations.DeleteModel('Further')", "", {"ban-drop-table"}),
    "closed_at_once": (sql("ALTER v SET NOT NULL"), "", {"adding-not-nullable-field"}),
}


def linted(only: str = "") -> dict[str, list[str]]:
    """Every migration of tenants, as the server is told of it."""
    graph = MigrationLoader(None).graph
    return {
        str(step): complaints(
            step.statements,
            is_atomic=step.is_atomic,
            contracts=getattr(graph.nodes[step.app, step.name], "contracts", ""),
            once_written=append_only_tables(),
        )
        for step in ddl.steps()
        if only in step.name
    }


def test_the_migrations_of_tenants_are_accepted(fresh_database: str) -> None:
    found = linted()
    assert "people.0001_initial" in found
    assert {name: said for name, said in found.items() if said} == {}


def test_the_migrations_of_the_shared_plane_are_accepted(fresh_database: str) -> None:
    loader = MigrationLoader(connections["owner"])
    labels = {
        config.label
        for config in apps.get_app_configs()
        if config.name in settings.SHARED_APPS and config.name.split(".")[0] in OWN
    }
    found = {}
    for key, migration in loader.graph.nodes.items():
        if key[0] in labels:
            lines = loader.collect_sql([(migration, False)])
            statements = [line for line in lines if not line.startswith("--")]
            found[key] = complaints(
                statements,
                is_atomic=migration.atomic,
                contracts=getattr(migration, "contracts", ""),
                tenants=False,
            )
    assert len(found) > 5
    assert {name for name, said in found.items() if said} == BEFORE_THE_FIRST_RELEASE


def test_what_locks_rewrites_or_takes_away_is_refused(deploy: Deploy, tmp_path: Path) -> None:
    deploy("first", source(""))
    former = "9000_first"
    for number, (name, (operations, attribute, _)) in enumerate(TRIED.items(), 9001):
        text = source(operations, functions=IMPORTS).replace("LAST", former)
        if attribute:
            text = text.replace("atomic = True", attribute)
        file = tmp_path / "newer_first" / f"{number}_{name}.py"
        file.write_text(text)
        former = file.stem
    found = linted(only="90")
    said = {
        name.split("_", 1)[1]: {r.split(":")[0] for r in rules} for name, rules in found.items()
    }
    assert said.pop("first") == set()
    assert said == {name: rules for name, (_, _, rules) in TRIED.items()}


@pytest.mark.parametrize(
    ("stopped", "now", "answer"),
    [
        ("", "0.4.0", False),
        ("0.4.0", "0.4.0", False),
        ("0.3.2", "0.3.9", False),
        ("0.3.2", "0.4.0", True),
        ("0.9.0", "0.10.0", True),
        ("1.0.0", "0.9.0", False),
    ],
)
def test_a_thing_goes_in_a_release_after_the_one_that_stopped_using_it(
    stopped: str, now: str, answer: Any
) -> None:
    assert is_past(stopped, now) is answer
