"""Gminas around the one that a reader chose (REG §3.4)."""

from tenants.registry.models import Unit
from tenants.registry.rules import UnitLevel
from tenants.services.distance import within


def near(origin: str, distance: str) -> list[str]:
    """The codes of gminas within a distance of one; where nobody knows its centre, by the powiat alone."""
    rows = Unit.objects.filter(level=UnitLevel.MUNICIPALITY, is_gone=False).order_by("code")
    known = list(rows.values_list("code", "latitude", "longitude"))
    centres = {
        code: (north, east) for code, north, east in known if north is not None and east is not None
    }
    return [code for code, *_ in known if distance in within(origin, code, centres)]
