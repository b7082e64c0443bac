"""A person changes their own account."""

from django.db import transaction
from uuid6 import uuid7

from kooperacja.accounts.models import Account
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.actions import enqueue

RENAMED = "ACCOUNT_RENAMED"


def rename(*, by: Account, full_name: str) -> None:
    """Change one's own name; each unit's journal notes it, and what was signed stays as it was."""
    before, after = Account.objects.get(pk=by.pk).full_name, full_name.strip()
    if before == after:
        return
    with transaction.atomic(using="shared"):
        by.full_name = after
        by.save(update_fields=["full_name"])
        enqueue(
            OutgoingMessage,
            kind=RENAMED,
            payload={"account_id": str(by.pk), "before": before, "after": after},
            dedupe=f"account-renamed:{uuid7()}",
        )
