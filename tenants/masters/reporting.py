"""Mistakes that readers of a unit find in what a master holds, and the word that they were seen to (REG §3.6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kooperacja import offers
from kooperacja.inbox.models import OutgoingMessage
from kooperacja.outbox.actions import enqueue
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.middleware import directory
from tenants.masters.models import MasterReport

# Of a tenant's outbox: a reader there found a mistake.
REPORT = "MASTER_REPORT"
# Of the shared plane's: the unit is to hear that it was seen to.
SETTLED = "MASTER_REPORT_SETTLED"


@dataclass(frozen=True, slots=True)
class HearsOfReport(offers.Offer):
    """Settles in the tenant one is in what its reader told of; done twice, it is done once."""

    settle: Callable[[MasterReport], None]


def tell(report: MasterReport, cause: str) -> None:
    """Have the unit of a settled report told, after the commit."""
    payload = {"report_id": report.pk}
    dedupe = f"master-report:{report.pk}:{cause}"
    enqueue(OutgoingMessage, kind=SETTLED, payload=payload, dedupe=dedupe)


def deliver(report_id: UUID) -> None:
    """SETTLED: tell its unit; one that nobody may work in waits for the clock."""
    with transaction.atomic(using="shared"):
        rows = MasterReport.objects.select_for_update(of=("self",)).select_related("service__card")
        report = rows.get(pk=report_id)
        tenant = directory().find_now(report.tenant_id)
        if report.is_told or tenant is None or not tenant.is_open or tenant.is_behind:
            return
        with inside(tenant), transaction.atomic():
            for hears in offers.of(HearsOfReport):
                hears.settle(report)
        report.is_told = True
        report.save(update_fields=["is_told"])


def catch_up(now: datetime) -> None:
    """Tell again whichever unit was shut then."""
    open_ones = [tenant.id for tenant in directory().open_tenants()]
    missed = MasterReport.objects.filter(tenant__in=open_ones, is_told=False)
    waiting = OutgoingMessage.objects.filter(kind=SETTLED, done_at=None)
    on_their_way = set(waiting.values_list("payload__report_id", flat=True))
    for report in missed.exclude(settled_on=None):
        if str(report.pk) not in on_their_way:
            tell(report, f"{now:%Y%m%d%H%M%S}")
