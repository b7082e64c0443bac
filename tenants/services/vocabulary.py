"""All types of services that whoever asks may know: those of the file, and those that were added (REG §3.2)."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from kooperacja import offers
from tenants.services.types import ServiceType, areas, types


@dataclass(frozen=True, slots=True)
class GivesTypes(offers.Offer):
    """Gives the types that were added beside those of the file; few, since all are held in memory."""

    find: Callable[[], tuple[ServiceType, ...]]


# They change a few times a year, and every page that names a service asks for them.
REMEMBER_SECONDS = 5.0


class Remembered:
    """Added types as they were a few seconds ago at most, by whose they are (adr/0025)."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, tuple[ServiceType, ...]]] = {}

    def of(
        self, whose: str, read: Callable[[], tuple[ServiceType, ...]]
    ) -> tuple[ServiceType, ...]:
        known = self._known.get(whose)
        if known and time.monotonic() - known[0] < REMEMBER_SECONDS:
            return known[1]
        types_read = read()
        self._known[whose] = (time.monotonic(), types_read)
        return types_read

    def forget(self) -> None:
        """After a change in this process."""
        self._known.clear()


@dataclass(frozen=True)
class Vocabulary:
    """Types of services by area, those that were added after those of the file."""

    added: tuple[ServiceType, ...]

    @cached_property
    def types(self) -> tuple[ServiceType, ...]:
        order = {area: place for place, area in enumerate(areas())}
        return tuple(sorted((*types(), *self.added), key=lambda one: order[one.area]))

    @cached_property
    def _by_code(self) -> dict[str, ServiceType]:
        return {one.code: one for one in self.types}

    def of(self, code: str) -> ServiceType | None:
        """The type with this code, if there is one."""
        return self._by_code.get(code)

    def line(self, code: str) -> tuple[str, ...]:
        """The codes by which a service of a type is found: its own, and those of the broader ones."""
        codes = dict.fromkeys([code])
        while (one := self.of(code)) and one.broader and one.broader not in codes:
            code = one.broader
            codes[code] = None
        return tuple(codes)

    def shared(self, code: str) -> ServiceType | None:
        """The type as other units know it: itself, or the nearest broader one that is no unit's own."""
        line = map(self.of, self.line(code))
        return next((one for one in line if one and not one.is_own), None)

    def choices(self, kept: str = "") -> list[tuple[str, Any]]:
        """The types that a service may be given, under their areas; and the one that it has."""
        chosen = [one for one in self.types if not one.is_ended or one.code == kept]
        return [
            (area.name, [(one.code, one.name) for one in chosen if one.area == area])
            for area in areas()
        ]


def vocabulary() -> Vocabulary:
    """The types that are known now, where one is."""
    return _of(tuple(one for source in _sources() for one in source.find()))


# By the rows themselves, so that a type which was added or changed is seen at once.
@lru_cache(maxsize=32)
def _of(added: tuple[ServiceType, ...]) -> Vocabulary:
    return Vocabulary(added)


@cache
def _sources() -> tuple[GivesTypes, ...]:
    return offers.of(GivesTypes)


def known_types() -> Iterator[ServiceType]:
    """All of them, area by area."""
    return iter(vocabulary().types)


def type_of(code: str) -> ServiceType | None:
    """The type with this code, if there is one."""
    return vocabulary().of(code)
