"""A tenant's partnership is founded when the tenant opens (REG title, §1.1)."""

from django.db import transaction
from django.utils import timezone

from kooperacja.audit.actor import SYSTEM, Actor
from kooperacja.audit.record import record
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import AccessibilityStatement, Partnership


@transaction.atomic
def found_partnership(
    *,
    by: Actor,
    area: str,
    lead_name: str,
    lead_address: str = "",
) -> Partnership:
    """The partnership and its accessibility statement; once a tenant.

    It works from the day its first regulation is in force (`adopt_first_regulation`).
    """
    today = timezone.localdate()
    partnership, is_new = Partnership.objects.get_or_create(
        is_only=True,
        defaults={
            "area": area,
            "lead_name": lead_name,
            "lead_address": lead_address,
        },
    )
    if is_new:
        AccessibilityStatement.objects.create(
            entity_name=lead_name,
            entity_address=lead_address,
            published_on=today,
            updated_on=today,
            prepared_on=today,
            reviewed_on=today,
        )
        record(by=by, verb="PARTNERSHIP_FOUNDED", obj=partnership)
    return partnership


def on_tenant_opened(tenant: TenantRef) -> Partnership:
    """Found the partnership of a tenant that opens; may be repeated."""
    office = (
        "Powiatowe Centrum Pomocy Rodzinie"
        if tenant.kind == "POWIAT"
        else ("Ośrodek Pomocy Społecznej")
    )
    # The office corrects the name: it may be a MOPS, an MGOPS or a CUS.
    return found_partnership(by=SYSTEM, area=tenant.name, lead_name=f"{office} – {tenant.name}")
