"""Places around a unit: which gmina is in it, which is near, as far as the region knows their centres (REG §3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kooperacja.tenancy.context import current_tenant
from tenants.registry.models import Unit
from tenants.registry.rules import UnitLevel
from tenants.services.distance import OF_COUNTY, Centre, within


@dataclass(frozen=True, slots=True)
class Nearby:
    """The gminas of a unit by their codes, and the centres of all whose boundaries the region imported."""

    code: str = ""
    gminas: Mapping[str, str] = field(default_factory=dict)
    centres: Mapping[str, Centre] = field(default_factory=dict)

    def origin(self, chosen: str) -> str:
        """The gmina from which one sets out: the chosen one, else the unit itself; a powiat is none."""
        return chosen or (self.code if len(self.code) > OF_COUNTY else "")

    def measures(self, chosen: str) -> bool:
        """Kilometres are known from there."""
        return self.origin(chosen) in self.centres

    def reached(self, origin: str, to: str) -> set[str]:
        """Each distance within which one gmina lies of another; none where nobody knows the other."""
        return within(origin, to, self.centres)


def nearby() -> Nearby:
    """The gminas of the current unit, and all centres that are known; one query."""
    code = current_tenant().code
    gminas, centres = dict[str, str](), dict[str, Centre]()
    rows = Unit.objects.filter(level=UnitLevel.MUNICIPALITY, is_gone=False).order_by("code")
    for one in rows:
        if one.code.startswith(code):
            gminas[one.code] = one.label
        if one.latitude is not None and one.longitude is not None:
            centres[one.code] = (one.latitude, one.longitude)
    return Nearby(code, gminas, centres)
