"""Mistakes in what a master holds reach its keepers, or the ROPS, who see to them (REG §3.5–3.6)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.problems import Missing
from kooperacja.writes import AlreadySaved, came_in
from tenants.masters.models import MasterFollowing, MasterReport
from tenants.masters.notifications import tell_of_report
from tenants.masters.reporting import tell
from tenants.masters.standing import keeping, may_let_in
from tenants.registry.coordinators import working
from tenants.registry.journal import note
from tenants.registry.workflow import RegionVerb

_LONGEST = MasterReport._meta.get_field("text").max_length


def take_in(given: dict[str, Any], tenant: TenantRef, on: date) -> None:
    """REPORT: keep what a reader of a unit found, without their name; only of what the unit follows."""
    follows = MasterFollowing.objects.filter(
        service=given["service_id"], tenant=tenant.id, is_over=False
    )
    if not follows.exists():
        return
    with transaction.atomic(using="shared"):
        report = MasterReport(
            pk=UUID(given["report_id"]),
            service_id=UUID(given["service_id"]),
            tenant_id=tenant.id,
            text=str(given["text"])[:_LONGEST],
            reported_on=on,
        )
        if not came_in(report):
            return
        card = report.service.card
        keepers = keeping().filter(card=card).select_related("account")
        readers = [one.account for one in keepers] or [one.account for one in working()]
        tell_of_report(report, readers)


def close(*, by: Actor, report_id: UUID) -> MasterReport:
    """It was mended, or was right as it stood; its unit hears of it."""
    with transaction.atomic(using="shared"):
        rows = MasterReport.objects.select_for_update(of=("self",)).select_related("service__card")
        report = rows.filter(pk=report_id).first()
        if report is None or not _may_settle(by, report):
            raise Missing("Nie ma takiego zgłoszenia")
        if report.settled_on is not None:
            raise AlreadySaved(report)
        report.settled_on, report.settled_by_name = by.today, by.name[:200]
        report.save(update_fields=["settled_on", "settled_by_name"])
        about, card_id = f"{report.service.card}: {report.service}", report.service.card_id
        note(by=by, verb=RegionVerb.MASTER_MENDED, about=about, subject_id=card_id)
        tell(report, "settled")
    return report


def _may_settle(by: Actor, report: MasterReport) -> bool:
    return by.account_id is not None and may_let_in(by.account_id, report.service.card_id)
