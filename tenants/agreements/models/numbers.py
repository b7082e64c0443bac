"""Reference numbers of agreements: how they are given, and the register of them (POR-C signatures)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from tenants.agreements import rules
from tenants.agreements.models.agreements import LONGEST_NUMBER, Agreement


class NumberRuleQuerySet(models.QuerySet["NumberRule"]):
    """Rules of the office, one after another."""

    def newest(self) -> "NumberRule":
        """The rule that holds; before the office chose, the one with which it begins."""
        return self.order_by("-number").first() or NumberRule(number=0)


class NumberRule(TenantModel):
    """The way in which agreements get their numbers; a change is a new row."""

    APPEND_ONLY = True
    LIST_PAGE = "agreements:numbers"

    number = models.PositiveIntegerField(unique=True)
    # The office numbers its papers elsewhere (EZD), and types that number when it sends one.
    is_typed = models.BooleanField("numer nadaje EZD", default=False)
    pattern = models.CharField("wzór numeru", max_length=40, default=rules.NUMBER_PATTERN)
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField(default=timezone.now)

    objects = NumberRuleQuerySet.as_manager()

    def __str__(self) -> str:
        return "Numerowanie porozumień"

    @property
    def version(self) -> int:
        """The number, by which a form tells if another rule was set meanwhile."""
        return self.number


class NumberYear(TenantModel):
    """The series of a year; whoever gives a number of that year holds this row."""

    year = models.PositiveSmallIntegerField(unique=True)

    def __str__(self) -> str:
        return f"Numery porozumień z {self.year} r."


class AgreementNumber(TenantModel):
    """A number given to an agreement; a cancelled one stays and is given to no other."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="numbers")
    year = models.PositiveSmallIntegerField("rok")
    # Its place in the series of the year; none where the office typed its own.
    serial = models.PositiveIntegerField("kolejny numer", null=True)
    text = models.CharField("numer", max_length=LONGEST_NUMBER)
    given_on = models.DateField("nadano")
    cancelled_on = models.DateField("anulowano", null=True)
    reason = models.CharField("powód", max_length=500, blank=True, default="")

    class Meta:
        ordering = ["year", "given_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="agreement_serial_once"),
            models.UniqueConstraint(
                fields=["year", "text"],
                condition=Q(cancelled_on=None),
                name="agreement_number_once",
            ),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(cancelled_on=None), name="agreement_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, reason="")
                | Q(cancelled_on__isnull=False) & ~Q(reason=""),
                name="agreement_number_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Numer porozumienia {self.text}"

    @property
    def state(self) -> str:
        return "anulowany" if self.cancelled_on else "nadany"
