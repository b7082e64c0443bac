"""Agreements and authorisations end with a membership (REG §8.2)."""

from tenants.data_protection.models import DataProcessingAgreement, ProcessingAuthorisation
from tenants.partnership.consequences import ENDED, dated

AUTHORISATIONS = dated(
    "Upoważnienia do przetwarzania danych",
    "§ 8 ust. 2 regulaminu",
    lambda of: ProcessingAuthorisation.objects.filter(
        organisation=of.organisation_id
    ).select_related("person"),
    lambda row: f"{row}: {row.person}",
    end_reason=ENDED,
    order=30,
)
AGREEMENTS = dated(
    "Umowy o przetwarzaniu danych",
    "§ 8 ust. 2 regulaminu",
    lambda of: DataProcessingAgreement.objects.filter(organisation=of.organisation_id),
    lambda row: f"{row.get_kind_display()}, {row.get_scope_display()}",
    end_reason=ENDED,
    order=40,
)
