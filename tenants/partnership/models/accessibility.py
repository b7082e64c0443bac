"""What a tenant declares about the accessibility of its pages (act of 4 April 2019)."""

from django.db import models
from django.db.models import F, Q

from kooperacja.tenancy.models import TenantModel


class Conformity(models.TextChoices):
    """How far the pages keep to the act's annex."""

    FULL = "FULL", "w pełni zgodna"
    PARTIAL = "PARTIAL", "częściowo zgodna"
    NONE = "NONE", "niezgodna"


class AccessibilityStatement(TenantModel):
    """The accessibility declaration of this tenant's pages; there is one."""

    entity_name = models.CharField("nazwa podmiotu publicznego", max_length=300)
    entity_address = models.CharField("adres siedziby", max_length=300, blank=True)
    contact_name = models.CharField("osoba lub komórka odpowiedzialna", max_length=200, blank=True)
    contact_email = models.EmailField("adres e-mail", blank=True)
    contact_phone = models.CharField("telefon", max_length=40, blank=True)
    published_on = models.DateField("data publikacji strony")
    updated_on = models.DateField("data ostatniej istotnej aktualizacji")
    prepared_on = models.DateField("data sporządzenia deklaracji")
    reviewed_on = models.DateField("data ostatniego przeglądu deklaracji")
    conformity = models.CharField(
        "zgodność z ustawą",
        max_length=7,
        choices=Conformity.choices,
        default=Conformity.PARTIAL,
    )
    known_issues = models.TextField("treści niedostępne", blank=True)
    architecture = models.TextField("dostępność architektoniczna siedziby", blank=True)
    is_only = models.BooleanField(default=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="accessibility_is_only"),
            models.CheckConstraint(
                condition=Q(reviewed_on__gte=F("prepared_on")),
                name="accessibility_review_later",
            ),
        ]

    def __str__(self) -> str:
        return f"Deklaracja dostępności: {self.entity_name}"
