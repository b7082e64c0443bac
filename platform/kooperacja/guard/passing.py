"""Passing the guard with a reason, which the journal keeps (REG §6.1 s.3, §8)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.guard.kinds import PASSED


def guarded(act: Callable[..., Any]) -> Callable[..., Any]:
    """An action of a `GuardedForm`: why its text is sent in spite of a warning is in the journal.

    Neither the text nor what was found in it is.
    """

    @wraps(act)
    @transaction.atomic
    def passed(*, by: Actor, guard_reason: str = "", **values: Any) -> Any:
        row = act(by=by, **values)
        keep_reason(by, row, guard_reason)
        return row

    return passed


def keep_reason(by: Actor, row: Any, guard_reason: str) -> None:
    """The same within an action that does work before its transaction (`@work_first`)."""
    if guard_reason:
        record(by=by, verb=PASSED, obj=row, why=guard_reason)
