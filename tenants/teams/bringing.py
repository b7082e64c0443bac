"""Brings teams, seats and terms up to date with the rows that they rest on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

Days = tuple[date, date | None]


def within(days: Days, bounds: Days) -> Days:
    """The part of some days within others; where there is none, it ends as it begins."""
    begin = max(days[0], bounds[0])
    ends = [day for day in (days[1], bounds[1]) if day is not None]
    return begin, max(min(ends), begin) if ends else None


def days_of(days: Days) -> dict[str, date | None]:
    return dict(zip(("from_on", "ended_on"), days, strict=True))


def bring(held: "QuerySet[Any]", wanted: Iterable[Any]) -> bool:
    """Write what is new and what is otherwise by now, and touch nothing else; say if any was new."""
    known = {row.rests_on: row for row in held}
    fields = [field for field in held.model._meta.concrete_fields if not field.primary_key]
    new, changed = [], []
    for row in wanted:
        if (was := known.get(row.rests_on)) is None:
            new.append(row)
            continue
        row.pk = was.pk
        if any(getattr(row, one.attname) != getattr(was, one.attname) for one in fields):
            changed.append(row)
    # Of two that follow at once one inserts, with the same values.
    held.model._default_manager.bulk_create(new, ignore_conflicts=True)
    held.model._default_manager.bulk_update(changed, [field.name for field in fields])
    return bool(new)
