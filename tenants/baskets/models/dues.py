"""Days by which services are to be confirmed, as they were known one after another (REG §3.5.a)."""

from django.db import models

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.models.services import Service


class DueDay(TenantModel):
    """From a day on a service was to be confirmed again by another day."""

    INSTITUTION = "service__card__organisation"
    APPEND_ONLY = True

    service = models.ForeignKey(Service, models.PROTECT, related_name="due_days")
    from_on = models.DateField("od")
    due_on = models.DateField("do potwierdzenia")
    # Null of the days that were kept before it was.
    confirmed_on = models.DateField("potwierdzona", null=True)

    class Meta:
        ordering = ["from_on", "id"]

    def __str__(self) -> str:
        return f"Do potwierdzenia: {self.due_on}"
