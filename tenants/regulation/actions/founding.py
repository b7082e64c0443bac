"""The regulation begins as a draft in the framework's words (REG title)."""

from django.db import transaction

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import locative_of_unit
from tenants.exchange.clauses import framework
from tenants.partnership.models import Partnership
from tenants.regulation.models import RegulationVersion

REGULATION_TITLE = "Regulamin Partnerskiego Zespołu Kooperacyjnego"


@transaction.atomic
def on_tenant_opened(tenant: TenantRef) -> None:
    """Draft the first version of a tenant that opens; may be repeated."""
    partnership = Partnership.objects.select_for_update().get()
    if not RegulationVersion.objects.exists():
        RegulationVersion.objects.create(
            title=REGULATION_TITLE,
            clauses=framework(),
            area=locative_of_unit(partnership.area),
            lead_name=partnership.lead_name,
        )
