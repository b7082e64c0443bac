"""Reading the region's types in every process, from the shared plane (adr/0025)."""

from tenants.region_types.models import RegionType
from tenants.services.types import ServiceType
from tenants.services.vocabulary import Remembered

_remembered = Remembered()


def region_types() -> tuple[ServiceType, ...]:
    """The region's types as they were a few seconds ago at most."""
    return _remembered.of("", _read)


def _read() -> tuple[ServiceType, ...]:
    return tuple(row.as_type for row in RegionType.objects.order_by("added_on", "pk"))


def forget() -> None:
    """After a change of a type in this process."""
    _remembered.forget()
