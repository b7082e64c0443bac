"""The daily summary: the one mail that tells an account what came into its inbox, over all units."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kooperacja.inbox.models import InboxItem, OutgoingMessage, Summary, SummaryChoice
from kooperacja.inbox.returned import log
from kooperacja.inbox.switching import off_headers, off_path
from kooperacja.letters import Letter, letter
from kooperacja.outbox.actions import enqueue_all
from kooperacja.outbox.models import OutboxMessage
from kooperacja.returns import sent
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.urls import root_reverse
from kooperacja.ui.polish import counted, sort_key

if TYPE_CHECKING:
    from kooperacja.accounts.models import Account

# A mail with more lines than this is not read.
MOST_LINES = 50
_KEPT = timedelta(days=30)
_AT_ONCE = 500


def plan(day: date) -> int:
    """Give each account that has news its summary of the day, once; how many got one."""
    Summary.objects.filter(day__lt=day - _KEPT).delete()
    planned = 0
    after: UUID | None = None
    while accounts := _with_news(day, after):
        planned += _plan(accounts, day)
        after = accounts[-1]
    return planned


def _with_news(day: date, after: UUID | None) -> list[UUID]:
    """The next accounts that have news, want a summary and have none of this day."""
    same = {"account": OuterRef("account")}
    rows = InboxItem.objects.news().filter(account__is_active=True)
    rows = rows.exclude(Exists(SummaryChoice.objects.filter(**same, is_daily=False)))
    rows = rows.exclude(Exists(Summary.objects.filter(**same, day=day)))
    if after:
        rows = rows.filter(account_id__gt=after)
    accounts = rows.order_by("account_id").values_list("account_id", flat=True)
    return list(accounts.distinct()[:_AT_ONCE])


@transaction.atomic(using="shared")
def _plan(accounts: list[UUID], day: date) -> int:
    rows = [Summary(account_id=account, day=day) for account in accounts]
    # Another worker may have been quicker with some of them; it is waited for, and they are its.
    Summary.objects.bulk_create(rows, ignore_conflicts=True)
    ours = Summary.objects.filter(pk__in=[row.pk for row in rows])
    taken = list(ours.order_by("account_id").values_list("account_id", flat=True))
    InboxItem.objects.news().filter(account_id__in=taken).update(summary_on=day)
    about = {"day": day.isoformat()}
    payloads = {f"summary:{pk}:{day}": {"account_id": str(pk), **about} for pk in taken}
    enqueue_all(OutgoingMessage, kind="SUMMARY", payloads=payloads)
    return len(taken)


def tell(message: OutboxMessage, tenant: TenantRef | None) -> None:
    """SUMMARY: a mail about its lines that are open now; where none is, none is sent.

    What could not be sent on its day stays news for the summary of the next.
    """
    day = date.fromisoformat(message.payload["day"])
    if timezone.localdate() != day:
        return
    account_id = message.payload["account_id"]
    if account := _reader(account_id):
        lines = InboxItem.objects.open_for(account).news().filter(summary_on=day)
        if told := list(lines.order_by("-created_at", "-id")):
            words = asdict(written(told, account.pk))
            headers = off_headers(account.pk)
            result = sent(message, None, to=account.email, headers=headers, **words)
            log(message, result, to=account.email, account_id=account.pk)
    InboxItem.objects.filter(account_id=account_id, summary_on=day).update(is_news=False)


def _reader(account_id: str) -> "Account | None":
    unwanted = SummaryChoice.objects.filter(account=OuterRef("pk"), is_daily=False)
    wanting = get_user_model().objects.filter(pk=account_id, is_active=True)
    found: Account | None = wanting.exclude(Exists(unwanted)).first()
    return found


def written(lines: list[InboxItem], account_id: UUID) -> Letter:
    """The mail to an account about these lines, the newest first."""
    shown = lines[:MOST_LINES]
    title = counted(len(lines), "nowe powiadomienie", "nowe powiadomienia", "nowych powiadomień")
    return letter(
        "summary",
        {"left_out": len(lines) - len(shown), "shown": len(shown)},
        title=title,
        subject=f"Kooperacja: {title}",
        groups=_by_unit(shown),
        links=[
            ("Zobacz wszystkie powiadomienia", root_reverse("inbox")),
            ("Wybierz, kiedy do Ciebie pisać", root_reverse("inbox_mails")),
            ("Wyłącz to podsumowanie", off_path(account_id)),
        ],
    )


def _by_unit(lines: Iterable[InboxItem]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        groups.setdefault(line.tenant_name or "Twoje konto", []).append((line.title, line.url))
    return sorted(groups.items(), key=lambda group: sort_key(group[0]))
