"""Types of services of the region, beside those that every region has (REG §3.2)."""

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import SharedModel
from kooperacja.tenancy.urls import root_reverse
from tenants.services.added import AddedType


class RegionType(AddedType, SharedModel):
    """A type of service that the ROPS added; all units of the region have it."""

    class Meta:
        ordering = ["added_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="region_type_code_once"),
            models.CheckConstraint(
                condition=Q(ended_why="") | Q(ended_on__isnull=False),
                name="region_type_ended_for_a_reason",
            ),
        ]

    @property
    def url(self) -> str:
        return self.url_of()

    def url_of(self, page: str = "") -> str:
        """The address of its page of that name, or of its page for everybody."""
        if page:
            return root_reverse(f"added_types:{page}", self.pk)
        return root_reverse("directory:type", self.code)
