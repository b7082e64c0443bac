"""Cards of services (REG §3.2, zał. 2)."""

from typing import Any

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import TenantModel
from tenants.people.models import Organisation


class Card(TenantModel):
    """The Karta usług of a kooperant, or of the Lider, who is no institution here (REG §3.2, zał. 2).

    Of a resource of the community, such as a parish or a KGW, which is no kooperant, the Lider
    keeps it.
    """

    INSTITUTION = "organisation"
    PAGE, LIST_PAGE = "baskets:card", "baskets:cards"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="service_cards", null=True
    )
    competences = models.TextField("kompetencje pracowników", blank=True, default="")
    resources = models.TextField("zasoby do udostępnienia", blank=True, default="")  # REG §1.9
    is_community = models.BooleanField("zasób społeczności", default=False, db_default=False)
    begun_on = models.DateField("założona")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="card_once"),
            models.UniqueConstraint(
                models.Value(1), condition=Q(organisation=None), name="card_of_lead_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Karta usług: {self.owner}"

    @property
    def retired(self) -> Any:
        """How it was made one with another card; None while it is kept."""
        return getattr(self, "merge", None)

    @property
    def stays(self) -> "Card":
        """The card that is kept for its institution: itself, or the one that it was made one with."""
        card = self
        while merge := card.retired:
            card = merge.target
        return card

    @property
    def competences_by_function(self) -> list[tuple[str, str]]:
        """Functions with what their people can do; a line that names no function stands by itself."""
        lines = filter(None, map(str.strip, self.competences.splitlines()))
        parts = (line.partition(":") for line in lines)
        return [
            (head.strip(), rest.strip()) if colon else ("", head) for head, colon, rest in parts
        ]

    @property
    def owner(self) -> str:
        return self.organisation.name if self.organisation else "Lider"

    @property
    def helper(self) -> str:
        """Its owner, and that it is no kooperant."""
        return f"{self.owner} (zasób społeczności)" if self.is_community else self.owner
