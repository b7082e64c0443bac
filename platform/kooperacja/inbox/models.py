"""The inbox of an account over all its tenants, and the outbox of the shared plane."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from kooperacja.outbox.models import OutboxMessage
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.models import SharedModel

if TYPE_CHECKING:
    from kooperacja.accounts.models import Account


class InboxItemQuerySet(models.QuerySet["InboxItem"]):
    """Lines of an inbox that their account may see."""

    def visible_to(self, account: "Account") -> "InboxItemQuerySet":
        """Lines of no tenant, and of tenants in which the account still holds access."""
        tenants = directory().tenant_ids_of(account)
        return self.filter(Q(tenant_id=None) | Q(tenant_id__in=tenants), account=account)

    def open_for(self, account: "Account") -> "InboxItemQuerySet":
        return self.visible_to(account).filter(done_at=None)

    def news(self) -> "InboxItemQuerySet":
        """Open lines of which no mail told yet, and a summary is to."""
        return self.filter(is_news=True, done_at=None, read_at=None)


class InboxItem(SharedModel):
    """One thing that waits for an account; no personal data but the account's own."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inbox_items"
    )
    # Copied, not joined: the list must read quickly and say what the tenant was called then.
    tenant_id = models.UUIDField(null=True)
    tenant_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=500)
    code = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    source_id = models.UUIDField()  # the message in an outbox that made it
    # No mail told of it yet; the summary of this day is to.
    is_news = models.BooleanField(default=False, db_default=False)
    summary_on = models.DateField(null=True)

    objects = InboxItemQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["account", "-created_at"],
                condition=Q(done_at__isnull=True),
                name="inbox_item_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["source_id", "account"], name="inbox_item_once"),
            # A path of this site, so that no line can lead elsewhere.
            models.CheckConstraint(
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
                name="inbox_item_own_path",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OutgoingMessage(OutboxMessage, SharedModel):
    """A message of the shared plane that waits in its outbox."""


class Summary(SharedModel):
    """One account's mail of a day about what came into its inbox."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="summaries"
    )
    day = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "summaries"
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="summary_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}"


class SummaryChoice(SharedModel):
    """An account's choice about the daily mail; without a row it gets one."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="summary_choice"
    )
    is_daily = models.BooleanField()
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.is_daily}"
