"""Services of the basket that looked alike, and what the Lider found out (REG §3.3)."""

from django.db import models
from django.db.models import F, Q

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.models.services import Service


class DistinctServices(TenantModel):
    """Two services that look alike and are none the less two: nobody is asked again (REG §3.3)."""

    APPEND_ONLY = True
    INSTITUTION = "first__card__organisation"

    first = models.ForeignKey(Service, models.PROTECT, related_name="+")
    second = models.ForeignKey(Service, models.PROTECT, related_name="+")
    decided_on = models.DateField("kiedy")
    decided_by_name = models.CharField("kto", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_services_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="distinct_services_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"To nie powtórzenie: {self.first} i {self.second}"


class ServiceMerge(TenantModel):
    """A service that was the same as another one; whoever looks for it is led on (REG §3.3)."""

    APPEND_ONLY = True
    INSTITUTION = "source__card__organisation"

    source = models.OneToOneField(Service, models.PROTECT, related_name="merge")
    target = models.ForeignKey(Service, models.PROTECT, related_name="gained")
    merged_on = models.DateField("kiedy")
    merged_by_name = models.CharField("kto", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="service_merge_of_two")
        ]

    def __str__(self) -> str:
        return f"Powtórzenie: {self.source}, zostaje {self.target}"
