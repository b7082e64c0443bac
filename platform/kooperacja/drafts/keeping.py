"""Keeping, finding and forgetting drafts. A draft is no act, so the journal knows nothing of it."""

from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.http import QueryDict
from django.utils import timezone

from kooperacja.accounts.models import AccountDraft
from kooperacja.drafts.models import Draft
from kooperacja.drafts.owners import may_open, reader_of
from kooperacja.drafts.rules import LATE, MOST_DRAFTS, TYPED, values_in
from kooperacja.drafts.slips import Slip
from kooperacja.writes import came_in

Rows = models.QuerySet[Any]


def keep(slip: Slip, data: QueryDict, *, is_late: bool = False) -> Any:
    """Keep what was typed in place of what was kept before; TooLong if it is too much."""
    values, now = values_in(data, slip.names), timezone.now()
    model = _model(slip.tenant_id)
    draft = model(
        account_id=slip.account_id,
        path=slip.path,
        is_late=is_late,
        values=values,
        saved_at=now,
        expires_at=now + (LATE if is_late else TYPED),
    )
    with transaction.atomic(using=_plane(slip.tenant_id)):
        _of_page(slip).filter(is_late=is_late).delete()
        came_in(draft)  # of two at once one comes in, and the page sends the next soon
        own = model._default_manager.filter(account_id=slip.account_id)
        oldest = own.order_by("-saved_at", "-pk").values_list("pk", flat=True)[MOST_DRAFTS:]
        own.filter(pk__in=list(oldest)).delete()
    return draft


def newest(slip: Slip) -> Any:
    """The draft of a page that was kept last; None if there is none."""
    return _of_page(slip).filter(expires_at__gt=timezone.now()).order_by("-saved_at").first()


def forget(slip: Slip) -> None:
    """The page was saved, or its draft is not wanted."""
    _of_page(slip).delete()


def forget_all_of(account_id: UUID) -> None:
    """Forget the drafts of an account that may do nothing in this tenant any more."""
    Draft.objects.filter(account_id=account_id).delete()


def forget_old(drafts: Rows) -> None:
    """Drafts whose time is over, and those of pages that their owner can't open any more."""
    drafts.filter(expires_at__lte=timezone.now()).delete()
    for account_id in drafts.order_by().values_list("account_id", flat=True).distinct():
        reader = reader_of(account_id)
        own = drafts.filter(account_id=account_id)
        closed = {path for path in own.values_list("path", flat=True) if not may_open(reader, path)}
        own.filter(path__in=closed).delete()


def _of_page(slip: Slip) -> Rows:
    rows = _model(slip.tenant_id)._default_manager
    return rows.filter(account_id=slip.account_id, path=slip.path)


def _model(tenant_id: UUID | None) -> type[models.Model]:
    return Draft if tenant_id else AccountDraft


def _plane(tenant_id: UUID | None) -> str:
    return "default" if tenant_id else "shared"
