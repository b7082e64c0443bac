"""Institutions known by their numbers, and the region's templates of the regulation."""

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import SharedModel


class PublicData(SharedModel):
    """The public data of an institution of the voivodeship, by its REGON, else its NIP."""

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
        abstract = True

    def __str__(self) -> str:
        return self.name


class InstitutionNote(PublicData):
    """The same as one tenant's office noted it: no tenant writes over another's.

    Which tenant it was is said to no other; `source_id` only keeps their rows apart.
    """

    source_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_id", "regon"],
                condition=~Q(regon=""),
                name="institution_note_regon_once",
            ),
            # Units of one gmina share its NIP, so it tells apart only who has no REGON.
            models.UniqueConstraint(
                fields=["source_id", "nip"],
                condition=Q(regon="") & ~Q(nip=""),
                name="institution_note_nip_once",
            ),
            models.CheckConstraint(
                condition=~Q(regon="") | ~Q(nip=""), name="institution_note_has_number"
            ),
        ]
        indexes = [models.Index(fields=["regon"], name="institution_note_regon")]


class Institution(PublicData):
    """Notes of release 0.2, one row for all tenants: read where no tenant has noted it since."""

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
