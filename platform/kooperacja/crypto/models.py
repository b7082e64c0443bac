"""The wrapped keys of tenants; the database is useless without the master key."""

from uuid import UUID

from django.db import models
from django.db.models.functions import Now

from kooperacja.tenancy.models import SharedModel

# Number 0 is the key of blind indexes: it never changes, or nobody would find anything.
INDEX_KEY = 0
# Whose keys seal the secrets of accounts, such as TOTP seeds: no tenant's, the site's.
SITE = UUID(int=0)


class TenantKey(SharedModel):
    """A key of a tenant, wrapped under a master key (REG §8.1)."""

    tenant_id = models.UUIDField()
    key_id = models.SmallIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)  # opens what it sealed, seals no more

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "key_id"], name="one_key_a_number"),
            models.CheckConstraint(
                condition=models.Q(key_id__gte=INDEX_KEY), name="key_numbers_from_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id}/{self.key_id}"


class FamilyKey(SharedModel):
    """A key of one family, wrapped under its tenant's key (REG §8.1).

    It lies outside the tenant's package, and has a backup of its own that is soon forgotten.
    """

    tenant_id = models.UUIDField()
    family_id = models.UUIDField()
    key_id = models.SmallIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "family_id", "key_id"], name="one_family_key_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(key_id__gte=1), name="family_key_numbers_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenant_id}/{self.family_id}/{self.key_id}"
