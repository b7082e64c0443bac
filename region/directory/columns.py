"""The columns by which a listed service is found, taken out of its facts."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kooperacja.ui.polish import fold, sort_key
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
    "begins_on": None,
    "stopped_from": None,
    "stopped_until": None,
    "places_until": None,
}


def columns_of(facts: ListedFacts, unit_code: str) -> Columns:
    """All that is kept of a service of a unit."""
    said = (facts.about, facts.area, facts.city, facts.access)
    return {
        "facts": facts.to_json(),
        "ends_on": facts.valid_until,
        "sort_key": sort_key(facts.name),
        "title": fold(f"{facts.name} {facts.owner_name}"),
        "words": fold(" ".join(said)),
        "type_code": facts.type_code,
        "tags": sorted(_tags(facts, unit_code)),
        "week": facts.hours,
        "begins_on": facts.valid_from,
        "stopped_from": facts.stopped_from,
        "stopped_until": facts.stopped_until,
        "places_until": _places_until(facts),
    }


def tag(kind: str, code: str) -> str:
    """The mark that a service and the choice of a reader share."""
    return f"{kind}:{code}"


def _tags(facts: ListedFacts, unit_code: str) -> Iterator[str]:
    known = type_of(facts.type_code)
    yield tag("unit", unit_code)
    yield tag("county", unit_code[:4])
    yield tag("cost", facts.cost)
    if known:
        yield tag("field", known.area.code)
    # One for all is found by each group.
    groups = Group.values if Group.ALL in facts.groups else facts.groups
    yield from (tag("group", one) for one in groups)
    yield from (tag("way", one) for one in facts.ways)
    yield from (tag("language", one) for one in facts.languages)
    yield from (tag("has", one) for one, has in facts.features.items() if has == Has.YES)


def _places_until(facts: ListedFacts) -> date | None:
    if not facts.places or facts.counted_on is None:
        return None
    return facts.counted_on + timedelta(days=COUNTED_DAYS)
