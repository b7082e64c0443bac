"""Traps of the whole run: a request that only reads (GET, HEAD, OPTIONS) may change nothing.

The database itself refuses such a write to a tenant, but not in a test's own transaction, which
began before; there each statement is looked at. Lists say what may change all the same.

And while a transaction is open no file is read, no paper drawn and no mail sent: whoever waits for
its locks would wait as long.
"""

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.mail import EmailMessage
from django.db import connections

from kooperacja.documents import antivirus, drawing, guarded

SAFE = ("GET", "HEAD", "OPTIONS")
# What a GET may change in a tenant, once it has said so by `writing()`, and why.
TENANT_PLANE = {
    "audit_entry": "that one entered, that something was read",
    "people_person": "an account's first entry ties it to its person",
    "people_roleassignment": "with the office role that the region granted it",
    "notifications_outgoing": "and says hello to a partner; or takes out of an inbox what was read",
    "baskets_unfoundsearch": "that a search of the basket found nothing, counted by its words",
    "dialogue_reading": "that somebody has read a message to all members",
}
# What it may change in the shared plane.
SHARED_PLANE = {
    "django_session": "how long one has been here, what waits to be said, filters",
    "usersessions_usersession": "when a session was last used",
    "accounts_attempts": "limits",
    "accounts_apitoken": "when a key was last used",
    "accounts_calendarfeed": "when an address of a calendar was last read",
    "crypto_tenantkey": "the plane's own key, made when it is first needed",
    "mfa_authenticator": "recovery codes are shown once, so the page notes that they were",
}

_READS = re.compile(
    r"\s*\(*\s*(SELECT|WITH|VALUES|TABLE|SHOW|EXPLAIN|DECLARE|FETCH|CLOSE|BEGIN|COMMIT|ROLLBACK"
    r"|SAVEPOINT|RELEASE)\b",
    re.IGNORECASE,
)
_LOCKS = re.compile(r"\bFOR\s+(NO\s+KEY\s+UPDATE|UPDATE|KEY\s+SHARE|SHARE)\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|nextval|setval)\b[\s(]*[\"']?(\w*)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bFROM\s+\"?(\w+)", re.IGNORECASE)


class GetWrote(AssertionError):
    """A request that only reads wrote."""


def changed_table(statement: str) -> str | None:
    """The table that a statement changes or locks; None if it only reads."""
    if not _READS.match(statement):
        change = _CHANGES.search(statement)
        return change[2] if change else statement.split(maxsplit=1)[0]
    if _LOCKS.search(statement):
        locked = _FROM.search(statement)
        return locked[1] if locked else "?"
    change = _CHANGES.search(statement)
    return change[2] if change else None


class Trap:
    """What was written in vain since the test began."""

    def __init__(self) -> None:
        self.caught: list[str] = []

    def take(self) -> list[str]:
        caught, self.caught = self.caught, []
        return caught

    @contextmanager
    def armed(self, request: Any) -> Iterator[None]:
        """While a request that only reads is answered, each of this thread's statements is seen."""

        def look(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
            connection = context["connection"]
            text = sql if isinstance(sql, str) else sql.as_string(None)
            table = changed_table(text)
            if table is not None and not _may_change(connection, table):
                self.caught.append(f"{request.method} {request.path}: {connection.alias}: {text}")
                raise GetWrote(self.caught[-1])
            return execute(sql, params, many, context)

        watched = {id(connections[alias]): connections[alias] for alias in settings.DATABASES}
        with ExitStack() as stack:
            for connection in watched.values():
                stack.enter_context(connection.execute_wrapper(look))
            yield


def _may_change(connection: Any, table: str) -> bool:
    if connection.alias != "default":
        return table in SHARED_PLANE
    blinded = any(getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)
    return not blinded or (table in TENANT_PLANE and not connection.is_read_only)


TRAP = Trap()


@pytest.fixture(scope="session", autouse=True)
def gets_are_watched() -> Iterator[None]:
    answer: Callable[..., Any] = BaseHandler.get_response

    def watched(self: BaseHandler, request: Any) -> Any:
        if request.method not in SAFE:
            return answer(self, request)
        with TRAP.armed(request):
            return answer(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseHandler, "get_response", watched)
        yield


@pytest.fixture(autouse=True)
def no_get_wrote() -> Iterator[None]:
    """Fails the test also where the code that wrote swallowed what the trap had said."""
    TRAP.take()
    yield
    assert TRAP.take() == []


# --- Outside work --------------------------------------------------------------------------------

OUTSIDE_WORK = (
    (antivirus, "scan"),  # the first step of reading any file
    (guarded, "run"),
    (drawing, "pdf_of"),
    (drawing, "word_of"),
    (EmailMessage, "send"),
)
# The demo writes a tenant's whole history at once, when nobody is there yet.
MAY_WORK_INSIDE = ("/tenants/demo/",)


class WorkedInside(AssertionError):
    """Outside work was done while a transaction was open."""


def own_transactions(alias: str = "default") -> int:
    """The number of transactions that are open besides the test's own."""
    blocks = connections[alias].atomic_blocks
    return sum(not getattr(block, "_from_testcase", False) for block in blocks)


def _outside(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def watched(*args: Any, **kwargs: Any) -> Any:
        if any(map(own_transactions, connections)) and not _may_work():
            TRAP.caught.append(f"{name} while a transaction is open")
            raise WorkedInside(TRAP.caught[-1])
        return work(*args, **kwargs)

    return watched


def _may_work() -> bool:
    callers = traceback.extract_stack()
    return any(place in caller.filename for caller in callers for place in MAY_WORK_INSIDE)


@pytest.fixture(scope="session", autouse=True)
def outside_work_is_watched() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in OUTSIDE_WORK:
            patch.setattr(owner, name, _outside(name, getattr(owner, name)))
        yield
