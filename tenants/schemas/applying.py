"""Applies migrations to one tenant's schema: wholly or not at all, waiting for no lock for long."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from uuid import UUID

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import Signal
from psycopg import Error, errors, sql
from uuid6 import uuid7

from kooperacja.tenancy.router import migrating
from tenants.registry.models import Tenant
from tenants.registry.release import tenant_labels
from tenants.schemas import ddl, provisioning
from tenants.schemas.owner import Connection, in_schema, migrations_in, run, run_all
from tenants.schemas.recording import Step, TenantEditor, run_stage

_BUILT_ASIDE = re.compile(r'CREATE (?:UNIQUE )?INDEX CONCURRENTLY (?:IF NOT EXISTS )?("[^"]+")')
_LOCKED = (errors.LockNotAvailable, errors.DeadlockDetected)


@dataclass(frozen=True, slots=True)
class Patience:
    """The patience of a migration with those who read a table now: how long, how often."""

    lock_seconds: float = 2.0
    tries: int = 5
    rest_seconds: float = 1.0


class Unfinished(Exception):
    """A tenant could not be migrated; says in which migration, without values of any row."""

    def __init__(self, step: str, cause: BaseException) -> None:
        self.step, self.reason = step, _reason(cause)
        super().__init__(f"{step}: {self.reason}" if step else self.reason)

    @classmethod
    def of(cls, error: Exception) -> "Unfinished":
        return error if isinstance(error, cls) else cls("", error)


def apply(tenant: Tenant, steps: Sequence[Step], *, version: str, patience: Patience) -> None:
    """Bring one tenant to a version; raises Unfinished, and the next call goes on from there."""
    wrapper = connections["owner"]
    wrapper.ensure_connection()
    connection: Connection = wrapper.connection
    attempt, done = _begin(connection, tenant, version)
    missing = [step for step in steps if (step.app, step.name) not in done]
    then = partial(_finish, connection, tenant, version, attempt)
    token = migrating.set("default")
    try:
        for work in _works(wrapper, tenant, missing, patience, then):
            _patiently(work, patience)
    except Exception as error:
        _note_failure(connection, attempt, Unfinished.of(error))
        raise
    finally:
        migrating.reset(token)


def _works(
    wrapper: BaseDatabaseWrapper,
    tenant: Tenant,
    steps: Sequence[Step],
    patience: Patience,
    then: Callable[[], None],
) -> Iterator[Callable[[], None]]:
    """Each to be repeated by itself: neighbours that share a transaction are one."""
    if len(steps) == 1 and steps[0].is_plain:
        yield partial(_at_once, wrapper.connection, tenant, steps[0], patience, then)
        return
    groups = [list(group) for _, group in groupby(steps, key=lambda step: step.is_atomic)]
    last = groups.pop() if groups and groups[-1][0].is_atomic else []
    for group in groups:
        if group[0].is_atomic:
            yield partial(_together, wrapper, tenant, group, patience)
        else:
            yield from (partial(_alone, wrapper, tenant, step, patience) for step in group)
    yield partial(_together, wrapper, tenant, last, patience, then)


def _at_once(
    connection: Connection, tenant: Tenant, step: Step, patience: Patience, then: Callable[[], None]
) -> None:
    """One migration of statements alone, as most are: all of it in one round trip."""
    try:
        with connection.pipeline(), connection.transaction():
            in_schema(connection, tenant.schema_name)
            _limit_waiting(connection, patience, "LOCAL")
            _announce(pre_migrate)
            for statement in [*step.statements, ddl.mark(step.app, step.name)]:
                connection.execute(statement.encode(), prepare=False)
            _announce(post_migrate)
            then()
    except Error as error:
        raise Unfinished(str(step), error) from error


def _together(
    wrapper: BaseDatabaseWrapper,
    tenant: Tenant,
    steps: Sequence[Step],
    patience: Patience,
    then: Callable[[], None] = lambda: None,
) -> None:
    connection: Connection = wrapper.connection
    with transaction.atomic(using=wrapper.alias):
        with connection.pipeline():
            in_schema(connection, tenant.schema_name)
            _limit_waiting(connection, patience, "LOCAL")
        _announce(pre_migrate)
        for step in steps:
            _run(wrapper, step)
        if any(step.makes_tables for step in steps):
            provisioning.grant_tenant(connection, tenant.schema_name, tenant.role_name)
        _announce(post_migrate)
        then()


def _alone(wrapper: BaseDatabaseWrapper, tenant: Tenant, step: Step, patience: Patience) -> None:
    """Run a migration that can't be in a transaction, such as an index built beside writers."""
    connection: Connection = wrapper.connection
    run(connection, "SET search_path TO {}, ext", sql.Identifier(tenant.schema_name))
    _limit_waiting(connection, patience, "SESSION")
    try:
        for statement in step.statements:
            # A broken attempt leaves an index that nobody may use.
            if built := _BUILT_ASIDE.match(statement):
                connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {built[1]}".encode())
        _run(wrapper, step)
    finally:
        connection.execute("RESET ALL")


