"""The parties' own additions to the text of an agreement, and its kept versions (POR)."""

from datetime import date

from django.db import models
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from tenants.agreements.folded import OWN
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.parties import Party
from tenants.agreements.numbering import AFTER, DUTY, Added
from tenants.meetings.models.arrangements import Arrangement


class Addition(TenantModel):
    """A further duty, or a clause of the parties' own (POR §2.3.6, POR-C §2.4.7, POR-C §3.4.5)."""

    PAGE = "agreements:addition"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="additions")
    place = models.CharField("gdzie", max_length=20)  # of `numbering.places_of`
    heading = models.CharField("tytuł paragrafu", max_length=200, blank=True, default="")
    text = models.CharField("treść", max_length=5000)
    # A duty may have a day, and one of the parties that does it; else it is everybody's.
    due_on = models.DateField("termin", null=True, blank=True)
    party = models.ForeignKey(Party, models.SET_NULL, related_name="+", null=True, blank=True)
    # What became of it in the team once the agreement was in force.
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "Dodatkowy obowiązek" if self.is_duty else "Własne postanowienie"

    @property
    def is_duty(self) -> bool:
        return self.place.startswith(f"{DUTY}:")

    @property
    def is_after_clause(self) -> bool:
        return self.place.startswith(f"{AFTER}:")

    @property
    def key(self) -> str:
        """The key of its line."""
        return f"{OWN}{self.pk}"

    @property
    def added(self) -> Added:
        return Added(str(self.pk), self.place, self.said, self.heading)

    @property
    def said(self) -> str:
        return with_term(self.text, self.due_on, self.party)


def with_term(text: str, due_on: date | None, party: Party | None) -> str:
    """A duty with its day and with who does it, as the parties sign it."""
    if due_on is None:
        return text
    who = f", wykonuje {party.label}" if party else ""
    return f"{text.rstrip(' .;')} (termin: {pl_date(due_on)}{who})"


class TextVersion(TenantModel):
    """The text of an agreement as it was kept at a moment, to be compared later."""

    APPEND_ONLY = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField("wersja")
    # [{"key": "2.3.1", "name": "§ 2 ust. 3 pkt 1", "text": "…"}], as it was read then.
    lines = models.JSONField()
    actor_name = models.CharField(max_length=200)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_text_once")
        ]

    def __str__(self) -> str:
        return f"Wersja {self.number} tekstu porozumienia"
