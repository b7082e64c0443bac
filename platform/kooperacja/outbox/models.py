"""A message that waits in the transaction's own database until somebody has handled it; a mail of it that came back."""

from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone


class OutboxMessage(models.Model):
    """One effect outside the transaction that asked for it; handled at least once."""

    if TYPE_CHECKING:
        id: Any
        objects: Any

    kind = models.CharField(max_length=30)
    # Emptied when done: it may hold an address or a link that should not be kept.
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    dedupe = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    available_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["available_at", "id"]
        indexes = [
            models.Index(
                fields=["available_at", "id"],
                condition=Q(done_at__isnull=True),
                name="%(app_label)s_%(class)s_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class MailReturned(models.Model):
    """The answer of a server that could not deliver a mail, or only later; once of each kind."""

    if TYPE_CHECKING:
        id: Any
        objects: Any

    outbox_id = models.UUIDField()
    account_id = models.UUIDField(null=True)
    email = models.EmailField()
    code = models.CharField(max_length=60)  # of the message
    is_final = models.BooleanField()  # else it is only late
    status = models.CharField(max_length=15, blank=True)
    said = models.CharField(max_length=200, blank=True)
    returned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-returned_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["outbox_id", "is_final"], name="%(app_label)s_%(class)s_once"
            )
        ]
        indexes = [models.Index(fields=["email"], name="%(app_label)s_%(class)s_email")]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"
