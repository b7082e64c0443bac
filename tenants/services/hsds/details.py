"""The parts of a service that stand in lists of their own: telephones, hours, places, papers."""

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from tenants.services.hsds import places, times
from tenants.services.hsds.frame import Entry, Frame
from tenants.services.hsds.parts import Json, given, mail_address, moment, own_id, part_id
from tenants.services.hsds.taxonomies import (
    GROUPS,
    TYPES,
    WAYS,
    Taxonomy,
    Term,
    of_own,
    term_json,
    term_of,
)
from tenants.services.terms import Cost, Language

_UNIT = {"id": str(own_id("unit", "place")), "name": "miejsce"}


def details(entry: Entry, frame: Frame) -> Json:
    """All of them; those with nothing in them are empty."""
    return {
        "phones": _phones(entry),
        "schedules": times.schedules(entry),
        "service_areas": _areas(entry),
        "service_at_locations": _at_places(entry),
        "languages": _languages(entry),
        "cost_options": _cost_options(entry),
        "required_documents": _papers(entry),
        "contacts": _contacts(entry),
        "capacities": _capacities(entry, frame),
        "attributes": list(_attributes(entry, frame)),
    }


def _phones(entry: Entry) -> list[Json]:
    number = entry.facts.phone
    phone = {"id": part_id(entry.id, "phone"), "number": number, "type": "voice"}
    return [phone] if number else []


def _areas(entry: Entry) -> list[Json]:
    """Those of all units that list it, each once."""
    everywhere = (area for one in (entry, *entry.elsewhere) for area in places.service_areas(one))
    return list({area["id"]: area for area in everywhere}.values())


def _at_places(entry: Entry) -> list[Json]:
    """Its place in each unit that lists it."""
    return [
        places.service_at_location(one, is_full=True)
        for one in (entry, *entry.elsewhere)
        if places.location_id(one.facts) is not None
    ]


def _languages(entry: Entry) -> list[Json]:
    return [
        {"id": part_id(entry.id, "language", one), "name": str(one.label), "code": one.value}
        for one in Language
        if one in entry.facts.languages
    ]


def _cost_options(entry: Entry) -> list[Json]:
    facts = entry.facts
    if not facts.cost:
        return []
    option = given(
        id=part_id(entry.id, "cost"),
        option=str(Cost(facts.cost).label),
        amount_description=facts.cost_about,
    )
    free = {"currency": "PLN", "amount": 0} if facts.cost == Cost.FREE else {}
    return [{**option, **free}]


def _papers(entry: Entry) -> list[Json]:
    """Each line is a paper."""
    lines = filter(None, map(str.strip, entry.facts.papers.splitlines()))
    return [
        {"id": part_id(entry.id, "document", line), "document": line}
        for line in dict.fromkeys(lines)
    ]


def _contacts(entry: Entry) -> list[Json]:
    """A person whom the owner of the card chose to name to everybody."""
    facts = entry.facts
    if not facts.contact_name:
        return []
    pk, email = part_id(entry.id, "contact"), mail_address(facts.email)
    return [given(id=pk, name=facts.contact_name, email=email)]


def _capacities(entry: Entry, frame: Frame) -> list[Json]:
    facts = entry.facts
    if facts.places is None or facts.counted_on is None or not frame.is_counted(facts):
        return []
    counted_at = datetime.combine(facts.counted_on, time(), ZoneInfo(times.TIMEZONE))
    capacity = {"id": part_id(entry.id, "capacity"), "unit": _UNIT, "available": facts.places}
    return [{**capacity, "updated": moment(counted_at)}]


def _attributes(entry: Entry, frame: Frame) -> Iterator[Json]:
    """Its type, the groups that it is for and the ways in which it is given."""
    facts = entry.facts
    codes: dict[Taxonomy, tuple[str, ...]] = {GROUPS: facts.groups, WAYS: facts.ways}
    others = (term_of(taxonomy, code) for taxonomy, chosen in codes.items() for code in chosen)
    for term in filter(None, (_type(entry, frame), *others)):
        yield {
            "id": part_id(entry.id, "attribute", str(term.id)),
            "link_type": term.taxonomy.link_type,
            "link_entity": "service",
            "taxonomy_term": term_json(term, frame),
        }


def _type(entry: Entry, frame: Frame) -> Term | None:
    """A unit's own type in that unit; elsewhere the one that all know, or the area."""
    own = of_own(entry.facts.own_type) if entry.facts.own_type else None
    if own and frame.is_of_unit:
        return own
    known = term_of(TYPES, entry.facts.type_code)
    return known or (term_of(TYPES, entry.facts.own_type["area"]) if own else None)
