"""Places around a unit: which gmina is in it, which is near, as far as the region knows their centres (REG §3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from kooperacja.tenancy.context import current_tenant
from tenants.registry.models import Unit
from tenants.registry.rules import UnitLevel

GMINA, POWIAT = "GMINA", "POWIAT"
KILOMETRES = (10, 20, 40)
_EARTH_KM = 6371.0
_OF_COUNTY = 4

Centre = tuple[float, float]  # latitude and longitude


@dataclass(frozen=True, slots=True)
class Nearby:
    """The gminas of a unit by their codes, and the centres of all whose boundaries the region imported."""

    code: str = ""
    gminas: Mapping[str, str] = field(default_factory=dict)
    centres: Mapping[str, Centre] = field(default_factory=dict)

    def origin(self, chosen: str) -> str:
        """The gmina from which one sets out: the chosen one, else the unit itself; a powiat is none."""
        return chosen or (self.code if len(self.code) > _OF_COUNTY else "")

    def measures(self, chosen: str) -> bool:
        """Kilometres are known from there."""
        return self.origin(chosen) in self.centres

    def reached(self, origin: str, to: str) -> set[str]:
        """Each distance within which one gmina lies of another; none where nobody knows the other."""
        if not origin or not to:
            return set()
        steps = {POWIAT} if origin[:_OF_COUNTY] == to[:_OF_COUNTY] else set()
        steps |= {GMINA, *map(str, KILOMETRES)} if origin == to else set()
        if origin in self.centres and to in self.centres:
            far = kilometres(self.centres[origin], self.centres[to])
            steps |= {str(most) for most in KILOMETRES if far <= most}
        return steps


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


def kilometres(one: Centre, other: Centre) -> float:
    """As the crow flies, on a globe."""
    (first, east), (second, west) = (map(radians, centre) for centre in (one, other))
    half = sin((second - first) / 2) ** 2
    half += cos(first) * cos(second) * sin((west - east) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
