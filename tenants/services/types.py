"""Types of services under the 14 areas of the act of 19 July 2019, in everyday words (REG §3.2).

Those that every region has are read from `types.csv`, one line a type; a code, once published, stays.
All that whoever asks may know, the region's own among them, `tenants.services.vocabulary` gives.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

# In the order of art. 2(1) of the act.
_AREAS = {
    "polityka-prorodzinna": "polityka prorodzinna",
    "wspieranie-rodziny": "wspieranie rodziny",
    "piecza-zastepcza": "piecza zastępcza",
    "pomoc-spoleczna": "pomoc społeczna",
    "zdrowie": "promocja i ochrona zdrowia",
    "niepelnosprawnosc": "wspieranie osób niepełnosprawnych",
    "edukacja": "edukacja publiczna",
    "bezrobocie": "przeciwdziałanie bezrobociu",
    "kultura": "kultura",
    "sport-turystyka": "kultura fizyczna i turystyka",
    "aktywnosc-obywatelska": "pobudzanie aktywności obywatelskiej",
    "mieszkalnictwo": "mieszkalnictwo",
    "srodowisko": "ochrona środowiska",
    "reintegracja": "reintegracja zawodowa i społeczna",
}


@dataclass(frozen=True, slots=True)
class Area:
    """One of the statutory areas of social services."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ServiceType:
    """A kind of help that people ask for: its name, the other words for it, a sentence about it."""

    code: str
    area: Area
    name: str
    synonyms: tuple[str, ...]
    about: str
    see_also: tuple[str, ...]  # codes of types that are taken for this one, or go with it
    everyday: tuple[str, ...] = ()  # words of people that find it, and are no name of it
    broader: str = ""  # the code of the type that it is a part of
    is_ended: bool = False  # no service is given it any more
    is_own: bool = False  # of one unit, which alone knows it

    @property
    def words(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)


def own_kept(one: ServiceType) -> dict[str, Any]:
    """A unit's own type in plain JSON, for those who don't know it."""
    plain = ("code", "name", "about", "broader", "is_ended")
    kept = {name: getattr(one, name) for name in plain} | {"area": one.area.code}
    return kept | {"synonyms": list(one.synonyms), "everyday": list(one.everyday)}


def own_of(kept: Mapping[str, Any]) -> ServiceType:
    """The same read back."""
    area = next(area for area in areas() if area.code == kept["area"])
    words = {name: tuple(kept[name]) for name in ("synonyms", "everyday")}
    return ServiceType(**{**kept, "area": area, **words}, see_also=(), is_own=True)


@cache
def areas() -> tuple[Area, ...]:
    """All areas in the order of the act."""
    return tuple(Area(code, name) for code, name in _AREAS.items())


@cache
def types() -> tuple[ServiceType, ...]:
    """The types of the file, area by area."""
    text = files(__package__).joinpath("types.csv").read_text(encoding="utf-8")
    known = {area.code: area for area in areas()}
    return tuple(
        ServiceType(
            code=line["code"],
            area=known[line["area"]],
            name=line["name"],
            synonyms=_several(line["synonyms"]),
            about=line["about"],
            see_also=_several(line["see_also"]),
        )
        for line in csv.DictReader(text.splitlines())
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
