"""Writes of the inbox and of the shared plane's outbox."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from kooperacja.inbox.models import InboxItem, InboxTask, OutgoingMessage, SummaryChoice
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


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a tenant that is still to be done, and the accounts that are to do it."""

    subject_id: UUID
    number: str
    team: str
    url: str
    due_on: date
    accounts: frozenset[UUID]


@transaction.atomic(using="shared")
def keep_tasks(
    *, tenant: TenantRef, tasks: Iterable[Task], among: Iterable[UUID] | None = None
) -> None:
    """Let the lists of accounts say of a tenant these tasks and no other; or only `among` these."""
    tasks = list(tasks)
    before = InboxTask.objects.filter(tenant_id=tenant.id)
    if among is not None:
        before = before.filter(subject_id__in=list(among))
    rows = list(_rows(tenant, tasks))
    wanted = {(row.subject_id, row.account_id) for row in rows}
    kept = before.values_list("pk", "subject_id", "account_id")
    before.filter(pk__in=[pk for pk, *key in kept if tuple(key) not in wanted]).delete()
    InboxTask.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant_id", "subject_id", "account"],
        update_fields=["tenant_name", "number", "team", "url", "due_on"],
    )


def _rows(tenant: TenantRef, tasks: list[Task]) -> Iterable[InboxTask]:
    every = frozenset[UUID]().union(*(task.accounts for task in tasks))
    open_ones = get_user_model().objects.filter(pk__in=every, is_active=True)
    active = set(open_ones.values_list("pk", flat=True))
    for task in tasks:
        words = asdict(task)
        for account in sorted(words.pop("accounts") & active):
            ids = {"account_id": account, "tenant_id": tenant.id}
            yield InboxTask(**ids, tenant_name=tenant.name, **words)


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
