"""Facets of the basket: what each service is found by, and how many each further choice leaves (REG §3.4)."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tenants.baskets.nearby import Nearby
from tenants.baskets.said import Seen
from tenants.baskets.wanted import YES, Wanted
from tenants.services.hours import DAYS
from tenants.services.terms import Group, ages_from, is_on_site
from tenants.services.vocabulary import vocabulary

HOURS = range(7, 22)
# It is found whatever is chosen there.
ANY = None
Values = Collection[str] | None
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Here:
    """The moment at which one asks, and what is around."""

    now: datetime
    nearby: Nearby = field(default_factory=Nearby)


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: the choices by which a service is found, and the facet that asks the same question.

    Day and hour are one question: neither is answered without the other.
    """

    values: Callable[[Seen, Wanted, Here], Values]
    asks: str = ""


class Match:
    """A service against all that was chosen: what keeps it out, and what else it would be found by."""

    def __init__(
        self, seen: Seen, wanted: Wanted, here: Here, asked: Iterable[tuple[str, str]]
    ) -> None:
        """`asked` are the choices that were made, the same for all services."""
        self.seen, self._wanted, self._here = seen, wanted, here
        self.fails = {
            FACETS[name].asks or name for name, choice in asked if not self._has(name, choice)
        }

    @property
    def may_be_narrowed(self) -> bool:
        """One that has a break leaves as soon as more than its name is asked for."""
        return bool(self._wanted.szukaj) or not self.seen.is_stopped

    def leaves(self, name: str) -> Values:
        """The choices of a facet that would leave it among the rest."""
        asks = FACETS[name].asks or name
        return self._values(name) if self.fails <= {asks} else ()

    def _has(self, name: str, choice: str) -> bool:
        values = self._values(name)
        return values is ANY or choice in values

    def _values(self, name: str) -> Values:
        return FACETS[name].values(self.seen, self._wanted, self._here)


def counts(matches: Iterable[Match], offered: Mapping[str, Iterable[str]]) -> Counts:
    """How many services each choice that is offered leaves, as long as the others stay as they are."""
    rows = [one for one in matches if one.may_be_narrowed and len(one.fails) < 2]
    return {name: _count(name, choices, rows) for name, choices in offered.items()}


def _count(name: str, choices: Iterable[str], rows: Iterable[Match]) -> Mapping[str, int]:
    found, everywhere = Counter[str](), 0
    for row in rows:
        values = row.leaves(name)
        if values is ANY:
            everywhere += 1
        else:
            found.update(values)
    return {choice: found[choice] + everywhere for choice in choices}


def _groups(seen: Seen, wanted: Wanted, here: Here) -> Values:
    """One for all is found by each group."""
    return ANY if Group.ALL in seen.entry.groups else seen.entry.groups


def _field(seen: Seen, wanted: Wanted, here: Here) -> Values:
    kind = seen.entry.type
    return (kind.area.code,) if kind else ()


def _town(seen: Seen, wanted: Wanted, here: Here) -> Values:
    """In its town; whoever comes home or answers the telephone is everywhere."""
    return (seen.town,) if is_on_site(seen.entry.ways) else ANY


def _served(seen: Seen, wanted: Wanted, here: Here) -> Values:
    """The gminas of the unit that it is for; all where its owner named none."""
    units = seen.entry.units
    if not units:
        return ANY
    return [code for code in here.nearby.gminas if code in units or code[:4] in units]


def _distance(seen: Seen, wanted: Wanted, here: Here) -> Values:
    """As far as its place; whoever comes home or answers the telephone is near to everybody.

    Of a protected place no distance is known.
    """
    if not is_on_site(seen.entry.ways):
        return ANY
    around = here.nearby
    return around.reached(around.origin(wanted.gmina), seen.seat_in(around.code))


def _age(seen: Seen, wanted: Wanted, here: Here) -> Values:
    return ages_from(seen.entry.age_from, seen.entry.age_until)


def _day(seen: Seen, wanted: Wanted, here: Here) -> Values:
    hours = seen.opening_hours
    minute = int(wanted.godzina) * 60 if wanted.godzina else None
    if hours is None:
        return ()
    return [str(day) for day in range(len(DAYS)) if hours.is_usually_open(day, minute)]


def _hour(seen: Seen, wanted: Wanted, here: Here) -> Values:
    hours = seen.opening_hours
    day = int(wanted.dzien) if wanted.dzien else None
    return [str(hour) for hour in hours.full_hours(day)] if hours else ()


def _now(seen: Seen, wanted: Wanted, here: Here) -> Values:
    hours = seen.opening_hours
    return (YES,) if seen.is_given and hours is not None and hours.is_open(here.now) else ()


def _places(seen: Seen, wanted: Wanted, here: Here) -> Values:
    has_places = bool(seen.entry.places) and seen.entry.counts_on(seen.day)
    return (YES,) if seen.is_given and has_places else ()


FACETS: dict[str, Facet] = {
    "dla": Facet(_groups),
    "dziedzina": Facet(_field),
    "rodzaj": Facet(lambda seen, wanted, here: vocabulary().line(seen.entry.type_code)),
    "gdzie": Facet(lambda seen, wanted, here: seen.entry.ways),
    "miejscowosc": Facet(_town),
    "gmina": Facet(_served),
    "odleglosc": Facet(_distance),
    "wiek": Facet(_age),
    "koszt": Facet(lambda seen, wanted, here: (seen.entry.cost,)),
    "jezyk": Facet(lambda seen, wanted, here: seen.entry.languages),
    "dostepnosc": Facet(lambda seen, wanted, here: seen.features),
    "dzien": Facet(_day, asks="kiedy"),
    "godzina": Facet(_hour, asks="kiedy"),
    "teraz": Facet(_now),
    "miejsca": Facet(_places),
}


def asked_by(wanted: Wanted) -> list[tuple[str, str]]:
    """The facets in which something was chosen, and what."""
    return [(name, choice) for name in FACETS if (choice := wanted.of(name))]
