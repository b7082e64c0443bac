"""Writing down what happened, in the transaction in which it happens."""

from typing import Any

from django.db import models

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry


def record(
    *,
    by: Actor,
    verb: str,
    obj: models.Model | None = None,
    why: str = "",
    data: dict[str, Any] | None = None,
) -> Entry:
    """Add an entry; it is sealed when the transaction commits and gone when it is rolled back.

    `data` holds the changed fields as {"field": [before, after]}. Neither it nor `why` nor the
    object's __str__ may carry personal data of families: entries are never erased.
    """
    return Entry.objects.create(
        account_id=by.account_id,
        actor_name=by.name[:200],
        role=by.role[:200],
        via=by.via,
        request_id=by.request_id[:64],
        verb=verb,
        object_type=obj._meta.label if obj else "",
        object_id=obj.pk if obj else None,
        object_label=str(obj)[:300] if obj else "",
        why=why[:1000],
        data=data or {},
    )