def _run(wrapper: BaseDatabaseWrapper, step: Step) -> None:
    connection: Connection = wrapper.connection
    mark = ddl.mark(step.app, step.name)
    # The next migration may alter a table whose rows this one changed.
    ends = [*_SETTLED, mark] if step.is_atomic else [mark]
    try:
        if step.stages:
            with TenantEditor(wrapper, atomic=step.is_atomic) as editor:
                for stage in step.stages:
                    run_stage(stage, step.app, editor)
            run_all(connection, ends)
        elif step.is_atomic:
            run_all(connection, [*step.statements, *ends])
        else:
            for statement in [*step.statements, mark]:
                connection.execute(statement.encode())
    except Exception as error:
        raise Unfinished(str(step), error) from error


_SETTLED = ("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")


def _patiently(work: Callable[[], None], patience: Patience) -> None:
    for attempt in range(1, patience.tries + 1):
        try:
            return work()
        except Unfinished as failure:
            if attempt == patience.tries or not _is_locked(failure):
                raise
            time.sleep(patience.rest_seconds * attempt)
    return None


def _is_locked(failure: BaseException) -> bool:
    cause = failure.__cause__
    while cause is not None:
        if isinstance(cause, _LOCKED):
            return True
        cause = cause.__cause__
    return False


def _limit_waiting(connection: Connection, patience: Patience, scope: str) -> None:
    milliseconds = sql.Literal(f"{int(patience.lock_seconds * 1000)}ms")
    run(connection, f"SET {scope} lock_timeout TO {{}}", milliseconds)


def _announce(signal: Signal) -> None:
    for label in sorted(tenant_labels()):
        config = apps.get_app_config(label)
        signal.send(sender=config, app_config=config, verbosity=0, interactive=False, using="owner")


def _reason(error: BaseException) -> str:
    """Its kind alone: PostgreSQL's own words may repeat the row."""
    cause: BaseException | None = error
    while cause is not None:
        if state := getattr(cause, "sqlstate", None):
            return f"{type(cause).__name__} ({state})"
        cause = cause.__cause__
    return type(error).__name__


# --- The record of it, in the shared plane ---------------------------------------------------


def _begin(
    connection: Connection, tenant: Tenant, version: str
) -> tuple[UUID, set[tuple[str, str]]]:
    """The attempt, and which migrations the schema has already."""
    attempt = uuid7()
    with connection.pipeline(), connection.transaction():
        # Lost in a crash of the server, it is missed by nobody.
        connection.execute("SET LOCAL synchronous_commit TO off")
        connection.execute(
            "INSERT INTO public.registry_upgrade"
            " (id, tenant_id, before, after, began_at, failed_in, error)"
            " VALUES (%s, %s, %s, %s, clock_timestamp(), '', '')",
            [attempt, tenant.pk, tenant.ddl, version],
        )
        return attempt, {(app, name) for app, name in migrations_in(connection, tenant.schema_name)}


def _finish(connection: Connection, tenant: Tenant, version: str, attempt: UUID) -> None:
    connection.execute(
        "WITH ended AS (UPDATE public.registry_upgrade SET ended_at = clock_timestamp()"
        " WHERE id = %s) UPDATE public.registry_tenant SET ddl = %s WHERE id = %s",
        [attempt, version, tenant.pk],
    )


def _note_failure(connection: Connection, attempt: UUID, failure: Unfinished) -> None:
    connection.execute(
        "UPDATE public.registry_upgrade SET ended_at = clock_timestamp(), failed_in = %s,"
        " error = %s WHERE id = %s",
        [failure.step, failure.reason, attempt],
    )
