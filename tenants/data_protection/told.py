"""How the journal says rows whose own words are a number."""

from collections.abc import Collection
from uuid import UUID

from tenants.data_protection.models import ProcessingAuthorisation


def authorisations(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = ProcessingAuthorisation.objects.filter(pk__in=ids).select_related("person")
    return {row.pk: f"{row}: {row.person}" for row in rows.order_by("pk")}
