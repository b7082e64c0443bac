"""Evidence that parties made their accession public (POR §2.3.5, POR-C §2.4.6)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from tenants.agreements.models.parties import Party


class Publicity(TenantModel):
    """A place where a party made public that it takes part, or promoted the tasks."""

    INSTITUTION = "party__organisation"
    APPEND_ONLY = True

    party = models.ForeignKey(Party, models.PROTECT, related_name="publicity")
    published_on = models.DateField("dzień publikacji")
    address = models.URLField("adres strony", max_length=500, blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    description = models.CharField("opis", max_length=500)
    actor_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["published_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(address=""),
                name="publicity_page_or_file",
            )
        ]

    def __str__(self) -> str:
        return f"Upublicznienie z {pl_date(self.published_on)}: {self.party}"
