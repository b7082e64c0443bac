"""The columns by which a listed service is found, taken out of its facts."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kooperacja.ui.polish import fold, sort_key
from tenants.services.hours import DAYS, Hours, hours_of
from tenants.services.hsds.frame import organisation_id
from tenants.services.hsds.places import location_id
from tenants.services.listed import ListedFacts
from tenants.services.said import COUNTED_DAYS
from tenants.services.terms import Group, Has
from tenants.services.types import type_of

Columns = Mapping[str, Any]
EMPTY: Columns = {
    "facts": {},
    "ends_on": None,
    "sort_key": "",
    "title": "",
    "words": "",
    "type_code": "",
    "tags": [],
    "week": None,
    "open_about": None,
    "begins_on": None,
    "stopped_from": None,
    "stopped_until": None,
    "places_until": None,
    "organisation_id": None,
    "location_id": None,
}


def columns_of(facts: ListedFacts, unit_code: str) -> Columns:
    """All that is kept of a service of a unit."""
    said = (facts.about, facts.area_words, facts.city, facts.access)
    return {
        "facts": facts.to_json(),
        "ends_on": facts.valid_until,
        "sort_key": sort_key(facts.name),
        "title": fold(f"{facts.name} {facts.owner_name}"),
        "words": fold(" ".join(said)),
        "type_code": facts.type_code,
        "tags": sorted(_tags(facts, unit_code)),
        "week": facts.hours,
        "open_about": _open_about(hours_of(facts.hours)),
        "begins_on": facts.valid_from,
        "stopped_from": facts.stopped_from,
        "stopped_until": facts.stopped_until,
        "places_until": _places_until(facts),
        "organisation_id": organisation_id(facts),
        "location_id": location_id(facts),
    }


def tag(kind: str, code: str) -> str:
    """The mark that a service and the choice of a reader share."""
    return f"{kind}:{code}"


def _tags(facts: ListedFacts, unit_code: str) -> Iterator[str]:
    known = type_of(facts.type_code)
    # One that names the units that it is for is found there, and not in the rest of its own.
    for code in facts.units or (unit_code,):
        yield tag("unit", code)
    yield from {tag("county", code[:4]) for code in (unit_code, *facts.units)}
    yield tag("cost", facts.cost)
    if known:
        yield tag("field", known.area.code)
    # One for all is found by each group.
    groups = Group.values if Group.ALL in facts.groups else facts.groups
    yield from (tag("group", one) for one in groups)
    yield from (tag("way", one) for one in facts.ways)
    yield from (tag("language", one) for one in facts.languages)
    yield from (tag("has", one) for one, has in facts.features.items() if has == Has.YES)


def quarter_of(day: int, minute: int) -> int:
    """The quarter of an hour of a week, which begins with Monday."""
    return day * _QUARTERS + minute // _MINUTES


_MINUTES, _QUARTERS = 15, 96


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


def _places_until(facts: ListedFacts) -> date | None:
    if not facts.places or facts.counted_on is None:
        return None
    return facts.counted_on + timedelta(days=COUNTED_DAYS)
