"""The journal of a tenant, written once and sealed by a hash chain (security.md)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel


class Via(models.TextChoices):
    """The way by which something was done."""

    WEB = "WEB", "strona"
    API = "API", "API"
    TASK = "TASK", "zadanie w tle"
    CLI = "CLI", "wiersz poleceń"


class Entry(TenantModel):
    """One thing that somebody did or read; holds no personal data of families."""

    APPEND_ONLY = True

    at = models.DateTimeField(default=timezone.now)
    account_id = models.UUIDField(null=True)  # none: the system itself
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)  # codes of the roles held, by commas
    via = models.CharField(max_length=4, choices=Via.choices)
    request_id = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.UUIDField(null=True)
    object_label = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_entry_newest"),
            models.Index(fields=["object_id"], name="audit_entry_object"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(via__in=Via.values), name="audit_entry_via")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class Seal(TenantModel):
    """The link of the chain that holds one entry; written by a trigger at commit, never by code."""

    APPEND_ONLY = True

    id = None  # type: ignore[assignment]  # its number is its key
    seq = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    hash = models.BinaryField()

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return str(self.seq)


class Chain(TenantModel):
    """The end of a tenant's chain and whose it is; moved by the seal alone, for which commits wait."""

    id = None  # type: ignore[assignment]  # there is one
    is_only = models.BooleanField(primary_key=True, default=True)
    unit = models.CharField(max_length=100, blank=True)  # the schema of its first seal of this kind
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        ordering = ["is_only"]
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="audit_chain_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.seq}"
