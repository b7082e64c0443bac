"""Reading the unit's own types of services in every process (adr/0025)."""

from kooperacja.tenancy.context import current_tenant_or_none
from tenants.baskets.models.own_types import OwnType
from tenants.services.types import ServiceType
from tenants.services.vocabulary import Remembered

_remembered = Remembered()


def own_types() -> tuple[ServiceType, ...]:
    """The types of the unit one is in, as they were a few seconds ago at most; none outside."""
    tenant = current_tenant_or_none()
    return _remembered.of(tenant.schema, _read) if tenant else ()


def _read() -> tuple[ServiceType, ...]:
    return tuple(row.as_type for row in OwnType.objects.order_by("added_on", "pk"))


def forget() -> None:
    """After a change of a type in this process."""
    _remembered.forget()
