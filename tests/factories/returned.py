"""Mails that did not arrive."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from uuid6 import uuid7

from kooperacja.notifications.models import Delivery, Returned


def returned(email: str, *, days_ago: float = 1, **values: Any) -> Returned:
    """A mail that came back from an address."""
    at = timezone.now() - timedelta(days=days_ago)
    said = {"status": "5.1.1", "said": "550 5.1.1 no such user", **values}
    same = {"outbox_id": uuid7(), "email": email, "code": "MEETING_CONVENED", "is_final": True}
    return Returned.objects.create(**{**same, "returned_at": at, **said})


def delivered(email: str, *, days_ago: float) -> Delivery:
    """A mail that a server took on that day."""
    row = Delivery(outbox_id=uuid7(), email=email, code="MEETING_CONVENED", message_id="<1@x>")
    field = Delivery._meta.get_field("sent_at")
    field.auto_now_add = False  # type: ignore[attr-defined]
    try:
        row.sent_at = timezone.now() - timedelta(days=days_ago)
        row.save()
    finally:
        field.auto_now_add = True  # type: ignore[attr-defined]
    return row
