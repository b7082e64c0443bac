"""Campaigns in which the basket is confirmed, and what became of each card (REG §3.5.a)."""

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import TenantModel, in_order, in_order_if_known
from kooperacja.ui.polish import pl_date
from tenants.baskets.models.cards import Card
from tenants.baskets.workflow import CAMPAIGN, CampaignState


class Progress(models.TextChoices):
    """States of a card in a campaign."""

    TODO = "TODO", "do zrobienia"
    BEGUN = "BEGUN", "zaczęta"
    DONE = "DONE", "zrobiona"
    DENIED = "DENIED", "odmowa"
    SILENT = "SILENT", "brak kontaktu"


class Campaign(TenantModel):
    """A time in which the Lider sees to it that what falls due is confirmed (REG §3.5.a)."""

    WORKFLOW = CAMPAIGN
    PAGE, LIST_PAGE = "baskets:campaign", "baskets:campaigns"

    name = models.CharField("nazwa", max_length=200)
    from_on = models.DateField("od")
    until_on = models.DateField("do")
    state = models.CharField(
        max_length=8, choices=CampaignState.choices, default=CampaignState.DRAFT
    )
    started_on = models.DateField("rozpoczęta", null=True)
    finished_on = models.DateField("zakończona", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            in_order("from_on", "until_on", name="campaign_in_order"),
            in_order_if_known("started_on", "finished_on", name="campaign_started_first"),
            models.CheckConstraint(
                condition=Q(state=CampaignState.FINISHED, finished_on__isnull=False)
                | ~Q(state=CampaignState.FINISHED) & Q(finished_on=None),
                name="campaign_finished_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_finished(self) -> bool:
        return self.state == CampaignState.FINISHED

    @property
    def days_said(self) -> str:
        return f"{pl_date(self.from_on)} – {pl_date(self.until_on)}"


class CampaignCard(TenantModel):
    """The state of a card on the last day of its campaign, whatever becomes of it later (REG §3.5.a)."""

    INSTITUTION = "card__organisation"
    APPEND_ONLY = True

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="cards")
    card = models.ForeignKey(Card, models.PROTECT, related_name="+")
    progress = models.CharField("stan", max_length=6, choices=Progress.choices)
    services = models.PositiveIntegerField("usługi")
    settled = models.PositiveIntegerField("potwierdzone")
    contact = models.CharField("kontakt", max_length=1000, blank=True, default="")

    class Meta:
        ordering = ["campaign", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "card"], name="campaign_card_once")
        ]

    def __str__(self) -> str:
        return f"{self.card.owner}: {self.get_progress_display()}"
