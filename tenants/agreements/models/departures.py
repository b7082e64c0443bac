"""The end of a party's part, its other name, its successor, and the end of an agreement (POR).

The founding texts are silent on all of it; that it happens is recorded.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.parties import Party

LONGEST_REASON = 1000  # signs


class DepartureKind(models.TextChoices):
    """The ways in which one party's part ends before the agreement."""

    LEFT = "LEFT", "odejście"
    MERGED = "MERGED", "przejęcie przez następcę"


class OpenQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Entries that may have been withdrawn before their day."""

    def valid(self) -> Self:
        return self.filter(withdrawn_on=None)


class _Entered(TenantModel):
    """The base of what is entered of the life of an agreement, with the paper that says it."""

    from_on = models.DateField("od dnia")
    actor_name = models.CharField(max_length=200)  # who entered it
    entered_at = models.DateTimeField("wpisano", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["from_on", "entered_at", "pk"]


class Departure(_Entered):
    """A party leaves, or another institution steps into its part."""

    INSTITUTION = "party__organisation"

    party = models.ForeignKey(Party, models.PROTECT, related_name="departures")
    kind = models.CharField("co się stało", max_length=6, choices=DepartureKind.choices)
    # The party that goes on with its part: a new one, or one that was there already.
    successor = models.ForeignKey(Party, models.PROTECT, related_name="succeeds", null=True)
    basis = models.CharField("dokument", max_length=300, blank=True, default="")
    reason = models.CharField("powód", max_length=LONGEST_REASON, blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField("wycofano", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = OpenQuerySet.as_manager()

    class Meta(_Entered.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(withdrawn_on=None), name="agreement_departure_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=DepartureKind.MERGED, successor__isnull=False)
                | Q(kind=DepartureKind.LEFT, successor__isnull=True),
                name="agreement_departure_successor",
            ),
        ]

    def __str__(self) -> str:
        # No reason: the journal keeps this.
        return f"{self.get_kind_display().capitalize()} od {pl_date(self.from_on)}: {self.party}"

    def is_to_come(self, today: date) -> bool:
        """It may still be withdrawn."""
        return self.withdrawn_on is None and self.from_on > today


class Renaming(_Entered):
    """A party goes by another name from a day on; the text keeps the name of its own day."""

    INSTITUTION = "party__organisation"
    APPEND_ONLY = True

    party = models.ForeignKey(Party, models.PROTECT, related_name="renamings")
    name = models.CharField("nowa nazwa", max_length=300)
    basis = models.CharField("dokument", max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta(_Entered.Meta):
        pass

    def __str__(self) -> str:
        return f"Zmiana nazwy od {pl_date(self.from_on)}: {self.party}"


class Ending(_Entered):
    """The parties' joint statement that their agreement ends."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="endings")
    reason = models.CharField("powód", max_length=LONGEST_REASON)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField("wycofano", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = OpenQuerySet.as_manager()

    class Meta(_Entered.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(withdrawn_on=None), name="agreement_ending_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Koniec porozumienia od {pl_date(self.from_on)}"

    def is_to_come(self, today: date) -> bool:
        """It may still be withdrawn."""
        return self.withdrawn_on is None and self.from_on > today
