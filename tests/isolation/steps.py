"""The parts of a random day in three tenants: its names, its tasks, its counted steps."""

from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import (
    Error,
    transaction,
)
from hypothesis import strategies as st

from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.tasks import tenant_task
from tenants.people.models import Organisation

SLUGS = ("gogolin", "krapkowicki", "opole")
TABLE = "people_organisation"
tenants = st.sampled_from(SLUGS)
names = st.sampled_from(["Szkoła", "Żłobek", "Świetlica", "Klub O'Reilly", "100 % %s"])
numbers = st.integers(0, 7)
Rows = dict[UUID, str]


class Stop(Exception):
    """Ends a block on purpose."""


def unsaved(pk: UUID, name: str) -> Organisation:
    return Organisation(id=pk, name=name, sector="OTHER", city="Opole")


@tenant_task
def add_by_task(pk: str, name: str) -> None:
    """Work of one tenant outside the request."""
    unsaved(UUID(pk), name).save()


@tenant_task
def fail_by_task(pk: str, name: str) -> None:
    """Work that breaks after it has written."""
    with transaction.atomic():
        unsaved(UUID(pk), name).save()
        raise Stop


@dataclass
class Level:
    """One thing entered and not left yet: a tenant, a transaction or a savepoint."""

    manager: Any
    tenant: TenantRef | None = None
    before: Rows | None = None  # what one saw when a block began


@dataclass
class Reading:
    """A server-side cursor that is still open."""

    rows: Generator[Organisation]
    schema: str
    waiting: set[UUID]
    is_in_block: bool  # ends with it

    def close(self) -> None:
        with suppress(Error):
            self.rows.close()


EVERY_STEP: set[str] = set()


Step = Callable[..., None]


def touches(step: Step) -> Step:
    """A step that used the session, which may be asked who it is."""
    return _counted(step, asked=True)


def silent(step: Step) -> Step:
    """A step that the server need not have heard of yet."""
    return _counted(step, asked=False)


def _counted(step: Step, *, asked: bool) -> Step:
    EVERY_STEP.add(step.__name__)

    @wraps(step)
    def counted(self: Any, *args: Any, **kwargs: Any) -> None:
        self.asked = asked
        self.done[step.__name__] += 1
        step(self, *args, **kwargs)

    return counted
