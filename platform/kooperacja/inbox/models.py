"""The inbox of an account over all its tenants, and the outbox of the shared plane."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from kooperacja.outbox.models import MailReturned, OutboxMessage
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


class InboxTaskQuerySet(models.QuerySet["InboxTask"]):
    """Tasks of accounts in their tenants."""

    def visible_to(self, account: "Account") -> "InboxTaskQuerySet":
        """Those of tenants in which the account still holds access."""
        return self.filter(account=account, tenant_id__in=directory().tenant_ids_of(account))


class InboxTask(SharedModel):
    """A task that a team gave an account, until it is closed: its number and day; the text stays in the tenant."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="inbox_tasks"
    )
    # Copied like those of a line: one query reads the list, however many units there are.
    tenant_id = models.UUIDField()
    tenant_name = models.CharField(max_length=200)
    subject_id = models.UUIDField()
    number = models.CharField(max_length=40)
    team = models.CharField(max_length=200)  # its kind alone
    url = models.CharField(max_length=500)
    due_on = models.DateField()

    objects = InboxTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["account", "due_on"], name="inbox_task_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "subject_id", "account"], name="inbox_task_once"
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"),
                name="inbox_task_own_path",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OutgoingMessage(OutboxMessage, SharedModel):
    """A message of the shared plane that waits in its outbox."""


class SentMail(SharedModel):
    """A mail of the shared plane that was handed to the mail server, for some days."""

    outbox_id = models.UUIDField(unique=True)
    account_id = models.UUIDField(null=True)
    email = models.EmailField()
    code = models.CharField(max_length=60)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="sent_mail_email")]

    def __str__(self) -> str:
        return self.code


class SharedReturned(MailReturned, SharedModel):
    """A mail of the shared plane that a server gave back, would not take, or keeps for later."""

    class Meta(MailReturned.Meta):
        verbose_name_plural = "shared returned"


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
