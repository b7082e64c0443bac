"""The columns by which a listed service is found, taken out of its facts."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kooperacja.ui.polish import fold, sort_key
from region.directory.marks import ANY, kept, mark, words_marked
from tenants.services.distance import OF_COUNTY
from tenants.services.hours import DAYS, Hours, hours_of
from tenants.services.hsds.frame import organisation_id
from tenants.services.hsds.places import location_id
from tenants.services.listed import ListedFacts
from tenants.services.said import COUNTED_DAYS
from tenants.services.terms import Group, Has, ages_from, is_on_site
from tenants.services.types import own_of
from tenants.services.vocabulary import vocabulary

Columns = Mapping[str, Any]
EMPTY: Columns = {
    "facts": {},
    "ends_on": None,
    "sort_key": "",
    "title": "",
    "marks": None,
    "type_code": "",
    "week": None,
    "open_about": None,
    "begins_on": None,
    "stopped_from": None,
    "stopped_until": None,
    "places_until": None,
    "organisation_id": None,
    "location_id": None,
    "copy_of": None,
}


def columns_of(facts: ListedFacts, unit_code: str, master_id: UUID | None = None) -> Columns:
    """All that is kept of a service of a unit."""
    opening = _open_about(hours_of(facts.hours))
    return {
        "facts": facts.to_json(),
        "ends_on": facts.valid_until,
        "sort_key": sort_key(facts.name),
        "title": fold(f"{facts.name} {facts.owner_name}"),
        "marks": kept({*_words_of(facts), *_marks(facts, unit_code), *_open_in(opening)}),
        "type_code": facts.type_code,
        "week": facts.hours,
        "open_about": opening,
        "begins_on": facts.valid_from,
        "stopped_from": facts.stopped_from,
        "stopped_until": facts.stopped_until,
        "places_until": _places_until(facts),
        "organisation_id": organisation_id(facts),
        "location_id": location_id(facts),
        "copy_of": master_id,
        "known_as": master_id,
    }


def _words_of(facts: ListedFacts) -> set[str]:
    own = own_of(facts.own_type) if facts.own_type else None
    words = (*own.words, *own.everyday) if own else ()
    said = (facts.about, facts.area_words, facts.city, facts.access, *words)
    return words_marked((facts.name, facts.owner_name), said)


def _marks(facts: ListedFacts, unit_code: str) -> Iterator[str]:
    known = vocabulary().of(facts.type_code)
    # One that names the units that it is for is found there, and not in the rest of its own.
    for code in facts.units or (unit_code,):
        yield mark("unit", code)
    yield from {mark("county", code[:4]) for code in (unit_code, *facts.units)}
    yield from (mark("type", code) for code in vocabulary().line(facts.type_code))
    yield mark("cost", facts.cost)
    own = own_of(facts.own_type) if facts.own_type else None
    if one := own or known:
        yield mark("field", one.area.code)
    if own:
        yield mark("type", own.code)
    # One for all is found by each group.
    groups = Group.values if Group.ALL in facts.groups else facts.groups
    yield from (mark("group", one) for one in groups)
    ages = ages_from(facts.age_from, facts.age_until)
    yield from (mark("age", one) for one in ([ANY] if ages is None else ages))
    if seat := _seat(facts, unit_code):
        yield mark("seat", seat)
    yield from (mark("way", one) for one in facts.ways)
    yield from (mark("language", one) for one in facts.languages)
    yield from (mark("has", one) for one, has in facts.features.items() if has == Has.YES)


def _seat(facts: ListedFacts, unit_code: str) -> str:
    """The gmina in which one must come to it; whoever comes home or answers the telephone is anywhere.

    Of a protected place, and of one that nobody placed, none is known.
    """
    if not is_on_site(facts.ways):
        return ANY
    if facts.seat:
        return str(next(iter(facts.seat)))
    return unit_code if facts.city and len(unit_code) > OF_COUNTY else ""


def quarter_of(day: int, minute: int) -> int:
    """The quarter of an hour of a week, which begins with Monday."""
    return day * _QUARTERS + minute // _MINUTES


def part_of(day: int, minute: int) -> str:
    """The part of a week, three hours long, in which a minute lies."""
    return str(quarter_of(day, minute) // _IN_PART)


_MINUTES, _QUARTERS, _IN_PART = 15, 96, 12


def _open_about(hours: Hours | None) -> bytes | None:
    """Quarters in which it is open on some such day, also for a minute: what else there is can't be."""
    if hours is None:
        return None
    days = [
        *enumerate(hours.week),
        *((one.on.weekday(), one.intervals) for one in hours.exceptions),
    ]
    bits = bytearray(len(DAYS) * _QUARTERS // 8)
    for day, intervals in days:
        for one in intervals:
            for quarter in range(quarter_of(day, one.begins), quarter_of(day, one.ends - 1) + 1):
                bits[quarter // 8] |= 1 << quarter % 8
    return bytes(bits)


def _open_in(about: bytes | None) -> Iterator[str]:
    """The parts of a week in which a service may be open."""
    bits = int.from_bytes(about or b"", "little")
    parts = range(len(DAYS) * _QUARTERS // _IN_PART)
    return (mark("open", str(one)) for one in parts if bits >> one * _IN_PART & 2**_IN_PART - 1)


def _places_until(facts: ListedFacts) -> date | None:
    if not facts.places or facts.counted_on is None:
        return None
    return facts.counted_on + timedelta(days=COUNTED_DAYS)
