"""The region: its ROPS, how it came to be on this site, and what was done to it."""

from django.db import models
from django.db.models import Q

from kooperacja.audit.models import Via
from kooperacja.tenancy.models import SharedModel
from kooperacja.ui.text import dialled
from tenants.registry.rules import Impossible
from tenants.registry.workflow import RegionVerb


class Region(SharedModel):
    """The voivodeship of this site and its ROPS; there is one."""

    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=60)
    rops_name = models.CharField(max_length=200)
    # Read by units on every page that tells them to ask the region.
    rops_phone = models.CharField(max_length=40, blank=True, db_default="")
    rops_email = models.CharField(max_length=254, blank=True, db_default="")
    is_only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_only=True), name="region_is_only")]

    def __str__(self) -> str:
        return f"województwo {self.name}"

    @property
    def contact(self) -> str:
        """The telephone and the address of the ROPS in one line; empty where it gave none."""
        said = [
            f"telefon {self.rops_phone}" if self.rops_phone else "",
            f"e-mail {self.rops_email}" if self.rops_email else "",
        ]
        return ", ".join(filter(None, said))

    @property
    def dialled(self) -> str:
        """The telephone as a link dials it."""
        return dialled(self.rops_phone)

    @classmethod
    def here(cls) -> "Region":
        """The voivodeship of this site."""
        region = cls.objects.first()
        if region is None:
            raise Impossible(
                "Tu nie założono jeszcze województwa",
                "Osoba, która prowadzi ten serwis, zakłada je poleceniem `kooperacja found`.",
                status=404,
            )
        return region


class FirstRun(SharedModel):
    """The one link by which a site without a region may get one; only its token's hash is kept."""

    token_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField(auto_now=True)
    is_only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(is_only=True), name="first_run_is_only")]

    def __str__(self) -> str:
        return "pierwsze uruchomienie"


class RegionEntry(SharedModel):
    """One thing that somebody did to the region itself; it is never changed."""

    at = models.DateTimeField(auto_now_add=True)
    account_id = models.UUIDField(null=True)  # none: from the command line or the first page
    actor_name = models.CharField(max_length=200)
    via = models.CharField(max_length=4, choices=Via.choices)
    request_id = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=20, choices=RegionVerb.choices)
    about = models.CharField(max_length=300)
    # The adviser whom it is about, whose name and address may change.
    subject_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "region entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
