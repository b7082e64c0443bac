"""Searches that a reader of the basket keeps, to hear of what is new in them (REG §3.4)."""

from dataclasses import fields

from django.db import models

from kooperacja.tenancy.models import TenantModel
from tenants.baskets.wanted import Wanted

_KNOWN = {one.name for one in fields(Wanted)}


class SavedSearch(TenantModel):
    """Choices of the basket's filter under a name of the reader's own; nobody else sees it."""

    PAGE, LIST_PAGE = "baskets:search", "baskets:searches"
    MOST = 20  # of one reader

    # The account is in the shared plane, hence no foreign key.
    account_id = models.UUIDField(db_index=True)
    name = models.CharField("nazwa", max_length=100)
    choices = models.JSONField()  # by the names of the filter's fields
    known = models.JSONField(default=list)  # ids of services that its reader need not hear of
    news = models.JSONField(default=list)  # ids of those that came last
    news_on = models.DateField("nowe od", null=True)
    saved_on = models.DateField("zapisane")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["saved_on", "id"]

    def __str__(self) -> str:
        return "Zapisane szukanie"

    @property
    def wanted(self) -> Wanted:
        """The wish of its reader; choices of another release are left out."""
        return Wanted(**{name: one for name, one in self.choices.items() if name in _KNOWN})
