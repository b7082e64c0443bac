"""Messages of a tenant that wait or were sent, reminders, and mails that somebody does not want."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kooperacja.outbox.models import MailReturned, OutboxMessage
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


class Returned(MailReturned, TenantModel):
    """A mail of this tenant that a server gave back, would not take, or keeps for later."""

    APPEND_ONLY = True

    class Meta(MailReturned.Meta):
        verbose_name_plural = "returned"


class AddressSettled(TenantModel):
    """Somebody looked into an address: what came back from it before counts no more."""

    APPEND_ONLY = True

    email = models.EmailField()
    settled_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-settled_at"]
        verbose_name_plural = "settled addresses"

    def __str__(self) -> str:
        return self.email


class Reminded(TenantModel):
    """A reminder of one thing that was undone; of one thing there are four at most."""

    APPEND_ONLY = True
    MOST: ClassVar[int] = 4

    object_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=60)  # reminds once
    reminded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["object_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["object_id", "number"], name="reminded_number_once"),
            models.UniqueConstraint(
                fields=["object_id", "occasion"], name="reminded_occasion_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=4), name="reminded_four_times_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_id} {self.number}"


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
