"""The name of a tenant in addresses: short, unique in the site, never changed afterwards."""

import re
from collections.abc import Collection, Iterable

from kooperacja.ui.polish import fold
from tenants.registry.models import Unit
from tenants.registry.rules import MUNICIPAL_RODZ, UnitLevel

MAX_LENGTH = 80


def slug_for(unit: Unit, *, units: Iterable[Unit], taken: Collection[str]) -> str:
    """The shortest name that no other unit of the region could have, and no tenant has.

    Judged against all units and not the tenants alone, so it does not depend on who came first.
    """
    own = _choices(unit)
    others = [_choices(other) for other in units if other.code != unit.code]
    for place, choice in enumerate(own):
        if choice not in taken and all(choice != other[place] for other in others):
            return choice
    return own[-1]


def _choices(unit: Unit) -> tuple[str, str, str]:
    """From the shortest to the one that is nobody else's, as it ends with the code."""
    name = _plain(unit.name)
    if unit.level == UnitLevel.MUNICIPALITY:
        kind = f"{name}-{_plain(MUNICIPAL_RODZ[unit.rodz])}"
    else:
        kind = f"powiat-{name}"
    return name or unit.code, kind, f"{name}-{unit.code}".lstrip("-")


def _plain(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return words[: MAX_LENGTH - 21].strip("-")  # room for "-gmina-miejsko-wiejska"
