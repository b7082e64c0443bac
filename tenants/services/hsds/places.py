"""Places where a service is given, and the area that it is for; a protected place is none of them."""

from collections.abc import Iterator
from uuid import UUID

from tenants.services.hsds.frame import Entry, organisation_id
from tenants.services.hsds.parts import EXTRA, Json, given, own_id, part_id
from tenants.services.listed import ListedFacts
from tenants.services.terms import Feature, Has, Way

# Flips bits of a service's id, and flips them back: UUIDv7 becomes UUIDv8, which is free for own use.
_AT_LOCATION = 0xF000_1A5C_3D27_9B64_E810


def location_id(facts: ListedFacts) -> UUID | None:
    """The id of its place, the same for all services of an institution there; None where it has none.

    Nothing at all is told of a protected place, and a remote service is given nowhere.
    """
    is_remote = set(facts.ways) == {Way.REMOTE}
    if facts.is_protected or is_remote or not facts.city:
        return None
    address = (facts.street, facts.postal_code, facts.city)
    return own_id("location", str(organisation_id(facts)), *(one.casefold() for one in address))


def location(entry: Entry) -> Json:
    """The place of a service that has one."""
    facts, pk = entry.facts, location_id(entry.facts)
    assert pk is not None
    known = {one: Has(facts.features.get(one, "")) for one in Feature}
    return given(
        id=str(pk),
        location_type="physical",
        name=", ".join(filter(None, (facts.street, facts.city))),
        organization_id=str(entry.organisation_id),
        addresses=_addresses(entry, pk),
        accessibility=[
            {"id": part_id(pk, one), "description": f"{one.label}: {has.label}"}
            for one, has in known.items()
            if has != Has.UNKNOWN
        ],
        **{f"{EXTRA}accessibility": {one.value: has.name for one, has in known.items()}},
    )


def _addresses(entry: Entry, pk: UUID) -> list[Json]:
    """HSDS wants a street and a postal code, or no address."""
    facts = entry.facts
    if not (facts.street and facts.postal_code):
        return []
    return [
        {
            "id": part_id(pk, "address"),
            "address_1": facts.street,
            "city": facts.city,
            "state_province": entry.voivodeship,
            "postal_code": facts.postal_code,
            "country": "PL",
            "address_type": "physical",
        }
    ]


def service_at_location(entry: Entry, *, is_full: bool) -> Json:
    """A service in its place."""
    return given(
        id=str(flipped(entry.here_id)),
        service_id=str(entry.id),
        location_id=str(location_id(entry.facts)),
        location=location(entry) if is_full else None,
    )


def flipped(pk: UUID) -> UUID:
    """The id of a service in its place by that of the service, and the other way round."""
    return UUID(int=pk.int ^ _AT_LOCATION)


def service_areas(entry: Entry) -> Iterator[Json]:
    """The areas that a service is for: units of the register, else words, or the whole unit."""
    facts = entry.facts
    for code, name in facts.units.items():
        yield _area(part_id(entry.id, "service_area", code), name, code)
    if not facts.units:
        pk = part_id(entry.here_id, "service_area")
        yield _area(pk, facts.area or entry.unit, entry.unit_code)


def _area(pk: str, name: str, code: str) -> Json:
    return {
        "id": pk,
        "name": name,
        "extent": name,
        "extent_type": "text",
        f"{EXTRA}teryt": code,
    }
