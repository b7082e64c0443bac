"""Handlers of messages in outboxes: a mail, a line in an inbox, a line done."""

from uuid import UUID

from django.contrib.auth import get_user_model

from kooperacja.inbox import actions as inbox
from kooperacja.inbox.returned import log
from kooperacja.notifications.base import logged_as
from kooperacja.notifications.models import Delivery, Outgoing
from kooperacja.notifications.returned import keep
from kooperacja.outbox.mail import CalendarPart
from kooperacja.outbox.models import OutboxMessage
from kooperacja.returns import sent
from kooperacja.tenancy.ref import TenantRef


class NotYetDelivered(RuntimeError):
    """A line is to leave an inbox that it has not reached yet; later it will have."""


def mail(message: OutboxMessage, tenant: TenantRef | None) -> None:
    """MAIL: send it, and log that it was sent, or that the server would not take it."""
    given = message.payload
    to = given.get("email") or _email_of(given["account_id"])
    if not to:  # the account was closed meanwhile
        return
    words = {part: given[part] for part in ("subject", "text", "html")}
    # Neither is in a row that waited through an upgrade.
    words["reply_to"] = given.get("reply_to", "")
    words["calendar"] = CalendarPart(**given["calendar"]) if given.get("calendar") else None
    result = sent(message, tenant, to=to, **words)
    if tenant is None:
        log(message, result, to=to)
        return
    about = {"outbox_id": message.id, "email": to, "account_id": given["account_id"]}
    about["code"] = logged_as(given["code"])
    if result.refusal:
        keep(result.refusal, **about)
    else:
        Delivery.objects.create(message_id=result.message_id, **about)


def _email_of(account_id: str) -> str:
    account = get_user_model().objects.filter(pk=account_id, is_active=True).first()
    return str(account.email) if account else ""


def to_inbox(message: OutboxMessage, tenant: TenantRef | None) -> None:
    """INBOX: a line in the inbox of one account."""
    given = message.payload
    inbox.deliver_to_inbox(
        account_id=UUID(given["account_id"]),
        title=given["title"],
        url=given["url"],
        code=given["code"],
        source_id=message.id,
        tenant=tenant,
        # Missing in a row that waited through an upgrade, of which a mail told.
        is_news=given.get("is_news", False),
    )


def inbox_done(message: OutboxMessage, tenant: TenantRef | None) -> None:
    """INBOX_DONE: the lines that these messages made are done."""
    sources = [UUID(pk) for pk in message.payload["source_ids"]]
    if Outgoing.objects.filter(pk__in=sources, done_at=None).exists():
        raise NotYetDelivered
    inbox.mark_done(source_ids=sources)
