"""Services that tenants list in the region's directory, cut to what each level may see (REG §3.4, §5.1.g)."""

from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Max, Q

from kooperacja.tenancy.models import SharedModel
from tenants.services.hours import Hours, hours_of
from tenants.services.listed import ListedFacts
from tenants.services.types import ServiceType, type_of


class ListedQuerySet(models.QuerySet["Listed"]):
    """Reads of what is listed."""

    def on(self, day: date) -> "ListedQuerySet":
        """Services that are given on a day or will be; one with a break is among them."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), withdrawn_at=None)

    def revision(self) -> int:
        """The number of the last change."""
        return self.aggregate(last=Max("revision"))["last"] or 0


class Listed(SharedModel):
    """A service as its tenant lists it; its id is the service's own, wherever it is met.

    Once it is withdrawn, nothing but its id and the day are kept: whoever harvests learns that it went.
    """

    tenant = models.ForeignKey("registry.Tenant", on_delete=models.PROTECT, related_name="+")
    revision = models.BigIntegerField()  # rises over the region with every change
    content_changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)  # the last day on which it is given
    facts = models.JSONField(default=dict)

    objects = ListedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.facts.get("name", self.pk))

    @cached_property
    def said(self) -> ListedFacts:
        """The facts; only of one that was not withdrawn."""
        return ListedFacts.of_json(self.facts)

    @property
    def type(self) -> ServiceType | None:
        return type_of(self.said.type_code)

    @property
    def opening(self) -> Hours | None:
        """The hours; None where nobody said them."""
        return hours_of(self.said.hours)


def _withdrawn_says_nothing(name: str) -> models.CheckConstraint:
    empty = Q(facts={}, ends_on=None)
    return models.CheckConstraint(
        condition=Q(withdrawn_at=None) & ~Q(facts={}) | Q(withdrawn_at__isnull=False) & empty,
        name=name,
    )


class ListedService(Listed):
    """A service that anybody may see: the public pages and HSDS read this table and no other."""

    class Meta:
        ordering = ["id"]
        constraints = [_withdrawn_says_nothing("listed_withdrawn_says_nothing")]
        indexes = [
            models.Index(fields=["revision"], name="listed_revision"),
            models.Index(fields=["content_changed_at", "id"], name="listed_changed"),
        ]


class PartnersService(Listed):
    """A service that partners of the region may see; it may be public as well, with less of it."""

    class Meta:
        ordering = ["id"]
        constraints = [_withdrawn_says_nothing("partners_withdrawn_says_nothing")]
        indexes = [models.Index(fields=["revision"], name="partners_revision")]


class TenantListing(SharedModel):
    """The freshness of what a tenant lists."""

    tenant = models.OneToOneField(
        "registry.Tenant", on_delete=models.PROTECT, related_name="listing"
    )
    listed_at = models.DateTimeField(null=True)
    # Everything of it is to be read anew: after a restore, or when the directory is rebuilt.
    is_due = models.BooleanField(default=True)

    class Meta:
        ordering = ["tenant_id"]

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.listed_at}"
