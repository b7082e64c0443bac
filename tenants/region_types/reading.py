"""Reading the region's types in every process, from the shared plane (adr/0025)."""

import time

from tenants.region_types.models import RegionType
from tenants.services.types import ServiceType

# They change a few times a year, and every page that names a service asks for them.
REMEMBER_SECONDS = 5.0
_known: list[tuple[float, tuple[ServiceType, ...]]] = []


def region_types() -> tuple[ServiceType, ...]:
    """The region's types as they were a few seconds ago at most."""
    if _known and time.monotonic() - _known[0][0] < REMEMBER_SECONDS:
        return _known[0][1]
    found = tuple(row.as_type for row in RegionType.objects.order_by("added_on", "pk"))
    _known[:] = [(time.monotonic(), found)]
    return found


def forget() -> None:
    """After a change of a type in this process."""
    _known.clear()
