"""Institutions that give services."""

from collections.abc import Sequence

from tenants.services.hsds.frame import Entry
from tenants.services.hsds.parts import EXTRA, Json, given, part_id
from tenants.services.hsds.places import location, location_id


def organisation(entry: Entry) -> Json:
    """The institution of a service."""
    number = entry.facts.owner_number
    pk = entry.organisation_id
    return given(
        id=str(pk),
        name=entry.organisation,
        description=f"Instytucja z koszyka usług społecznych: {entry.unit}.",
        organization_identifiers=[
            {
                "id": part_id(pk, "regon"),
                "identifier_scheme": "PL-REGON",
                "identifier_type": "REGON",
                "identifier": number,
            }
        ]
        if number
        else [],
    )


def with_services(entries: Sequence[Entry], services: list[Json]) -> Json:
    """An institution with its places and its services; what differs is taken from the newest."""
    ordered = sorted(entries, key=lambda one: (one.changed_at, one.id))
    places = {pk: location(one) for one in ordered if (pk := location_id(one.facts))}
    return given(
        **organisation(ordered[-1]),
        locations=list(places.values()),
        **{f"{EXTRA}services": services},
    )
