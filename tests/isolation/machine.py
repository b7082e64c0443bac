"""A day in three tenants, at random: what each must hold is kept beside and compared every step.

The session is asked who it is only after steps that used it: asking applies the tenant, and would
hide a session that still believes it is somebody else's.
"""

from collections import Counter
from contextlib import suppress
from typing import Any, ClassVar
from uuid import UUID

import psycopg
import pytest
from django.db import (
    DataError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    close_old_connections,
    connection,
    transaction,
)
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from uuid6 import uuid7

from kooperacja.tenancy.context import current_tenant_or_none, inside
from kooperacja.tenancy.errors import ForeignObject, OutsideTenant, SwitchInTransaction
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Organisation
from tenants.registry import directory
from tenants.registry.models import Tenant
from tests.isolation.steps import (
    SLUGS,
    TABLE,
    Level,
    Reading,
    Rows,
    Stop,
    add_by_task,
    fail_by_task,
    names,
    numbers,
    silent,
    tenants,
    touches,
    unsaved,
)


def is_in(self: "Wall") -> bool:
    return self.here is not None


def is_in_block(self: "Wall") -> bool:
    return self.work is not None


class Wall(RuleBasedStateMachine):
    """Three tenants, one connection, and an administrator who sees all."""

    oracle: ClassVar[psycopg.Connection[Any]]
    refs: ClassVar[dict[str, TenantRef]]
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.saved: dict[str, Rows] = {ref.schema: {} for ref in self.refs.values()}
        self.levels: list[Level] = []
        self.work: Rows | None = None  # what one sees inside a transaction
        self.kept: list[tuple[str, Organisation]] = []
        self.readings: list[Reading] = []
        self.suspended: set[str] = set()
        self.asked = False
        for schema in self.saved:
            self.oracle.execute(f"DELETE FROM {schema}.{TABLE}")
        Tenant.objects.update(status="ACTIVE")
        directory.forget()

    @property
    def here(self) -> TenantRef | None:
        entered = [level.tenant for level in self.levels if level.tenant]
        return entered[-1] if entered else None

    @property
    def schema(self) -> str:
        assert self.here is not None
        return self.here.schema

    @property
    def seen(self) -> Rows:
        return self.saved[self.schema] if self.work is None else self.work

    def pick(self, number: int) -> UUID:
        """A row that is here, or one that is nowhere."""
        rows = list(self.seen)
        return rows[number % len(rows)] if rows else uuid7()

    def neighbour(self, slug: str) -> TenantRef:
        """Another tenant than the one one is in."""
        others = [ref for ref in self.refs.values() if ref != self.here]
        return others[SLUGS.index(slug) % len(others)]

    # Going in and out.

    @rule(slug=tenants)
    @silent
    def enter(self, slug: str) -> None:
        ref = self.refs[slug]
        manager = inside(ref)
        if self.work is not None and ref != self.here:
            with pytest.raises(SwitchInTransaction):
                manager.__enter__()
        elif len(self.levels) < 6:
            manager.__enter__()
            self.levels.append(Level(manager, tenant=ref))

    @precondition(lambda self: self.levels and self.levels[-1].tenant)
    @rule()
    @silent
    def leave(self) -> None:
        self.levels.pop().manager.__exit__(None, None, None)

    @precondition(lambda self: is_in(self) and len(self.levels) < 6)
    @rule()
    @silent
    def begin(self) -> None:
        before = dict(self.seen)
        manager = transaction.atomic()
        manager.__enter__()
        self.levels.append(Level(manager, before=before if is_in_block(self) else None))
        self.work = dict(before)

    @precondition(lambda self: self.levels and not self.levels[-1].tenant)
    @rule(is_kept=st.booleans())
    @silent
    def end(self, is_kept: bool) -> None:
        self._end(Stop() if not is_kept else None)

    def _end(self, failure: Exception | None) -> None:
        self._close_readings(of_block=True)
        level = self.levels.pop()
        with suppress(Stop, OperationalError):
            level.manager.__exit__(type(failure) if failure else None, failure, None)
        work, is_outermost = self.work, level.before is None
        if not is_outermost:
            self.work = work if failure is None else level.before
            return
        self.work = None
        if failure is None:
            assert work is not None
            self.saved[self.schema] = work

    # Writing and reading.

    @precondition(is_in)
    @rule(name=names, is_bulk=st.booleans())
    @touches
    def add(self, name: str, is_bulk: bool) -> None:
        made = unsaved(uuid7(), name)
        if is_bulk:
            Organisation.objects.bulk_create([made])
        else:
            made.save()
        self.seen[made.pk] = name
        self.kept = [*self.kept[-9:], (self.schema, made)]

    @precondition(is_in)
    @rule(number=numbers, name=names, is_raw=st.booleans())
    @touches
    def rename(self, number: int, name: str, is_raw: bool) -> None:
        pk = self.pick(number)
        if is_raw:
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {TABLE} SET name = %s WHERE id = %s", [name, pk])
        else:
            Organisation.objects.filter(pk=pk).update(name=name)
        if pk in self.seen:
            self.seen[pk] = name

    @precondition(is_in)
    @rule(number=numbers, is_raw=st.booleans())
    @touches
    def remove(self, number: int, is_raw: bool) -> None:
        pk = self.pick(number)
        if is_raw:
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {TABLE} WHERE id = %s", [pk])
        elif found := Organisation.objects.filter(pk=pk).first():
            found.delete()
        self.seen.pop(pk, None)

    @precondition(is_in)
    @rule(is_raw=st.booleans())
    @touches
    def read(self, is_raw: bool) -> None:
        if is_raw:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT id, name FROM {TABLE}")
                found = dict(cursor.fetchall())
        else:
            found = dict(Organisation.objects.values_list("pk", "name"))
        assert found == self.seen

    # Things that go wrong.

    @precondition(is_in)
    @rule(name=names)
    @touches
    def fail_in_a_savepoint(self, name: str) -> None:
        twice = [unsaved(uuid7(), name)] * 2
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.bulk_create(twice, batch_size=1)

    @precondition(is_in)
    @rule(name=names)
    @touches
    def go_back_to_a_savepoint(self, name: str) -> None:
        with transaction.atomic():
            point = transaction.savepoint()
            unsaved(uuid7(), name).save()
            transaction.savepoint_rollback(point)

    @precondition(lambda self: is_in(self) and not is_in_block(self))
    @rule(name=names)
    @silent
    def swallow_an_error(self, name: str) -> None:
        with transaction.atomic(), pytest.raises(DataError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    @precondition(is_in)
    @rule(slug=tenants, text=st.sampled_from(["SELECT * FROM {}", "DELETE FROM {}", "TABLE {}"]))
    @touches
    def reach_for_a_neighbours_table(self, slug: str, text: str) -> None:
        table = f"{self.neighbour(slug).schema}.{TABLE}"
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(text.format(table))

    @precondition(lambda self: is_in(self) and self.kept)
    @rule(number=numbers, name=names)
    @touches
    def save_what_was_kept(self, number: int, name: str) -> None:
        schema, kept = self.kept[number % len(self.kept)]
        if schema == self.schema:
            kept.name = name
            kept.save()
            self.seen[kept.pk] = name
            return
        for write in (kept.save, kept.delete, lambda: Organisation.objects.bulk_create([kept])):
            with pytest.raises(ForeignObject):
                write()

    @precondition(lambda self: self.here is None)
    @rule(slug=tenants)
    @silent
    def ask_outside_then_go_in(self, slug: str) -> None:
        with pytest.raises(OutsideTenant):
            Organisation.objects.count()
        manager = inside(self.refs[slug])
        manager.__enter__()
        self.levels.append(Level(manager, tenant=self.refs[slug]))

    # Cursors that stay open on the server while other tenants are visited.

    @precondition(lambda self: is_in(self) and len(self.readings) < 3)
    @rule()
    @touches
    def open_reading(self) -> None:
        rows = (row for row in Organisation.objects.iterator(chunk_size=1))
        if first := next(rows, None):
            waiting = set(self.seen) - {first.pk}
            self.readings.append(Reading(rows, self.schema, waiting, is_in_block(self)))

    @precondition(lambda self: is_in(self) and self.readings)
    @rule(number=numbers)
    @touches
    def read_on(self, number: int) -> None:
        """Rows of the tenant in which it was opened, and never of the one that is in now."""
        reading = self.readings.pop(number % len(self.readings))
        assert {row.pk for row in reading.rows} == reading.waiting

    def _close_readings(self, of_block: bool = False) -> None:
        for reading in self.readings:
            if reading.is_in_block or not of_block:
                reading.close()
        self.readings = [one for one in self.readings if of_block and not one.is_in_block]

    # Connections that end.

    @precondition(lambda self: not is_in_block(self))
    @rule(how=st.sampled_from(["close", "kill", "recycle"]))
    @silent
    def reconnect(self, how: str) -> None:
        self._close_readings()
        if how == "close":
            connection.close()
        if how == "kill" and connection.connection:
            self._kill()
            # Not looked at since a request began, it is looked at first, and replaced.
            if self.here and connection.health_check_done:
                with pytest.raises(OperationalError):
                    Organisation.objects.count()
        close_old_connections()

    @precondition(lambda self: is_in_block(self) and not self.levels[-1].tenant)
    @rule()
    @silent
    def lose_the_connection_in_a_block(self) -> None:
        self._kill()
        with pytest.raises(OperationalError) as lost:
            Organisation.objects.count()
        while self.work is not None:
            level = self.levels[-1]
            if level.tenant:
                self.leave()
            else:
                self._end(lost.value)
        self._close_readings()

    def _kill(self) -> None:
        pid = connection.connection.info.backend_pid
        self.oracle.execute("SELECT pg_terminate_backend(%s)", [pid])
        # The server's own waiting looks only ten times a second.
        gone = "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s)"
        while self.oracle.execute(gone, [pid]).fetchone() != (True,):
            pass

    # Tasks.

    @rule(slug=tenants, name=names, fails=st.booleans())
    @silent
    def run_a_task(self, slug: str, name: str, fails: bool) -> None:
        ref, pk = self.refs[slug], uuid7()
        task = fail_by_task if fails else add_by_task
        is_open = slug not in self.suspended
        refusal: type[Exception] | None = None
        if is_open and self.work is not None and ref != self.here:
            refusal = SwitchInTransaction
        elif is_open and fails:
            refusal = Stop
        if refusal:
            with pytest.raises(refusal):
                task(str(ref.id), str(pk), name)
        else:
            task(str(ref.id), str(pk), name)
            if is_open:
                rows = self.work if self.work is not None else self.saved[ref.schema]
                rows[pk] = name

    @precondition(is_in)
    @rule(slug=tenants)
    @silent
    def suspend_or_reopen(self, slug: str) -> None:
        self.suspended ^= {slug}
        status = "SUSPENDED" if slug in self.suspended else "ACTIVE"
        Tenant.objects.filter(pk=self.refs[slug].id).update(status=status)
        directory.forget()

    # What must hold after every step.

    @invariant()
    def each_tenant_holds_what_it_should_and_nothing_else(self) -> None:
        query = " UNION ALL ".join(
            f"SELECT '{schema}', id, name FROM {schema}.{TABLE}" for schema in self.saved
        )
        found: dict[str, Rows] = {schema: {} for schema in self.saved}
        for schema, pk, name in self.oracle.execute(query):
            found[schema][pk] = name
        assert found == self.saved

    @invariant()
    def one_is_who_one_should_be(self) -> None:
        assert current_tenant_or_none() == self.here
        if not self.asked or self.here is None:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user::text, current_schema()::text")
            assert cursor.fetchone() == (self.here.role, self.here.schema)

    def teardown(self) -> None:
        self._close_readings()
        while self.levels:
            if self.levels[-1].tenant:
                self.levels.pop().manager.__exit__(None, None, None)
            else:
                self._end(Stop())
        connection.close()
