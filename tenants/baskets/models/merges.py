"""Cards of one institution that were made one, and the services that moved (REG §3.2–3.3)."""

from django.db import models
from django.db.models import F, Q

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service


class CardMerge(TenantModel):
    """A card that was retired, since its institution had another; whoever looks for it is led on."""

    APPEND_ONLY = True
    INSTITUTION = "source__organisation"

    source = models.OneToOneField(Card, models.PROTECT, related_name="merge")
    target = models.ForeignKey(Card, models.PROTECT, related_name="gained")
    reason = models.CharField("powód", max_length=300)
    merged_on = models.DateField("kiedy")
    merged_by_name = models.CharField("kto", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="card_merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="card_merge_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Połączenie kart: {self.source.owner}, zostaje {self.target.owner}"


class ServiceMove(TenantModel):
    """A service that came with a retired card; it is told where it was described before."""

    APPEND_ONLY = True
    INSTITUTION = "service__card__organisation"

    merge = models.ForeignKey(CardMerge, models.PROTECT, related_name="moves")
    service = models.ForeignKey(Service, models.PROTECT, related_name="moves")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["merge", "service"], name="service_moved_once")
        ]

    def __str__(self) -> str:
        return f"Przeniesiona: {self.service}"
