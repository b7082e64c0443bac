"""Institutions and places, by the services that are listed of them."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework.response import Response

from api.hsds.base import Address
from api.hsds.pages import page_of
from api.hsds.queries import LocationsQuery, OneOrganisationQuery, OrganisationsQuery
from api.hsds.rows import chosen, entries_of, entry_of, frame, listed, one_each
from kooperacja.tenancy.ref import TenantRef
from tenants.services.hsds.frame import Entry
from tenants.services.hsds.organisations import organisation, with_services
from tenants.services.hsds.places import location
from tenants.services.hsds.services import minimal, service

Json = dict[str, Any]


class Organisations(Address):
    """Institutions; with their places and services where these are wanted."""

    query = OrganisationsQuery
    summary = "Instytucje"

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        rows = one_each(chosen(unit, query), "organisation_id")
        is_full = query["full"] or query["full_service"]

        def contents(part: list[Any]) -> list[Json]:
            if not is_full:
                return [organisation(entry_of(row)) for row in part]
            return _with_services(unit, [row.organisation_id for row in part], query)

        return page_of(self.request, query, rows, contents)


class OneOrganisation(Address):
    """An institution with its places and its services."""

    query = OneOrganisationQuery
    summary = "Jedna instytucja z miejscami i usługami"

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        for found in _with_services(unit, [named["pk"]], query):
            return Response(found)
        raise Http404


def _with_services(unit: TenantRef | None, ids: list[UUID], query: Json) -> list[Json]:
    """The institutions in this order, each with all that is listed of it."""
    entries, today = defaultdict[UUID, list[Entry]](list), frame(unit)
    for entry in entries_of(unit, listed(unit).filter(organisation_id__in=ids)):
        entries[entry.organisation_id].append(entry)

    def of(one: Entry) -> Json:
        return service(one, today, is_full=True) if query["full_service"] else minimal(one, today)

    return [
        with_services(entries[pk], [of(one) for one in entries[pk]]) for pk in ids if pk in entries
    ]


class Locations(Address):
    """Places where services are given."""

    query = LocationsQuery
    summary = "Miejsca"

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        rows = one_each(chosen(unit, query), "location_id")
        return page_of(
            self.request, query, rows, lambda part: [location(entry_of(row)) for row in part]
        )


class OneLocation(Address):
    """A place."""

    summary = "Jedno miejsce"

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        row = one_each(listed(unit).filter(location_id=named["pk"]), "location_id").first()
        if row is None:
            raise Http404
        return Response(location(entry_of(row)))
