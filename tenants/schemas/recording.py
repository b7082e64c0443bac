"""Runs migrations on an empty schema and writes down what they tell the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.backends.utils import truncate_name
from django.db.migrations import Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED
from psycopg import sql

from kooperacja.tenancy.router import migrating
from tenants.registry.release import tenant_labels
from tenants.schemas.owner import in_schema, owner, run

SCRATCH = "r_"  # schemas in which nobody lives


@dataclass(frozen=True)
class Stage:
    """One operation with the models before and after it; made once for all tenants."""

    operation: Operation
    before: ProjectState
    after: ProjectState


@dataclass(frozen=True)
class Step:
    """One migration: its statements, or its stages where Python must run in each tenant."""

    app: str
    name: str
    is_atomic: bool
    statements: list[str]
    stages: tuple[Stage, ...] = ()

    @property
    def makes_tables(self) -> bool:
        return any(statement.startswith("CREATE TABLE") for statement in self.statements)

    @property
    def is_plain(self) -> bool:
        """It only alters tables that are there, by statements."""
        return self.is_atomic and not self.stages and not self.makes_tables

    def __str__(self) -> str:
        return f"{self.app}.{self.name}"


class TenantEditor(DatabaseSchemaEditor):
    """Changes a tenant's tables in ways that cost the same however many tenants there are.

    It sends one command at a time and names what it adds, as Citus wants it.
    """

    sql_create_column_inline_fk = ""
    _is_filling = False

    def add_field(self, model: Any, field: Any) -> None:
        """A column, then what it must hold to: a table's rows are filled in between."""
        check = None if field.many_to_many else field.db_check(self.connection)
        if check is None:
            self._add_column(model, field)
            return
        free = copy(field)
        free.db_check = lambda connection: None
        self._add_column(model, free)
        table = model._meta.db_table
        name = truncate_name(f"{table}_{field.column}_check", self.connection.ops.max_name_length())
        self.execute(
            f"ALTER TABLE {self.quote_name(table)} ADD CONSTRAINT {self.quote_name(name)}"
            f" CHECK ({check})",
            None,
        )

    def _add_column(self, model: Any, field: Any) -> None:
        """`ADD COLUMN … DEFAULT` reads every tenant's catalogue; empty, filled, closed does not."""
        default, lasts = self._default_of(field)
        once_written = model._meta.db_table in append_only_tables()
        if default is None or once_written or field.remote_field:
            super().add_field(model, field)
            return
        empty = copy(field)
        empty.null, empty.db_default, self._is_filling = True, NOT_PROVIDED, True
        try:
            super().add_field(model, empty)
        finally:
            self._is_filling = False
        table, column = self.quote_name(model._meta.db_table), self.quote_name(field.column)
        expression, values = default
        self.execute(f"UPDATE {table} SET {column} = {expression}", values)  # noqa: S608
        change = f"ALTER TABLE {table} ALTER COLUMN {column} SET"
        if lasts:
            self.execute(f"{change} DEFAULT {expression}", values)
        if not field.null:
            self.execute(f"{change} NOT NULL", None)

    def _default_of(self, field: Any) -> tuple[tuple[str, list[Any]] | None, bool]:
        """The value of rows in a new column, and whether the table keeps it for rows to come."""
        if field.has_db_default():
            expression, values = self.db_default_sql(field)
            return (expression, list(values)), True
        value = self.effective_default(field)
        if value is None:
            return None, False
        # The former release, which knows nothing of the column, writes rows for a while yet.
        is_constant = not callable(field.default) or field.default in (list, dict)
        return ("%s", [value]), is_constant and not field.null

    def skip_default(self, field: Any) -> bool:
        return self._is_filling or super().skip_default(field)

    def skip_default_on_alter(self, field: Any) -> bool:
        return self._is_filling or super().skip_default_on_alter(field)


class Recorder(TenantEditor):
    """Remembers what it told the server."""

    def __init__(self, connection: BaseDatabaseWrapper, *, atomic: bool) -> None:
        super().__init__(connection, atomic=atomic)
        self.said: list[str] = []

    def execute(self, statement: Any, params: Any = ()) -> None:
        text = str(statement)
        if params is not None:
            text = self.connection.ops.compose_sql(text, params)
        self.said.append(text)
        super().execute(in_one(text), None)


def in_one(statement: str) -> str:
    """The statement as it makes a schema in which nobody works, and so waits for nobody."""
    return statement.replace(" INDEX CONCURRENTLY ", " INDEX ", 1)


def append_only_tables() -> set[str]:
    """Tables of a tenant whose rows are written once: models that say APPEND_ONLY."""
    labels = tenant_labels()
    models = (model for model in apps.get_models() if model._meta.app_label in labels)
    return {model._meta.db_table for model in models if getattr(model, "APPEND_ONLY", False)}


def record(*, before: str) -> list[Step]:
    """All migrations of this release, run one after another in a schema that has `before`."""
    graph = MigrationLoader(None).graph
    state, steps = ProjectState(), []
    with _scratch(before) as connection:
        for key in _ordered(graph):
            step, state = _record_one(connection, graph.nodes[key], state)
            steps.append(step)
    return steps


def _ordered(graph: Any) -> list[tuple[str, str]]:
    labels = tenant_labels()
    leaves = [key for key in graph.leaf_nodes() if key[0] in labels]
    keys = dict.fromkeys(key for leaf in leaves for key in graph.forwards_plan(leaf))
    return [key for key in keys if key[0] in labels]


@contextmanager
def _scratch(before: str) -> Iterator[BaseDatabaseWrapper]:
    name = f"{SCRATCH}{uuid4().hex[:12]}"
    schema = sql.Identifier(name)
    connection = connections["owner"]
    token = migrating.set("default")
    try:
        with connection.cursor() as cursor:  # so that the doctor knows it is in use
            cursor.execute("SELECT pg_advisory_lock_shared(hashtext('registry.scratch'))")
        with owner() as own:
            run(own, "CREATE SCHEMA {}", schema)
            in_schema(own, name)
            own.execute(before.encode())
        with connection.cursor() as cursor:
            cursor.execute(f'SET search_path TO "{name}", ext')
        yield connection
    finally:
        migrating.reset(token)
        connection.close()
        with owner() as own:
            run(own, "DROP SCHEMA IF EXISTS {} CASCADE", schema)


def _record_one(
    connection: BaseDatabaseWrapper, migration: Migration, state: ProjectState
) -> tuple[Step, ProjectState]:
    stages = []
    with Recorder(connection, atomic=migration.atomic) as editor:
        for operation in migration.operations:
            after = state.clone()
            operation.state_forwards(migration.app_label, after)
            stage = Stage(operation, state, after)
            run_stage(stage, migration.app_label, editor)
            stages.append(stage)
            state = after
    needs_python = any(_runs_python(operation) for operation in migration.operations)
    step = Step(
        app=migration.app_label,
        name=migration.name,
        is_atomic=migration.atomic,
        statements=editor.said,
        stages=tuple(stages) if needs_python else (),
    )
    return step, state


def run_stage(stage: Stage, app: str, editor: DatabaseSchemaEditor) -> None:
    """Run one operation as Django's `Migration.apply` does: an atomic one in its own transaction."""
    operation = stage.operation
    if not editor.atomic_migration and operation.atomic:
        with transaction.atomic(using=editor.connection.alias):
            operation.database_forwards(app, editor, stage.before, stage.after)
    else:
        operation.database_forwards(app, editor, stage.before, stage.after)


def _runs_python(operation: Operation) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return any(_runs_python(inner) for inner in operation.database_operations)
    return isinstance(operation, RunPython)
