"""Institutions known by their numbers, and the region's templates of the regulation."""

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import SharedModel


class Institution(SharedModel):
    """One institution of the voivodeship by its REGON, else its NIP: its public data alone.

    Which tenants know it is said nowhere here; what each writes of it stays that tenant's own.
    """

    name = models.CharField(max_length=300)
    sector = models.CharField(max_length=16, blank=True)
    legal_form = models.CharField(max_length=120, blank=True)
    regon = models.CharField(max_length=14, blank=True)
    nip = models.CharField(max_length=10, blank=True)
    krs = models.CharField(max_length=10, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=6, blank=True)
    city = models.CharField(max_length=100, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["regon"], condition=~Q(regon=""), name="institution_regon_once"
            ),
            # Units of one gmina share its NIP, so it tells apart only who has no REGON.
            models.UniqueConstraint(
                fields=["nip"], condition=Q(regon="") & ~Q(nip=""), name="institution_nip_once"
            ),
            models.CheckConstraint(
                condition=~Q(regon="") | ~Q(nip=""), name="institution_has_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegulationTemplate(SharedModel):
    """A regional wording of the regulation, which tenants may take over clause by clause (REG §9)."""

    number = models.PositiveIntegerField(unique=True)
    clauses = models.JSONField()  # [{"ref", "text"}], as a regulation keeps them
    note = models.TextField(blank=True)
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Wzór regulaminu nr {self.number}"
