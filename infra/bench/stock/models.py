"""A tenant and its host name, as django-tenants wants them."""

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class StockTenant(TenantMixin):
    """A schema that django-tenants makes and migrates; `save()` makes it at once."""

    code = models.CharField(max_length=6)

    @property
    def schema(self) -> str:
        """By this name our rows ask whose they are."""
        return str(self.schema_name)


class StockDomain(DomainMixin):
    """The host name under which it is served."""
