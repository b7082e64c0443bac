"""The answer of every action to a repeat, and to a change that came too late."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connections, models, router

M = TypeVar("M", bound=models.Model)


class AlreadySaved(Exception):
    """The same was sent before; nothing happened the second time. `obj` is what is saved."""

    def __init__(self, obj: Any) -> None:
        super().__init__("To już zapisano.")
        self.obj = obj


class StaleForm(Exception):
    """Somebody saved the row after this form was opened; `current` is what is saved now."""

    def __init__(self, current: Any) -> None:
        super().__init__("Ktoś zmienił te dane w międzyczasie.")
        self.current = current


class Taken(Exception):
    """Another row has what only one may have; nothing was inserted."""


def came_in(row: models.Model) -> bool:
    """Insert a row, unless its id or what only one may have is taken; tell if it was inserted.

    Nothing is violated, so a server with an ordinary log has nothing to write there.
    """
    using = router.db_for_write(type(row), instance=row)
    inserted = 0

    def count(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal inserted
        done = execute(sql, params, many, context)
        inserted = context["cursor"].rowcount
        return done

    with connections[using].execute_wrapper(count):
        type(row)._default_manager.using(using).bulk_create([row], ignore_conflicts=True)
    given = [field.attname for field in row._meta.db_returning_fields if not field.primary_key]
    if inserted and given:
        row.refresh_from_db(using=using, fields=given)
    return inserted == 1


def insert_once(obj: models.Model) -> None:
    """Insert a row whose id the form carried, so that a form sent twice makes one row.

    AlreadySaved if it is there, Taken if another row has what only one may have.
    """
    if came_in(obj):
        return
    if saved := type(obj)._default_manager.filter(pk=obj.pk).first():
        raise AlreadySaved(saved)
    raise Taken(obj._meta.label)


def found_or_new(
    model: type[M], *, defaults: Mapping[str, Any] | None = None, **same: Any
) -> tuple[M, bool]:
    """The row that has the same, or a new one with the defaults; tell if it is new.

    Of two at once one inserts and the other finds it, and the server sees no error, as it would with
    `get_or_create`. Taken if another row has what only one may have.
    """
    if (found := _found(model, same)) is not None:
        return found, False
    row = model(**{**same, **(defaults or {})})
    if came_in(row):
        return row, True
    if (found := _found(model, same)) is None:
        raise Taken(model._meta.label)
    return found, False


def _found(model: type[M], same: Mapping[str, Any]) -> M | None:
    return model._default_manager.filter(**same).first()


def save_edited(obj: Any, version: int, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Write values into a locked row if it is still the version its reader saw.

    Gives what changed, field → [before, after], as the journal wants it.

    The same values sent again are no conflict: they are already there.
    """
    changed = {
        name: [getattr(obj, name), value]
        for name, value in values.items()
        if getattr(obj, name) != value
    }
    if not changed:
        raise AlreadySaved(obj)
    if obj.version != version:
        raise StaleForm(obj)
    for name in changed:
        setattr(obj, name, values[name])
    obj.version += 1
    obj.save(update_fields=[*changed, "version"])
    return changed


def next_in(rows: Any, field: str = "number") -> int:
    """The next number of a series; whoever asks holds a lock that everybody asks under."""
    return int(rows.aggregate(last=models.Max(field))["last"] or 0) + 1


def one_at_a_time(name: str) -> None:
    """Wait for whoever does what goes by this name, until their transaction has ended."""
    with connections["shared"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
