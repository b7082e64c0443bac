"""Files for the items of an agenda, and lists of items to begin an agenda from (REG §2.5)."""

from typing import Self

from django.db import models
from django.db.models.functions import Now

from kooperacja.crypto.fields import EncryptedJSONField
from kooperacja.documents.models import StoredFile
from kooperacja.tenancy.models import TenantModel
from tenants.meetings.models.meetings import AgendaItem
from tenants.teams.content import ContentField
from tenants.teams.kinds import KINDS, Kind
from tenants.teams.models import Team


class ItemPaperQuerySet(models.QuerySet["ItemPaper"]):
    """Papers of items."""

    def with_meeting(self) -> Self:
        """With all that says who may read them."""
        return self.select_related("item__meeting__team", "file")


class ItemPaper(TenantModel):
    """A file that those who come to a meeting read before an item."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    title = ContentField("tytuł")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())

    objects = ItemPaperQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="item_paper_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}, materiał {self.position}"  # its title may be a closed team's

    @property
    def team(self) -> Team:
        """The team under whose key its title lies."""
        return self.item.team


class AgendaTemplate(TenantModel):
    """A named list of items from which agendas of one kind of team begin."""

    LIST_PAGE = "meetings:templates"

    kind = models.CharField(
        max_length=11, choices=[(code, one.name) for code, one in KINDS.items()]
    )
    name = models.CharField("nazwa", max_length=200)
    # Each has a title, kind, minutes (or None) and presenter, as an item of an agenda has.
    items = EncryptedJSONField("punkty")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def law(self) -> Kind:
        return KINDS[self.kind]
