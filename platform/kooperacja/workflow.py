"""A table of states that is the law: no other line changes a state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.problems import NOTHING_SAVED, Problem


@dataclass(frozen=True, slots=True)
class Change:
    """An allowed change of state: the clause it rests on and its entry in the journal."""

    clause: str
    verb: str


class Table:
    """The states of one kind of row and the changes allowed between them."""

    def __init__(
        self,
        states: type[models.TextChoices],
        changes: Mapping[Any, Mapping[Any, Change]],
        field: str = "state",
    ) -> None:
        if missing := set(states) ^ set(changes):
            raise ValueError(f"{states.__name__}: {missing}")
        self.states, self.changes, self.field = states, changes, field

    @property
    def open(self) -> frozenset[str]:
        """States that something can still follow."""
        return frozenset(str(state) for state, changes in self.changes.items() if changes)

    def may(self, now: str, then: str) -> bool:
        return then in self.changes[now]

    def change(self, now: str, then: str) -> Change:
        """The change from one state to the other; a KeyError where it isn't allowed."""
        return self.changes[now][then]


def require_may(row: Any, to: str, by: Actor | None = None) -> None:
    """Raise what is said of a step that can't be taken now.

    A model may find better words: `not_now(to, by)`, where `by` is who asks, if that is known.
    """
    if not row.WORKFLOW.may(getattr(row, row.WORKFLOW.field), to):
        raise row.not_now(to, by) if hasattr(row, "not_now") else _not_now(row)


def _not_now(row: Any) -> Problem:
    label = row.WORKFLOW.states(getattr(row, row.WORKFLOW.field)).label
    return Problem("Tej zmiany nie można zrobić", f"Stan: {label}.", kept=NOTHING_SAVED, at=row)


def move(
    row: Any,
    to: str,
    *,
    by: Actor,
    on: date,
    why: str = "",
    note: str = "",
    data: dict[str, Any] | None = None,
    **values: Any,
) -> Entry:
    """Change the state of a locked row with the values that go with it, as its table allows.

    Bumps the version, writes the step (`row.add_step`) where its kind keeps steps, and the
    journal; a `note` stands in the step alone. Problem where the change isn't allowed.
    """
    require_may(row, to, by)
    table: Table = row.WORKFLOW
    change = table.change(getattr(row, table.field), to)
    for name, value in values.items():
        setattr(row, name, value)
    setattr(row, table.field, to)
    row.version += 1
    row.save(update_fields=[*values, table.field, "version"])
    if add_step := getattr(row, "add_step", None):
        add_step(by=by, on=on, why=why or note)
    # A tenant's journal names the tenant's own rows, and the tenant itself is none of them.
    obj = row if isinstance(row, TenantModel) else None
    return record(by=by, verb=change.verb, obj=obj, why=why, data=data)
