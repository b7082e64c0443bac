"""One account a person, in however many tenants they work."""

import json
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from kooperacja.crypto.shared import open_shared, seal_shared
from kooperacja.tenancy.models import SharedModel


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; e-mail addresses are kept in lower case."""

    def create_user(self, *, email: str, full_name: str, password: str | None = None) -> "Account":
        account = self.model(email=email.strip().lower(), full_name=full_name.strip())
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(SharedModel, AbstractBaseUser):
    """A person who signs in; what they may do where is said by their accesses."""

    email = models.EmailField()
    full_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Sessions begun before this moment are over (a role, password or factor changed).
    sessions_valid_from = models.DateTimeField(null=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.full_name


class Attempts(SharedModel):
    """Attempts of one kind since the first that still counts (security.md)."""

    id = None  # type: ignore[assignment]  # nothing points at a counter, which its key names
    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}…: {self.count}"


class TokenScope(models.TextChoices):
    """The right of a program to act in somebody's name."""

    REGION_READ = "REGION_READ", "dane województwa: odczyt"
    TENANT_READ = "TENANT_READ", "dane jednostki: odczyt"
    TENANT_WRITE = "TENANT_WRITE", "dane jednostki: odczyt i zapis"


class ApiToken(SharedModel):
    """A key with which a program works in an account's name; only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=12, choices=TokenScope.choices)
    tenant_id = models.UUIDField(null=True)
    prefix = models.CharField(max_length=12, db_index=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope=TokenScope.REGION_READ, tenant_id__isnull=True)
                | (~Q(scope=TokenScope.REGION_READ) & Q(tenant_id__isnull=False)),
                name="api_token_region_or_tenant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class CalendarFeed(SharedModel):
    """An address at which a calendar reads an account's days; only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="feeds")
    prefix = models.CharField(max_length=12, db_index=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_feed_one_live",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…"


class DraftFields(models.Model):
    """A form that somebody was filling in, by the address of its page (with its query)."""

    path = models.CharField(max_length=300)
    # Sent by itself, after the session had ended.
    is_late = models.BooleanField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.path


class AccountDraft(DraftFields, SharedModel):
    """The draft of a form outside tenants, sealed with the site's key."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="drafts")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "path", "is_late"], name="account_draft_once"
            )
        ]

    @property
    def values(self) -> Any:
        return json.loads(open_shared(bytes(self.sealed), purpose=_DRAFT, owner_id=self.pk))

    @values.setter
    def values(self, values: Any) -> None:
        self.sealed = seal_shared(json.dumps(values).encode(), purpose=_DRAFT, owner_id=self.pk)


_DRAFT = "draft"
