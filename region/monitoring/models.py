"""Numbers, days and lines of the office that tenants published, and their freshness; no rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Max, Q, Sum

from kooperacja.indicators import TOTAL
from kooperacja.tenancy.models import SharedModel
from region.monitoring.rules import month_of

# (indicator, dimension) → the sum, and of how many units.
Sums = Mapping[tuple[str, str], tuple[int, int]]


class FigureQuerySet(models.QuerySet["Figure"]):
    """Reads of the published figures."""

    def newest(self, indicator: str) -> "FigureQuerySet":
        """Each tenant's figures of the last month it published."""
        return self.filter(
            indicator=indicator, period_on=F("tenant__publication__period_on")
        ).order_by()

    def sums(self, dimensions: Mapping[str, Iterable[str]], period_on: date) -> Sums:
        """The sums of these dimensions of these indicators in a month."""
        # Both are named, so that the index leads to this month past all the others.
        labels = {label for of_one in dimensions.values() for label in of_one}
        rows = self.filter(
            indicator__in=dimensions, dimension__in=sorted(labels), period_on=period_on
        ).order_by()
        sums = rows.values_list("indicator", "dimension").annotate(Sum("value"), Count("pk"))
        return {(code, label): (value, units) for code, label, value, units in sums}

    def publishers(self, indicator: str, months: Iterable[date]) -> dict[date, frozenset[UUID]]:
        """The tenants that published it in each of these months."""
        rows = self.filter(indicator=indicator, dimension=TOTAL, period_on__in=months).order_by()
        found: dict[date, set[UUID]] = {}
        for month, tenant in rows.values_list("period_on", "tenant_id"):
            found.setdefault(month, set()).add(tenant)
        return {month: frozenset(tenants) for month, tenants in found.items()}

    def trend(self, indicator: str, since: date) -> dict[date, int]:
        """Total by month, of as many tenants as the queryset holds."""
        rows = self.filter(indicator=indicator, dimension=TOTAL, period_on__gte=since).order_by()
        return dict(rows.values_list("period_on").annotate(Sum("value")))


class Figure(SharedModel):
    """One published number: of a tenant, an indicator, a month and a dimension ("" is the total)."""

    tenant = models.ForeignKey("registry.Tenant", on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    period_on = models.DateField()  # the first day of its month
    dimension = models.CharField(max_length=40, blank=True)
    value = models.BigIntegerField()
    computed_at = models.DateTimeField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        # By the column alone: the publishing login may not read the tenants.
        ordering = ["period_on", "tenant_id", "indicator", "dimension"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "indicator", "period_on", "dimension"], name="figure_once"
            ),
            models.CheckConstraint(condition=Q(period_on__day=1), name="figure_of_a_month"),
        ]
        indexes = [
            models.Index(
                fields=["indicator", "dimension", "period_on"], include=["value"], name="figure_sum"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.dimension} {self.period_on:%Y-%m}: {self.value}"


class PublishedDay(SharedModel):
    """One key day of a tenant's partnership, as it is known now."""

    tenant = models.ForeignKey("registry.Tenant", on_delete=models.PROTECT, related_name="key_days")
    code = models.CharField(max_length=60)
    day = models.DateField()

    class Meta:
        ordering = ["tenant_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="published_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.day}"


class PublishedLine(SharedModel):
    """One line about the office of a tenant's Lider, as it stands now; an institution's alone."""

    tenant = models.ForeignKey(
        "registry.Tenant", on_delete=models.PROTECT, related_name="office_lines"
    )
    code = models.CharField(max_length=60)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["tenant_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="published_line_once"),
            models.CheckConstraint(condition=~Q(text=""), name="published_line_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Reads of who published what and when."""

    def revision(self) -> int:
        """The number of the last change of any figure."""
        return self.aggregate(last=Max("revision"))["last"] or 0

    def month(self) -> date | None:
        """The month the region is in: the newest that anybody published."""
        last: date | None = self.aggregate(last=Max("period_on"))["last"]
        return last

    def fresh(self, today: date, catalogue: str) -> "PublicationQuerySet":
        """Publications of today: papers expire and versions come into force by day."""
        return self.filter(
            period_on__gte=month_of(today), computed_at__date__gte=today, catalogue=catalogue
        )


class Publication(SharedModel):
    """The freshness of a tenant's figures; the revision rises over the region with every change."""

    tenant = models.OneToOneField(
        "registry.Tenant", on_delete=models.PROTECT, related_name="publication"
    )
    revision = models.BigIntegerField(default=0)
    period_on = models.DateField(null=True)
    changed_at = models.DateTimeField(null=True)  # when a figure last differed
    computed_at = models.DateTimeField(null=True)  # when all were last computed
    catalogue = models.CharField(max_length=16, blank=True)  # digest of the catalogue then

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision"], condition=Q(revision__gt=0), name="publication_revision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.revision}"
