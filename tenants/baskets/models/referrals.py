"""Requests to take somebody into a service: a number, and nothing about the person (REG §3.4)."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import TenantModel, in_order_if_known
from tenants.baskets.models.services import Service
from tenants.baskets.models.shortlists import neutral_number
from tenants.baskets.workflow import REFERRAL, ReferralState
from tenants.people.models import Organisation

_ANSWERED = (
    ReferralState.ACCEPTED,
    ReferralState.DECLINED,
    ReferralState.NOT_OURS,
    ReferralState.DONE,
)


class Reason(models.TextChoices):
    """Reasons for which nobody more is taken in."""

    NO_PLACES = "NO_PLACES", "brak miejsc"
    CONDITIONS = "CONDITIONS", "warunki usługi nie są spełnione"
    AREA = "AREA", "usługa jest dla innego terenu"
    STOPPED = "STOPPED", "usługa ma przerwę albo się kończy"
    PAPERS = "PAPERS", "brakuje dokumentów albo decyzji"


class Referral(TenantModel):
    """An institution asks another to take somebody in, known to both by the number alone."""

    INSTITUTION = "service__card__organisation"
    WORKFLOW = REFERRAL
    PAGE, LIST_PAGE = "baskets:referral", "baskets:referrals"
    # After so many days it is reminded of, after so many it is overdue; neither closes it.
    REMIND_DAYS, LATE_DAYS = 10, 30

    number = models.PositiveIntegerField("numer", unique=True, default=neutral_number)
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    # Who asks; the Lider is no institution here.
    asking = models.ForeignKey(
        Organisation, models.PROTECT, related_name="service_referrals", null=True
    )
    state = models.CharField(
        max_length=9, choices=ReferralState.choices, default=ReferralState.ASKED
    )
    reason = models.CharField(
        "powód odmowy", max_length=10, choices=Reason.choices, blank=True, default=""
    )
    asked_on = models.DateField("zapytano")
    answered_on = models.DateField("odpowiedziano", null=True)
    closed_on = models.DateField("zamknięto", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["asked_on", "number"]
        constraints = [
            in_order_if_known("asked_on", "answered_on", name="referral_asked_first"),
            models.CheckConstraint(
                condition=Q(state__in=_ANSWERED, answered_on__isnull=False)
                | Q(state=ReferralState.ASKED, answered_on=None)
                | Q(state=ReferralState.WITHDRAWN),
                name="referral_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ReferralState.DECLINED) & ~Q(reason="")
                | ~Q(state=ReferralState.DECLINED) & Q(reason=""),
                name="referral_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Zapytanie o przyjęcie nr {self.number}"

    @property
    def asker(self) -> str:
        return self.asking.name if self.asking else "Lider"

    @property
    def late_on(self) -> date:
        """The last day on which an answer is in time."""
        return self.asked_on + timedelta(days=self.LATE_DAYS)

    @property
    def state_said(self) -> str:
        """odmowa: brak miejsc"""
        state = str(self.get_state_display())
        return f"{state}: {self.get_reason_display()}" if self.reason else state
