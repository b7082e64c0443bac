"""Distances between gminas, as far as the region knows their centres (REG §3.4)."""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

GMINA, POWIAT = "GMINA", "POWIAT"
KILOMETRES = (10, 20, 40)
WITHIN = ((GMINA, "w tej samej gminie"), (POWIAT, "w tym samym powiecie"))
_EARTH_KM = 6371.0
OF_COUNTY = 4  # digits of its code

Centre = tuple[float, float]  # latitude and longitude


def within(origin: str, to: str, centres: Mapping[str, Centre]) -> set[str]:
    """Each distance within which one gmina lies of another; none where nobody knows the other."""
    if not origin or not to:
        return set()
    steps = {POWIAT} if origin[:OF_COUNTY] == to[:OF_COUNTY] else set()
    steps |= {GMINA, *map(str, KILOMETRES)} if origin == to else set()
    if origin in centres and to in centres:
        far = kilometres(centres[origin], centres[to])
        steps |= {str(most) for most in KILOMETRES if far <= most}
    return steps


def kilometres(one: Centre, other: Centre) -> float:
    """As the crow flies, on a globe."""
    (first, east), (second, west) = (map(radians, centre) for centre in (one, other))
    half = sin((second - first) / 2) ** 2
    half += cos(first) * cos(second) * sin((west - east) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))
