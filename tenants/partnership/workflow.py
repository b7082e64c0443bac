"""The states of a partnership and the changes allowed between them."""

from django.db import models

from kooperacja.workflow import Change, Table


class PartnershipState(models.TextChoices):
    """The states of the partnership (REG §1.1, §1.7)."""

    DRAFT = "DRAFT", "w przygotowaniu"
    ACTIVE = "ACTIVE", "działa"
    DISSOLVED = "DISSOLVED", "rozwiązane"


PARTNERSHIP = Table(
    PartnershipState,
    {
        PartnershipState.DRAFT: {
            PartnershipState.ACTIVE: Change("§ 1 ust. 1 regulaminu", "PARTNERSHIP_BEGUN")
        },
        PartnershipState.ACTIVE: {
            PartnershipState.DISSOLVED: Change("§ 1 ust. 7 regulaminu", "PARTNERSHIP_DISSOLVED")
        },
        PartnershipState.DISSOLVED: {},
    },
)
