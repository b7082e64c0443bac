"""Gaps of the basket: searches that found nothing, help that is sought or planned (REG §5.1.h)."""

from typing import Any

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import TenantModel, in_order_if_known
from kooperacja.ui.polish import pl_date
from tenants.accession.models.recruitment import Recruitment
from tenants.baskets.models.services import Service
from tenants.baskets.workflow import GAP, GapState
from tenants.services.terms import Group
from tenants.services.types import ServiceType
from tenants.services.vocabulary import type_of


class UnfoundSearch(TenantModel):
    """How often in a month words found nothing; nobody knows who looked for them."""

    month = models.DateField("miesiąc")  # its first day
    words = models.CharField("słowa", max_length=100)
    count = models.PositiveIntegerField("ile razy", default=0)

    class Meta:
        ordering = ["-month", "-count", "words"]
        constraints = [models.UniqueConstraint(fields=["month", "words"], name="unfound_once")]

    def __str__(self) -> str:
        return self.words


class Gap(TenantModel):
    """A type of help for a group that the basket lacks and the Lider sees to."""

    WORKFLOW = GAP
    PAGE, LIST_PAGE = "baskets:gap", "baskets:gaps_marked"

    type_code = models.CharField("rodzaj pomocy", max_length=40)
    group = models.CharField("dla kogo", max_length=16, choices=Group.choices)
    state = models.CharField(max_length=7, choices=GapState.choices, default=GapState.SOUGHT)
    opened_on = models.DateField("od")
    planned_on = models.DateField("planowana od", null=True)
    closed_on = models.DateField("zamknięty", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["type_code", "group"],
                condition=Q(state__in=sorted(GAP.open)),
                name="gap_one_open",
            ),
            in_order_if_known("opened_on", "closed_on", name="gap_opened_first"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(GAP.open), closed_on=None)
                | ~Q(state__in=sorted(GAP.open)) & Q(closed_on__isnull=False),
                name="gap_closed_once_over",
            ),
            models.CheckConstraint(
                condition=~Q(state=GapState.PLANNED) | Q(planned_on__isnull=False),
                name="gap_planned_for_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_said}: {self.get_group_display()}"

    def url_of(self, page: str = "") -> str:
        return super().url_of(page) if page else self.list_url()

    @property
    def filled_with(self) -> Any:
        """The service that closed it; None where nothing did, or nobody kept what."""
        filling = getattr(self, "filling", None)
        return filling and filling.service

    @property
    def type(self) -> ServiceType | None:
        return type_of(self.type_code)

    @property
    def is_open(self) -> bool:
        return self.state in GAP.open

    @property
    def state_said(self) -> str:
        """szukamy instytucji; planowana od 1 marca 2027 r."""
        state = str(self.get_state_display())
        is_planned = self.state == GapState.PLANNED and self.planned_on
        return f"{state} od {pl_date(self.planned_on)}" if is_planned else state

    @property
    def kind_said(self) -> str:
        return self.type.name if self.type else self.type_code


class GapFilling(TenantModel):
    """The accepted service that closed a gap."""

    APPEND_ONLY = True
    INSTITUTION = "service__card__organisation"

    gap = models.OneToOneField(Gap, models.PROTECT, related_name="filling")
    service = models.ForeignKey(Service, models.PROTECT, related_name="filled_gaps")

    def __str__(self) -> str:
        return f"{self.gap}: {self.service}"


class GapRecruitment(TenantModel):
    """An institution that was invited, or is recruited, to fill a gap."""

    APPEND_ONLY = True
    INSTITUTION = "recruitment__organisation"

    gap = models.ForeignKey(Gap, models.PROTECT, related_name="recruiting")
    recruitment = models.ForeignKey(Recruitment, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["gap", "recruitment"], name="gap_recruits_once")
        ]

    def __str__(self) -> str:
        return f"{self.gap}: {self.recruitment}"
