"""Signatures of the parties under an agreement, and their refusals (POR-C signatures)."""

from collections.abc import Collection
from functools import cached_property
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from kooperacja.documents.models import Document, StoredFile
from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import pl_date
from tenants.accession.workflow import SignatureMode
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.amendments import AMENDMENT_PAPER, Amendment, Lies
from tenants.agreements.models.parties import Party

# The label of the kit speaks of declarations, whose originals the Lider keeps.
WAYS = {mode: str(mode.label) for mode in SignatureMode} | {
    SignatureMode.PAPER_SCAN: "podpis odręczny (skan podpisanego egzemplarza)"
}


class Basis(models.TextChoices):
    """The grounds on which a person signs for a party."""

    OFFICE = "OFFICE", "pełniona funkcja"
    POWER = "POWER", "pełnomocnictwo"
    RESOLUTION = "RESOLUTION", "uchwała"


class RefusalQuerySet(models.QuerySet["Refusal"]):
    """Refusals of parties."""

    def standing(self) -> Self:
        """Those of which the party did not think better."""
        return self.filter(withdrawn_on=None)


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

    objects = RefusalQuerySet.as_manager()

    class Meta:
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return f"Odmowa podpisu: {self.party}"


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Signatures of parties."""

    def marked(self) -> Self:
        """With whether their parties took them back again, for `is_withdrawn`."""
        no = Refusal.objects.standing().filter(
            party=OuterRef("party"), document=OuterRef("document")
        )
        return self.annotate(taken_back=Exists(no))

    def valid_for(self, lies: Lies) -> Self:
        """Under the text that lies before the parties now, in the order in which they were entered.

        One that its party took back again does not count, whatever the party signed later.
        """
        return self.valid_under([lies.document_id])

    def valid_under(self, documents: Collection[UUID | None]) -> Self:
        """The same of many texts at once."""
        rows = self.filter(document__in=[one for one in documents if one])
        return rows.marked().filter(taken_back=False).order_by("entered_at", "pk")

    def given_to(self, lies: Lies) -> Self:
        """Under the text that lies before the parties now, also those that were taken back again.

        Those under the papers of later accessions come last.
        """
        under = Q(document=lies.document_id)
        if isinstance(lies, Agreement):
            under |= Q(document__in=lies.accessions.order_by().values("document"))
        return self.filter(under).marked().order_by("entered_at", "pk")


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

    @property
    def is_withdrawn(self) -> bool:
        """Its party took it back again: that refusal of the same text stands."""
        known = self.__dict__.get("taken_back")
        if known is not None:
            return bool(known)
        refused = Refusal.objects.standing().filter(party=self.party_id)
        return refused.filter(document=self.document_id).exists()

    @cached_property
    def lies(self) -> Lies:
        """The agreement or the aneks under which it was given, even if it is void by now."""
        if self.document.kind == AMENDMENT_PAPER:
            rows = Amendment.objects.select_related("agreement")
            return rows.get(pk=self.document.subject)
        return self.party.agreement
