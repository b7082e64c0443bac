"""Mails of the shared plane that came back: the units and the region whose people they are, hear of it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from kooperacja.inbox.models import SharedReturned
from kooperacja.inbox.returned import SILENCE, stayed
from kooperacja.notifications.returned import keep
from kooperacja.returns import Return, reason_of
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import pl_datetime
from tenants.registry.models import Access, Invitation, Tenant


def tell_units(message: Any, tenant: TenantRef | None) -> None:
    """MAIL_RETURNED: each unit that the reader enters, or is invited to, keeps it among its own."""
    row = SharedReturned.objects.filter(pk=message.payload["id"]).first()
    if row is None:
        return
    answer = Return(row.is_final, row.status, row.said)
    about = {name: getattr(row, name) for name in ("outbox_id", "email", "code", "returned_at")}
    account = get_user_model().objects.filter(email=row.email, is_active=True).first()
    about["account_id"] = account.pk if account else None
    entered = Access.objects.filter(account__email=row.email, ended_at=None).values("tenant")
    invited = _invited().filter(email=row.email).values("tenant")
    units = Tenant.objects.filter(Q(pk__in=entered) | Q(pk__in=invited)).exclude(opened_at=None)
    for unit in units.exclude(status="CLOSED").select_related("unit").order_by("unit__code"):
        with inside(unit.ref), transaction.atomic():
            keep(answer, **about)


def _invited() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)


def troubles_of_region() -> dict[str, str]:
    """By address of the region's people: that no mail arrives and why, unless a later one stayed."""
    working = Access.objects.filter(tenant=None, ended_at=None).values("account__email")
    invited = _invited().filter(tenant=None).values("email")
    rows = SharedReturned.objects.filter(
        Q(email__in=working) | Q(email__in=invited), is_final=True
    ).order_by("returned_at", "pk")
    newest = {row.email: row for row in rows}
    if not newest:
        return {}
    long_ago = timezone.now() - SILENCE
    later = stayed().filter(email__in=newest, sent_at__lt=long_ago).order_by()
    well = dict(later.values_list("email").annotate(Max("sent_at")))
    return {
        email: f"Poczta nie dochodzi, wróciła {pl_datetime(row.returned_at)}: "
        + reason_of(row.status, is_final=True)
        for email, row in newest.items()
        if email not in well or well[email] < row.returned_at
    }
