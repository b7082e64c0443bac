"""Signatures of the parties under an agreement, and their refusals (POR-C signatures)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from kooperacja.documents.models import Document, StoredFile
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import pl_date
from tenants.accession.workflow import SignatureMode
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.amendments import Lies
from tenants.agreements.models.parties import Party
from tenants.agreements.workflow import PartyState

# The label of the kit speaks of declarations, whose originals the Lider keeps.
WAYS = {mode: str(mode.label) for mode in SignatureMode} | {
    SignatureMode.PAPER_SCAN: "podpis odręczny (skan podpisanego egzemplarza)"
}


class Basis(models.TextChoices):
    """The grounds on which a person signs for a party."""

    OFFICE = "OFFICE", "pełniona funkcja"
    POWER = "POWER", "pełnomocnictwo"
    RESOLUTION = "RESOLUTION", "uchwała"


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Signatures of parties."""

    def valid_for(self, lies: Lies) -> Self:
        """Under the text that lies before the parties now, in the order in which they were entered.

        One that its party took back again does not count.
        """
        rows = self.filter(document=lies.document_id).exclude(party__state=PartyState.REFUSED)
        return rows.order_by("entered_at", "pk")

    def binding(self, agreement: Agreement) -> Self:
        """The same with those under the paper of a later accession, which come last."""
        papers = agreement.accessions.order_by().values("document")
        rows = self.filter(party__agreement=agreement)
        under = Q(document=agreement.document_id) | Q(document__in=papers)
        return rows.filter(under).order_by("entered_at", "pk")


class Signature(TenantModel):
    """The signature of a party under an agreement or an aneks; once that is taken back it is void."""

    INSTITUTION = "party__organisation"
    APPEND_ONLY = True

    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    signer = models.CharField("kto podpisuje", max_length=200)
    function = models.CharField("funkcja", max_length=200)
    signed_on = models.DateField("data podpisu")
    mode = models.CharField("sposób podpisania", max_length=10, choices=SignatureMode.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    basis = models.CharField("podstawa podpisu", max_length=10, choices=Basis.choices)
    basis_number = models.CharField("numer", max_length=100, blank=True, default="")
    basis_on = models.DateField("z dnia", null=True)
    basis_until = models.DateField("ważne do", null=True)
    basis_file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    actor_name = models.CharField(max_length=200)  # who entered it
    entered_at = models.DateTimeField(default=timezone.now)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["party", "document"], name="agreement_signed_once"),
            in_order_if_known("basis_on", "signed_on", name="signature_after_its_basis"),
            in_order_if_known("signed_on", "basis_until", name="signature_before_basis_ends"),
        ]

    def __str__(self) -> str:
        return f"Podpis z {pl_date(self.signed_on)}: {self.party}"

    @property
    def is_electronic(self) -> bool:
        return SignatureMode(self.mode).is_electronic


class Refusal(TenantModel):
    """A refusal to sign a text, until the party thinks better of it."""

    INSTITUTION = "party__organisation"

    party = models.ForeignKey(Party, models.PROTECT, related_name="refusals")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    reason = models.CharField("powód", max_length=1000)
    refused_on = models.DateField("odmówiono")
    withdrawn_on = models.DateField("odmowę cofnięto", null=True)
    actor_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"Odmowa podpisu: {self.party}"
