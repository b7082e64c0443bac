"""Writes of the inbox and of the shared plane's outbox."""

from collections.abc import Iterable
from dataclasses import asdict
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from kooperacja.inbox.models import InboxItem, OutgoingMessage, SummaryChoice
from kooperacja.letters import Letter
from kooperacja.outbox.actions import enqueue
from kooperacja.tenancy.ref import TenantRef
from kooperacja.writes import found_or_new


def queue_mail(*, to: str, letter: Letter, dedupe: str) -> None:
    """Send a mail from the shared plane after the caller's transaction on it commits."""
    payload = {"email": to, **asdict(letter)}
    enqueue(OutgoingMessage, kind="MAIL", payload=payload, dedupe=dedupe)


def deliver_to_inbox(
    *,
    account_id: UUID,
    title: str,
    url: str,
    code: str,
    source_id: UUID,
    tenant: TenantRef | None = None,
    is_news: bool = False,
) -> None:
    """Add a line to an account's inbox, once for each source; the daily summary tells of news."""
    if not get_user_model().objects.filter(pk=account_id, is_active=True).exists():
        return
    item = InboxItem(
        account_id=account_id,
        tenant_id=tenant.id if tenant else None,
        tenant_name=tenant.name if tenant else "",
        title=title[:300],
        url=url,
        code=code,
        source_id=source_id,
        is_news=is_news,
    )
    InboxItem.objects.bulk_create([item], ignore_conflicts=True)


def mark_done(*, source_ids: Iterable[UUID]) -> None:
    """Take lines out of every inbox: the work that these sources asked for is done."""
    waiting = InboxItem.objects.filter(source_id__in=list(source_ids), done_at=None)
    waiting.update(done_at=timezone.now())


def mark_read(*, account_id: UUID, item_id: UUID) -> bool:
    """The account has seen a line of its own; False where there is no such line."""
    own = InboxItem.objects.filter(pk=item_id, account_id=account_id)
    own.filter(read_at=None).update(read_at=timezone.now())
    return own.exists()


@transaction.atomic(using="shared")
def choose_summary(*, account_id: UUID, is_daily: bool) -> None:
    """Keep an account's choice; what came while it wanted no summary stays out of the next."""
    row, is_new = found_or_new(
        SummaryChoice, account_id=account_id, defaults={"is_daily": is_daily}
    )
    if is_new:
        return
    other = SummaryChoice.objects.filter(pk=row.pk).exclude(is_daily=is_daily)
    if other.update(is_daily=is_daily, changed_at=timezone.now()) and is_daily:
        InboxItem.objects.news().filter(account_id=account_id).update(is_news=False)
