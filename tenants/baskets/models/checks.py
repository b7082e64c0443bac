"""Rounds of asking if services are as described, and mistakes that readers tell of (REG §3.5–3.6)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from kooperacja.tenancy.models import TenantModel, in_order_if_known
from tenants.baskets.models.cards import Card
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import CHECK, CheckState
from tenants.services.confirming import How


class CardCheck(TenantModel):
    """A round in which the owner of a card is asked if its services are as described (REG §3.5.a)."""

    INSTITUTION = "card__organisation"
    WORKFLOW = CHECK
    LIST_PAGE = "baskets:checks"

    card = models.ForeignKey(Card, models.PROTECT, related_name="checks")
    opened_on = models.DateField("od")
    closed_on = models.DateField("do", null=True)
    state = models.CharField(max_length=6, choices=CheckState.choices, default=CheckState.OPEN)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=~Q(state=CheckState.DONE), name="check_one_open"
            ),
            in_order_if_known("opened_on", "closed_on", name="check_opened_first"),
        ]

    def __str__(self) -> str:
        return f"Potwierdzanie usług: {self.card.owner}"

    def url_of(self, page: str = "") -> str:
        """The pages of its card; without a name where its owner answers."""
        return self.card.url_of(page or "check")

    @property
    def call_url(self) -> str:
        return reverse("baskets:check_call", args=[self.pk])

    @property
    def deny_url(self) -> str:
        return reverse("baskets:check_deny", args=[self.pk])

    @property
    def waits(self) -> bool:
        """Nothing came of its owner yet."""
        return self.state in (CheckState.OPEN, CheckState.SILENT)


class CheckCall(TenantModel):
    """An attempt to reach the owner of a card of which nothing came (REG §3.5.a)."""

    INSTITUTION = "check_round__card__organisation"
    APPEND_ONLY = True

    check_round = models.ForeignKey(CardCheck, models.PROTECT, related_name="calls")
    called_on = models.DateField("kiedy")
    how = models.CharField("jak", max_length=6, choices=How.choices)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["called_on", "id"]

    def __str__(self) -> str:
        return f"Próba kontaktu: {self.get_how_display()}"


class ServiceReport(TenantModel):
    """A reader's word that something in the basket is wrong, until its keepers have seen to it."""

    INSTITUTION = "service__card__organisation"
    PAGE = "baskets:report"

    service = models.ForeignKey(Service, models.PROTECT, related_name="reports")
    text = models.CharField("co jest nie tak", max_length=1000)
    reported_on = models.DateField("zgłoszono")
    by_name = models.CharField("kto", max_length=200)
    # It concerns what the master holds, and those who keep that were told.
    is_of_master = models.BooleanField("przekazane do katalogu", default=False, db_default=False)
    settled_on = models.DateField("załatwiono", null=True)
    settled_by_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["reported_on", "id"]
        constraints = [
            in_order_if_known("reported_on", "settled_on", name="report_settled_after"),
        ]

    def __str__(self) -> str:
        return f"Zgłoszony błąd: {self.service}"
