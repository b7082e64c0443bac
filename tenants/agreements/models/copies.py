"""Copies of an agreement on paper: who got which one, when and how (POR preamble)."""

from django.db import models
from django.utils import timezone

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.parties import Party

OFFICE = "nasz ośrodek"


class Handing(models.TextChoices):
    """The ways in which a copy comes to its holder."""

    PERSON = "PERSON", "osobiście"
    POST = "POST", "pocztą"
    EPUAP = "EPUAP", "przez ePUAP"
    EDELIVERY = "EDELIVERY", "przez e-Doręczenia"


class CopyHandover(TenantModel):
    """The handover of one copy to a party, or to the office where there is none; the last one counts."""

    INSTITUTION = "party__organisation"
    APPEND_ONLY = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="handovers")
    copy = models.PositiveSmallIntegerField("numer egzemplarza")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", null=True)
    way = models.CharField("jak przekazano", max_length=9, choices=Handing.choices)
    handed_on = models.DateField("przekazano")
    receipt = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    actor_name = models.CharField(max_length=200)  # who entered it
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"Przekazanie egzemplarza nr {self.copy}"

    @property
    def holder(self) -> str:
        """Whoever has it since then, in words."""
        return self.party.name if self.party else OFFICE

    @property
    def holder_now(self) -> str:
        """The same by its name of today."""
        return self.party.name_shown if self.party else OFFICE
