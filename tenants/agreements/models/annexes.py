"""The list of the parties' people as it was on a day, and their consent to be published (POR §3.3)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from kooperacja.ui.polish import pl_date
from tenants.agreements.models.agreements import Agreement
from tenants.agreements.models.parties import ContactPerson


class Why(models.TextChoices):
    """The reasons for which a list of people is made anew."""

    FORCE = "FORCE", "wejście porozumienia w życie"
    PEOPLE = "PEOPLE", "zmiana osób"
    ACCESSION = "ACCESSION", "przystąpienie nowej Strony"
    LEFT = "LEFT", "odejście Strony"
    MERGED = "MERGED", "przejęcie Strony przez następcę"
    DAY = "DAY", "zmiana, której dzień nadszedł"


class AnnexVersion(TenantModel):
    """The people whom parties name, as they were on the day of the version."""

    APPEND_ONLY = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="annexes")
    number = models.PositiveSmallIntegerField("wersja")
    as_of = models.DateField("stan na dzień")
    why = models.CharField("powód", max_length=9, choices=Why.choices)
    # [{"contact": "…", "institution": …, "name": …, "position": …, "phone": …, "email": …}]
    lines = models.JSONField()
    actor_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_annex_once")
        ]

    def __str__(self) -> str:
        return f"Wykaz osób, wersja {self.number} z {pl_date(self.as_of)}"


class PublicConsent(TenantModel):
    """A person's consent that name and contact stand on the public page, until it is withdrawn."""

    contact = models.ForeignKey(ContactPerson, models.PROTECT, related_name="consents")
    agreed_on = models.DateField("zgoda z dnia")
    actor_name = models.CharField(max_length=200)  # who entered it
    entered_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField("cofnięto", null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(withdrawn_at__isnull=True),
                name="publicconsent_one_open",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by_name="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by_name=""),
                name="publicconsent_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Zgoda z {pl_date(self.agreed_on)} na publikację danych"
