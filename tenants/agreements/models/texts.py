"""The parties' own additions to the text of an agreement, and its kept versions (POR)."""

from django.db import models
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.numbering import AFTER, DUTY, Added


class Addition(TenantModel):
    """A further duty, or a clause of the parties' own (POR §2.3.6, POR-C §2.4.7, POR-C §3.4.5)."""

    PAGE = "agreements:addition"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="additions")
    place = models.CharField("gdzie", max_length=20)  # of `numbering.places_of`
    heading = models.CharField("tytuł paragrafu", max_length=200, blank=True, default="")
    text = models.CharField("treść", max_length=5000)
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
    def added(self) -> Added:
        return Added(str(self.pk), self.place, self.text, self.heading)


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
