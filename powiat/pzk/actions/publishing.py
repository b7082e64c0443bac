"""A county tells its gminas of its agreements: at once when they change, and again by the clock."""

from uuid import UUID

from uuid6 import uuid7

from kooperacja.audit.actor import SYSTEM
from kooperacja.notifications.actions import ask_outside
from kooperacja.tenancy.context import current_tenant
from kooperacja.tenancy.ref import TenantRef
from powiat.pzk import standing
from tenants.agreements.models import Agreement
from tenants.exchange import counties

PUBLISH = "COUNTY_AGREEMENT"


def publish_changed() -> None:
    """Ask for those of which gminas know something else."""
    day, known = SYSTEM.today, counties.open_of(current_tenant().id)
    for agreement in standing.in_force():
        snapshot = standing.snapshot(agreement, day)
        if snapshot is None:  # over, with its state to follow
            continue
        known.discard(agreement.pk)
        if not counties.is_published(agreement.pk, snapshot):
            _ask(agreement.pk)
    for agreement_id in sorted(known):
        _ask(agreement_id)


def confirm_all() -> None:
    """Ask for all of them, so that gminas know which are in force still, also after a closing."""
    known = counties.open_of(current_tenant().id)
    for agreement_id in sorted(known | {agreement.pk for agreement in standing.in_force()}):
        _ask(agreement_id)


def _ask(agreement_id: UUID) -> None:
    payload = {"agreement_id": agreement_id}
    ask_outside(kind=PUBLISH, payload=payload, dedupe=f"county-agreement:{uuid7()}")


def publish(*, agreement_id: UUID, tenant: TenantRef) -> None:
    """Write it where gminas read it, as it is when its turn comes; what this rests on is committed."""
    counties.publish(
        tenant_id=tenant.id, agreement_id=agreement_id, read=lambda: _read(agreement_id)
    )


def _read(agreement_id: UUID) -> counties.Snapshot | None:
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    return standing.snapshot(agreement, SYSTEM.today) if agreement else None
