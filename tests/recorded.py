"""What a migration tells the server is recorded once in a process: releases of tests begin alike."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.state import ProjectState

from tenants.schemas import recording
from tenants.schemas.recording import Step

# By the migrations that went before it, and itself.
_known: dict[tuple[type, ...], Step] = {}
_record = recording._record_one


def _record_once(
    connection: BaseDatabaseWrapper, migration: Migration, state: ProjectState
) -> tuple[Step, ProjectState]:
    path = (*getattr(state, "went", ()), type(migration))
    if path in _known:
        after: Any = migration.mutate_state(state)
        with connection.cursor() as cursor:
            for statement in _known[path].statements:
                cursor.execute(recording.in_one(statement))
    else:
        _known[path], after = _record(connection, migration, state)
    after.went = path
    return _known[path], after


@pytest.fixture(scope="session", autouse=True)
def migrations_are_recorded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recording, "_record_one", _record_once)
        yield
