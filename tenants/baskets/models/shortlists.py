"""Shortlists of services for a family: of services alone, and gone after a month (REG §3.4)."""

from secrets import randbelow
from typing import Any

from django.db import models

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.models.services import Service


def neutral_number() -> int:
    """Six digits that tell of nobody, nor how many came before."""
    return 100_000 + randbelow(900_000)


def free_number(rows: "models.Manager[Any]") -> int:
    """Such a number that none of these has."""
    while rows.filter(number=(number := neutral_number())).exists():
        pass
    return number


class Shortlist(TenantModel):
    """Services that somebody picked for a family; it names neither."""

    PAGE, LIST_PAGE = "baskets:shortlist", "baskets:shortlists"
    IS_PASSING = True
    # More would be no help to choose; in large type three of them fill a page.
    MOST = 6
    DAYS = 30

    number = models.PositiveIntegerField("numer", unique=True, default=neutral_number)
    changed_on = models.DateField("zmieniona")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["changed_on", "number"]

    def __str__(self) -> str:
        return f"Lista dla rodziny nr {self.number}"


class ShortlistItem(TenantModel):
    """A service on a shortlist, at its place."""

    INSTITUTION = "service__card__organisation"
    IS_PASSING = True

    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="items")
    service = models.ForeignKey(Service, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField("miejsce")

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "service"], name="shortlist_service_once")
        ]

    def __str__(self) -> str:
        return f"{self.shortlist}: {self.service}"
