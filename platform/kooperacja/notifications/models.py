"""Messages of a tenant that wait, mails that were sent, and mails that somebody does not want."""

from django.db import models

from kooperacja.outbox.models import OutboxMessage
from kooperacja.tenancy.models import TenantModel


class Outgoing(OutboxMessage, TenantModel):
    """A message of this tenant that waits in its outbox."""


class Delivery(TenantModel):
    """A mail that was handed to the mail server, with its address."""

    APPEND_ONLY = True

    outbox_id = models.UUIDField(unique=True)
    account_id = models.UUIDField(null=True)
    email = models.EmailField()
    code = models.CharField(max_length=60)
    sent_at = models.DateTimeField(auto_now_add=True)
    message_id = models.CharField(max_length=320)

    class Meta:
        ordering = ["-sent_at"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.code} {self.message_id}"


class Channel(models.TextChoices):
    """A way to reach a person that they may switch off."""

    EMAIL = "EMAIL", "e-mail"


class Preference(TenantModel):
    """An account's choice about a notification that is not obligatory; without a row it wants it."""

    account_id = models.UUIDField()
    code = models.CharField(max_length=60)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    is_on = models.BooleanField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "code", "channel"], name="preference_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.channel} {self.is_on}"
