"""Drafts of a tenant's forms."""

from django.db import models

from kooperacja.accounts.models import DraftFields
from kooperacja.crypto.fields import EncryptedJSONField
from kooperacja.tenancy.models import TenantModel


class Draft(DraftFields, TenantModel):
    """The draft of a form of this tenant, for the person of one account alone."""

    IS_PASSING = True

    account_id = models.UUIDField()
    values = EncryptedJSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "path", "is_late"], name="draft_once")
        ]
