"""Numbered editions of the basket, each as the Lider issued it (REG §3.3–3.4, §5.1.g)."""

from functools import cached_property

from django.db import models

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.models.services import ServiceEntry
from tenants.services.visibility import Visibility


class Edition(TenantModel):
    """An edition of the basket: the services that stood in it when the Lider issued it (REG §3.4)."""

    APPEND_ONLY = True
    PAGE, LIST_PAGE = "baskets:edition", "baskets:editions"

    number = models.PositiveIntegerField("numer", unique=True)
    issued_on = models.DateField("wydane")
    issued_by_name = models.CharField("kto wydał", max_length=200)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Wydanie nr {self.number} koszyka"

    @property
    def said_number(self) -> str:
        return str(self.number)

    @cached_property
    def before(self) -> "Edition | None":
        """The edition from which its changes are counted."""
        return Edition.objects.filter(number__lt=self.number).order_by("-number").first()


class EditionItem(TenantModel):
    """A service of an edition: its text, and who might see each part of it on that day.

    The text is that of the entry, which nobody edits once it was accepted; a stricter level that
    was told later stands in the entry, and counts.
    """

    APPEND_ONLY = True
    INSTITUTION = "entry__service__card__organisation"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="items")
    entry = models.ForeignKey(ServiceEntry, models.PROTECT, related_name="+")
    owner = models.CharField("kto pomaga", max_length=300)
    remarks = models.CharField("uwagi", max_length=1000, blank=True)
    confirmed_on = models.DateField("potwierdzona", null=True)
    sees_service = models.CharField(max_length=6, choices=Visibility.choices)
    sees_contact = models.CharField(max_length=6, choices=Visibility.choices)
    sees_place = models.CharField(max_length=6, choices=Visibility.choices)
    was_protected = models.BooleanField()

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "entry"], name="edition_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry}, {self.edition}"

    def url_of(self, page: str = "") -> str:
        return self.edition.url_of(page)
