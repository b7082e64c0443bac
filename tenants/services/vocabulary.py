"""All types of services that whoever asks may know: those of the file, and those that were added (REG §3.2)."""

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
