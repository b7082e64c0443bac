"""Services of a card, and what was said of each in turn (REG §3.2–3.6)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel, in_order_if_known
from tenants.baskets.models.cards import Card
from tenants.baskets.workflow import ENTRY, UNDER_WAY, EntryState
from tenants.services.confirming import CYCLES, YEARLY, How
from tenants.services.described import Described


class Service(TenantModel):
    """A service of a card: what of it stands in the basket, and how true that is (REG §3.2–3.6).

    Three dates are apart: when its content changed, when somebody confirmed that it is true, when
    the Lider looked at it. Saving moves none of them but the first.
    """

    INSTITUTION = "card__organisation"
    PAGE, LIST_PAGE = "baskets:service", "baskets:basket"

    card = models.ForeignKey(Card, models.PROTECT, related_name="services")
    name = models.CharField(
        "nazwa usługi", max_length=200
    )  # of the entry in the basket, or the first
    cycle = models.PositiveSmallIntegerField(
        "jak często potwierdzać", choices=CYCLES, default=YEARLY
    )
    changed_on = models.DateField("treść zmieniona", null=True)
    confirmed_on = models.DateField("potwierdzona", null=True)
    due_on = models.DateField("do potwierdzenia", null=True)  # again, a cycle later
    confirmed_how = models.CharField(max_length=6, choices=How.choices, blank=True, default="")
    confirmed_by_name = models.CharField(max_length=200, blank=True, default="")
    reviewed_on = models.DateField("przejrzana przez Lidera", null=True)
    # A break that ends by itself (REG §3.6): its first and its last day.
    stopped_from = models.DateField("przerwa od", null=True)
    stopped_until = models.DateField("przerwa do", null=True)
    stopped_why = models.CharField("powód przerwy", max_length=300, blank=True, default="")
    ended_on = models.DateField("nie działa od", null=True)
    ended_why = models.CharField("powód zakończenia", max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            in_order_if_known("stopped_from", "stopped_until", name="service_break_in_order"),
            models.CheckConstraint(
                condition=Q(confirmed_on=None, due_on=None)
                | Q(due_on__isnull=False) & ~Q(confirmed_how="") & ~Q(confirmed_by_name=""),
                name="service_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def latest(self) -> "ServiceEntry":
        """The entry that was written last."""
        return self.entries.order_by("-number")[0]

    @property
    def followed(self) -> Any:
        """Its adoption, while it follows its master."""
        adoption = getattr(self, "adoption", None)
        return adoption if adoption is not None and adoption.detached_on is None else None

    def is_over(self, day: date) -> bool:
        """It is given no longer."""
        return self.ended_on is not None and self.ended_on <= day

    @property
    def has_ended(self) -> bool:
        return self.is_over(timezone.localdate())

    def is_due(self, day: date) -> bool:
        """It is to be confirmed again."""
        return self.ended_on is None and self.due_on is not None and self.due_on <= day

    def is_stopped(self, day: date) -> bool:
        """It has a break on the day, of which it comes back by itself."""
        begins, ends = self.stopped_from, self.stopped_until
        return begins is not None and begins <= day and (ends is None or day <= ends)


class ServiceEntry(Described, TenantModel):
    """A description of a service by its institution; one of them stands in the basket (REG §3.2)."""

    INSTITUTION = "service__card__organisation"
    WORKFLOW = ENTRY

    service = models.ForeignKey(Service, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField("numer")
    state = models.CharField(max_length=8, choices=EntryState.choices, default=EntryState.DRAFT)
    filed_on = models.DateField("przekazana", null=True)
    filed_by_name = models.CharField(max_length=200, blank=True, default="")
    # How whoever handed it in made sure that all of it is true; empty where they did not.
    confirmed_how = models.CharField(max_length=6, choices=How.choices, blank=True, default="")
    decided_on = models.DateField("rozpatrzona", null=True)
    decided_by_name = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField("co poprawić", max_length=1000, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="entry_number_once"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(state__in=sorted(UNDER_WAY)), name="entry_one_open"
            ),
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(state=EntryState.ACCEPTED),
                name="entry_one_in_basket",
            ),
            in_order_if_known("valid_from", "valid_until", name="entry_valid_in_order"),
            # Of a protected place nothing is kept that could be given away.
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(street="", postal_code=""),
                name="entry_protected_has_no_address",
            ),
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(seat={}), name="entry_protected_has_no_seat"
            ),
            models.CheckConstraint(
                condition=Q(places=None, waiting_days=None) | Q(counted_on__isnull=False),
                name="entry_counts_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def url_of(self, page: str = "") -> str:
        return self.service.url_of(page)
