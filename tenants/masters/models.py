"""Master cards: what an institution says once of services that many units take over (REG §3.2)."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from kooperacja.tenancy.models import SharedModel, in_order_if_known
from kooperacja.tenancy.urls import root_reverse
from tenants.registry.models import Tenant
from tenants.services.confirming import (
    CYCLES,
    ENOUGH_CALLS,
    SILENT_AFTER,
    YEARLY,
    How,
    latest_letter,
)
from tenants.services.described import Described


class MasterCard(SharedModel):
    """The card of an institution in the directory of the voivodeship; a REGON has one (REG §3.2)."""

    name = models.CharField("instytucja", max_length=300)
    regon = models.CharField("REGON", max_length=14, unique=True)
    begun_on = models.DateField("założona")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(regon=""), name="master_card_has_regon"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return self.url_of()

    def url_of(self, page: str = "") -> str:
        """The address of its only page."""
        return root_reverse("directory:master_card", self.pk)


class MasterKeeper(SharedModel):
    """A person who keeps a master card, or asked to be let in to it."""

    card = models.ForeignKey(MasterCard, models.PROTECT, related_name="keepers")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="kept_masters"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_in = models.CharField("jednostka", max_length=200)
    let_in_on = models.DateField("prowadzi od", null=True)
    let_in_by = models.CharField(max_length=200, blank=True, default="")
    ended_on = models.DateField("do", null=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "account"], condition=Q(ended_on=None), name="master_keeper_once"
            ),
            models.CheckConstraint(
                condition=Q(let_in_on=None, let_in_by="")
                | Q(let_in_on__isnull=False) & ~Q(let_in_by=""),
                name="master_keeper_let_in_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by="")
                | Q(ended_on__isnull=False) & ~Q(ended_by=""),
                name="master_keeper_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.card_id}"

    @property
    def is_waiting(self) -> bool:
        return self.let_in_on is None and self.ended_on is None


class MasterService(Described, SharedModel):
    """A service of a master card; its version counts all that was said of it, and units follow that.

    It has two of the three dates: when its content changed, when its keeper confirmed it. The third,
    when a Lider looked at it, each unit has of its own.
    """

    card = models.ForeignKey(MasterCard, models.PROTECT, related_name="services")
    cycle = models.PositiveSmallIntegerField(
        "jak często potwierdzać", choices=CYCLES, default=YEARLY, db_default=YEARLY
    )
    changed_on = models.DateField("treść zmieniona")
    confirmed_on = models.DateField("potwierdzona", null=True)
    # Empty of what was confirmed before other ways were kept: its keeper did.
    confirmed_how = models.CharField(
        max_length=6, choices=How.choices, blank=True, default="", db_default=""
    )
    confirmed_by_name = models.CharField(max_length=200, blank=True, default="")
    due_on = models.DateField("do potwierdzenia", null=True)
    silent_since = models.DateField("brak kontaktu od", null=True)
    stopped_from = models.DateField("przerwa od", null=True)
    stopped_until = models.DateField("przerwa do", null=True)
    stopped_why = models.CharField("powód przerwy", max_length=300, blank=True, default="")
    ended_on = models.DateField("nie działa od", null=True)
    ended_why = models.CharField("powód zakończenia", max_length=300, blank=True, default="")
    withdrawn_on = models.DateField("wycofana z katalogu", null=True)
    withdrawn_why = models.CharField("powód wycofania", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    PAGE: ClassVar[str] = "directory:master"

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            in_order_if_known("stopped_from", "stopped_until", name="master_break_in_order"),
            in_order_if_known("valid_from", "valid_until", name="master_valid_in_order"),
            models.CheckConstraint(
                condition=Q(confirmed_on=None, due_on=None, confirmed_by_name="")
                | Q(confirmed_on__isnull=False, due_on__isnull=False) & ~Q(confirmed_by_name=""),
                name="master_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(street="", postal_code=""),
                name="master_protected_has_no_address",
            ),
            models.CheckConstraint(
                condition=Q(is_protected=False) | Q(seat={}), name="master_protected_has_no_seat"
            ),
            models.CheckConstraint(
                condition=Q(places=None, waiting_days=None) | Q(counted_on__isnull=False),
                name="master_counts_have_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return self.url_of()

    def url_of(self, page: str = "") -> str:
        """The address of its page, or of its page of that name."""
        return root_reverse(f"{self.PAGE}_{page}" if page else self.PAGE, self.pk)

    def is_over(self, day: date) -> bool:
        """It is given no longer."""
        return self.ended_on is not None and self.ended_on <= day

    def is_offered(self, day: date) -> bool:
        """A unit may take it over."""
        return self.withdrawn_on is None and not self.is_over(day)

    def is_due(self, day: date) -> bool:
        """Its keeper is to confirm it; one that nobody ever confirmed waits from the first day."""
        return self.is_offered(day) and (self.due_on is None or self.due_on <= day)

    def confirm(self, on: date, how: str, by_name: str) -> tuple[str, ...]:
        """Take down who said that it is true, and how that is known; gives the columns to save."""
        self.confirmed_on, self.confirmed_how, self.confirmed_by_name = on, how, by_name
        self.silent_since = None
        self.due_again()
        return "confirmed_on", "confirmed_how", "confirmed_by_name", "due_on", "silent_since"

    def due_again(self) -> None:
        """It is to be confirmed again a cycle after the last time."""
        if self.confirmed_on is not None:
            self.due_on = self.confirmed_on + timedelta(days=self.cycle)


class MasterFollowing(SharedModel):
    """A unit that follows a service, up to the version that was brought there last."""

    service = models.ForeignKey(MasterService, models.PROTECT, related_name="followings")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="followed_masters")
    said_at = models.DateTimeField()  # when the unit said that it follows, or does no longer
    delivered = models.PositiveIntegerField(null=True)
    is_over = models.BooleanField(default=False)
    # It knows that the place is a protected one, whether it follows still or not.
    is_warned = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["service", "tenant"], name="master_following_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.service_id}"


class MasterCheck(SharedModel):
    """A round in which those who keep a master card are asked to confirm its services (REG §3.5.a)."""

    card = models.ForeignKey(MasterCard, models.PROTECT, related_name="checks")
    opened_on = models.DateField("od")
    closed_on = models.DateField("do", null=True)
    letters = models.PositiveSmallIntegerField("wiadomości", default=0)
    lettered_on = models.DateField("ostatnia kolej na wiadomość", null=True)

    class Meta:
        ordering = ["opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(closed_on=None), name="master_check_one_open"
            ),
            in_order_if_known("opened_on", "closed_on", name="master_check_opened_first"),
        ]

    def __str__(self) -> str:
        return f"Potwierdzanie usług: {self.card}"

    @property
    def url(self) -> str:
        return self.card.url

    def is_vain(self, day: date) -> bool:
        """Two attempts, or four letters and two weeks more, brought nothing."""
        has_waited = self.opened_on <= day - SILENT_AFTER and (
            self.lettered_on is None or self.lettered_on <= latest_letter(day)
        )
        return has_waited or self.calls.count() >= ENOUGH_CALLS


class MasterCall(SharedModel):
    """An attempt of the ROPS to reach the institution of a master card of which nothing came (REG §3.5.a)."""

    check_round = models.ForeignKey(MasterCheck, models.PROTECT, related_name="calls")
    called_on = models.DateField("kiedy")
    how = models.CharField("jak", max_length=6, choices=How.choices)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["called_on", "id"]

    def __str__(self) -> str:
        return f"Próba kontaktu: {self.get_how_display()}"


class MasterReport(SharedModel):
    """A mistake that a reader of some unit found in what a master holds; it names no reader (REG §3.6)."""

    service = models.ForeignKey(MasterService, models.PROTECT, related_name="reports")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="master_reports")
    text = models.CharField("co jest nie tak", max_length=1000)
    reported_on = models.DateField("zgłoszono")
    settled_on = models.DateField("załatwiono", null=True)
    settled_by_name = models.CharField(max_length=200, blank=True, default="")
    is_told = models.BooleanField(default=False)  # its unit knows that it was seen to

    class Meta:
        ordering = ["reported_on", "id"]
        constraints = [
            in_order_if_known("reported_on", "settled_on", name="master_report_settled_after"),
        ]

    def __str__(self) -> str:
        return f"Zgłoszony błąd: {self.service}"

    @property
    def url(self) -> str:
        return self.service.url
