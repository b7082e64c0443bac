"""Files handed in beside a signed declaration: a power of attorney, other annexes (REG §1.5)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kooperacja.documents.models import StoredFile
from kooperacja.documents.sigreport import along
from kooperacja.tenancy.models import TenantModel
from tenants.accession.models.declarations import AccessionDeclaration, DeclarationStep


class AnnexKind(models.TextChoices):
    """Kinds of files that go with a declaration."""

    POWER = "POWER", "pełnomocnictwo"
    OTHER = "OTHER", "inny załącznik"


class AnnexQuerySet(models.QuerySet["DeclarationAnnex"]):
    """Annexes of declarations."""

    def kept(self) -> Self:
        """Those that nobody took away before they were filed."""
        return self.filter(removed_at=None)

    def with_files(self) -> Self:
        """With all that a page shows of them, in the order in which they were added."""
        rows = self.select_related("file", "filed_with", *along("file"))
        return rows.order_by("added_at", "pk")


class DeclarationAnnex(TenantModel):
    """A file that goes with a declaration; filed with it, it stays."""

    PAGE = "accession:annex"

    declaration = models.ForeignKey(AccessionDeclaration, models.PROTECT, related_name="annexes")
    kind = models.CharField("rodzaj", max_length=5, choices=AnnexKind.choices)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())
    # The step by which it came to the Lider; none while the declaration is being prepared.
    filed_with = models.ForeignKey(
        DeclarationStep, models.PROTECT, related_name="annexes", null=True
    )
    removed_at = models.DateTimeField(null=True)

    objects = AnnexQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_with__isnull=True) | Q(removed_at__isnull=True),
                name="annex_filed_stays",
            )
        ]

    def __str__(self) -> str:
        # Not the name of the file: the journal keeps this text.
        return f"{self.get_kind_display()}, {self.declaration.organisation}"

    @property
    def title(self) -> str:
        """Its kind, as it begins a line."""
        label = self.get_kind_display()
        return label[:1].upper() + label[1:]

    @property
    def is_removable(self) -> bool:
        """It was not filed yet, nor taken away."""
        return self.filed_with_id is None and self.removed_at is None
