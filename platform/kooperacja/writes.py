"""The answer of every action to a repeat, and to a change that came too late."""

from typing import Any

from django.db import IntegrityError, models, transaction


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


def insert_once(obj: models.Model) -> None:
    """Insert a row whose id the form carried, so that a form sent twice makes one row."""
    try:
        with transaction.atomic():
            obj.save(force_insert=True)
    except IntegrityError:
        if saved := type(obj)._default_manager.filter(pk=obj.pk).first():
            raise AlreadySaved(saved) from None
        raise


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
