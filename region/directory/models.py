"""Services that tenants list in the region's directory, cut to what each level may see (REG §3.4, §5.1.g)."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from kooperacja.tenancy.models import SharedModel
from tenants.services.hours import Hours, hours_of
from tenants.services.listed import LEADS_TO_PROTECTED, ListedFacts
from tenants.services.types import ServiceType
from tenants.services.vocabulary import type_of


def stopped_on(day: date) -> Q:
    """The condition that a service has a break on a day."""
    begun = Q(stopped_from__isnull=False, stopped_from__lte=day)
    return begun & (Q(stopped_until=None) | Q(stopped_until__gte=day))


def listed_on(day: date) -> Q:
    """The condition that a service is given on a day or will be; one with a break is among them."""
    return Q(withdrawn_at=None) & (Q(ends_on=None) | Q(ends_on__gte=day))


class ListedQuerySet(models.QuerySet["Listed"]):
    """Reads of what is listed."""

    def on(self, day: date) -> "ListedQuerySet":
        """Services that are given on a day or will be; one with a break is among them."""
        return self.filter(listed_on(day))

    def copies(self, masters: Iterable[UUID | None], day: date) -> "ListedQuerySet":
        """Services that units list on a day as copies of these of master cards."""
        return self.on(day).filter(copy_of__in=[one for one in masters if one is not None])

    def by_known_id(self) -> "ListedQuerySet":
        """One row of each service that programs know by one id: the newest of those still listed."""
        rows = self.with_known_id()
        order = (F("withdrawn_at").asc(nulls_first=True), "-content_changed_at", "pk")
        return rows.order_by("known_id", *order).distinct("known_id")

    def known_like(self, others: "ListedQuerySet") -> "ListedQuerySet":
        """Those that programs know by the id of one of the others."""
        ids = others.order_by().values(known=Coalesce("known_as", "id"))
        return self.with_known_id().filter(Q(known_id__in=ids))

    def with_known_id(self) -> "ListedQuerySet":
        """With the id by which programs know the service: copies of a master card share one."""
        return self.annotate(known_id=Coalesce("known_as", "id"))

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
    # What it is found by, taken out of the facts.
    sort_key = models.TextField(db_collation="C", default="", db_default="")
    title = models.TextField(default="", db_default="")  # its name and its owner's, folded
    marks = SearchVectorField(null=True)
    type_code = models.CharField(max_length=40, default="", db_default="")
    week = models.JSONField(null=True)  # its hours
    open_about = models.BinaryField(
        null=True
    )  # a bit for each quarter of a week in which it may be open
    begins_on = models.DateField(null=True)
    stopped_from = models.DateField(null=True)
    stopped_until = models.DateField(null=True)
    places_until = models.DateField(null=True)  # how long its free places say anything

    # As HSDS names them; a place is shared by the services of an institution at one address.
    organisation_id = models.UUIDField(null=True)
    location_id = models.UUIDField(null=True)

    copy_of = models.UUIDField(null=True)  # the service of a master card that it follows
    # The same, and still known once it was withdrawn: whoever harvests knows it by this id.
    known_as = models.UUIDField(null=True)
    units = 1  # that list copies of the same; counted where they are shown as one

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


def _found_by(prefix: str) -> list[models.Index]:
    """Indexes by which services are found: mistyped names, marks, and all of them by name."""
    return [
        GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name=f"{prefix}_title"),
        GinIndex(fields=["marks"], name=f"{prefix}_marks"),
        models.Index(
            fields=["sort_key", "id"], condition=Q(withdrawn_at=None), name=f"{prefix}_by_name"
        ),
        models.Index(
            fields=["copy_of"], condition=Q(copy_of__isnull=False), name=f"{prefix}_copies"
        ),
    ]


def _withdrawn_says_nothing(name: str) -> models.CheckConstraint:
    empty = Q(facts={}, ends_on=None)
    return models.CheckConstraint(
        condition=Q(withdrawn_at=None) & ~Q(facts={}) | Q(withdrawn_at__isnull=False) & empty,
        name=name,
    )


def _protected_has_no_place(name: str) -> models.CheckConstraint:
    """Nothing that leads to a shelter is kept, whatever a release cuts."""
    leads = Q(facts__has_any_keys=sorted(LEADS_TO_PROTECTED))
    return models.CheckConstraint(
        condition=~Q(facts__has_key="is_protected") | ~leads & Q(location_id=None), name=name
    )


class ListedService(Listed):
    """A service that anybody may see: the public pages and HSDS read this table and no other."""

    class Meta:
        ordering = ["id"]
        constraints = [
            _withdrawn_says_nothing("listed_withdrawn_says_nothing"),
            _protected_has_no_place("listed_protected_has_no_place"),
        ]
        indexes = [
            models.Index(fields=["revision"], name="listed_revision"),
            models.Index(fields=["content_changed_at", "id"], name="listed_changed"),
            models.Index(fields=["organisation_id", "id"], name="listed_organisation"),
            models.Index(fields=["location_id", "id"], name="listed_location"),
            models.Index(Coalesce("known_as", "id"), name="listed_known_id"),
            *_found_by("listed"),
        ]


class PartnersService(Listed):
    """A service that partners of the region may see; it may be public as well, with less of it."""

    class Meta:
        ordering = ["id"]
        constraints = [
            _withdrawn_says_nothing("partners_withdrawn_says_nothing"),
            _protected_has_no_place("partners_protected_has_no_place"),
        ]
        indexes = [
            models.Index(fields=["revision"], name="partners_revision"),
            *_found_by("partners"),
        ]


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
