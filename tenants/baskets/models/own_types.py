"""Types of services that a unit has for itself, beside those of the region (REG §3.2)."""

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import TenantModel
from tenants.services.added import AddedType


class OwnType(AddedType, TenantModel):
    """A type of service that the Lider added; other units know its area, or the type above it."""

    IS_OWN = True
    PAGE, LIST_PAGE = "baskets:own_type", "baskets:own_types"

    class Meta:
        ordering = ["added_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="own_type_code_once"),
            models.CheckConstraint(
                condition=Q(ended_why="") | Q(ended_on__isnull=False),
                name="own_type_ended_for_a_reason",
            ),
        ]

    def url_of(self, page: str = "") -> str:
        return super().url_of(page) if page else self.list_url()
