"""Institutions that accede to an agreement in force (POR-C §4.3)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.documents.models import Document
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import pl_date
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.parties import Party
from tenants.agreements.models.signatures import Signature
from tenants.agreements.workflow import ACCESSION, AccessionState

ACCESSION_PAPER = "AGREEMENT_ACCESSION"  # the kind of its documents
LONGEST_JUSTIFICATION = 2000  # signs


class Accession(TenantModel):
    """The accession of one institution, from its paper to its signature."""

    PAGE = "agreements:accession"
    INSTITUTION = "party__organisation"
    WORKFLOW = ACCESSION

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="accessions")
    # None once it was withdrawn, where the party had been added for it alone.
    party = models.ForeignKey(Party, models.PROTECT, related_name="accessions", null=True)
    name = models.CharField("instytucja", max_length=300)  # as its paper calls it
    justification = models.CharField("uzasadnienie", max_length=LONGEST_JUSTIFICATION)
    state = models.CharField(
        max_length=9, choices=AccessionState.choices, default=AccessionState.PREPARED
    )
    prepared_on = models.DateField("przygotowano")
    sign_by = models.DateField("ostatni dzień na podpis", null=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    signature = models.ForeignKey(Signature, models.PROTECT, related_name="+", null=True)
    withdrawn_on = models.DateField("wycofano", null=True)
    reason = models.CharField("powód wycofania", max_length=500, blank=True, default="")
    actor_name = models.CharField(max_length=200)  # who prepared it
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(state=AccessionState.PREPARED),
                name="accession_one_prepared",
            ),
            models.CheckConstraint(
                condition=Q(state=AccessionState.SIGNED, signature__isnull=False)
                | ~Q(state=AccessionState.SIGNED) & Q(signature__isnull=True),
                name="accession_signed_with_signature",
            ),
            models.CheckConstraint(
                condition=Q(state=AccessionState.WITHDRAWN, withdrawn_on__isnull=False)
                & ~Q(reason="")
                | ~Q(state=AccessionState.WITHDRAWN) & Q(withdrawn_on__isnull=True, reason=""),
                name="accession_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=AccessionState.WITHDRAWN) | Q(party__isnull=False),
                name="accession_of_a_party",
            ),
            in_order_if_known("prepared_on", "sign_by", name="accession_signed_after_prepared"),
        ]

    def __str__(self) -> str:
        # No name that was typed: the journal keeps this.
        return f"Przystąpienie do porozumienia, przygotowane {pl_date(self.prepared_on)}"

    @property
    def is_prepared(self) -> bool:
        return self.state == AccessionState.PREPARED

    def is_past(self, day: date) -> bool:
        """Its last day is over: nobody signs it any more, and the night gives it up."""
        return self.sign_by is not None and day > self.sign_by

    @property
    def is_withdrawn(self) -> bool:
        return self.state == AccessionState.WITHDRAWN
