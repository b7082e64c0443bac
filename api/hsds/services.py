"""Services, and services in their places."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from rest_framework.response import Response

from api.hsds.base import Address, Gone
from api.hsds.pages import page_of
from api.hsds.queries import AtLocationsQuery, ServicesQuery
from api.hsds.rows import chosen, entry_of, everything, frame, listed
from kooperacja.tenancy.ref import TenantRef
from region.directory.models import Listed
from tenants.services.hsds.places import flipped, service_at_location
from tenants.services.hsds.services import minimal, service, tombstone

_FILTERS = frozenset({"search", "taxonomy_term_id", "taxonomy_id", "organization_id"})


class Services(Address):
    """Services by their ids; since a moment also those that were withdrawn meanwhile."""

    query = ServicesQuery
    summary = "Usługi"

    def answer(self, query: dict[str, Any], unit: TenantRef | None, **named: Any) -> Response:
        rows = chosen(listed(unit), query)
        # A withdrawn one has nothing left by which any other filter could choose it.
        if "modified_after" in query and not _FILTERS & query.keys():
            gone = Q(withdrawn_at__gte=query["modified_after"])
            rows = everything(unit).filter(Q(pk__in=rows.order_by().values("pk")) | gone)
        return page_of(self.request, query, rows, lambda part: [_of(row, query) for row in part])


def _of(row: Listed, query: dict[str, Any]) -> dict[str, Any]:
    if row.withdrawn_at is not None:
        return tombstone(row.pk, row.withdrawn_at)
    if query["minimal"]:
        return minimal(entry_of(row), frame())
    return service(entry_of(row), frame(), is_full=query["full"])


class OneService(Address):
    """A service with all its parts."""

    summary = "Jedna usługa ze wszystkimi częściami"

    def answer(self, query: dict[str, Any], unit: TenantRef | None, **named: Any) -> Response:
        row = _found(unit, named["pk"])
        return Response(service(entry_of(row), frame(), is_full=True))


class AtLocations(Address):
    """Services in their places."""

    query = AtLocationsQuery
    summary = "Usługi w swoich miejscach"

    def answer(self, query: dict[str, Any], unit: TenantRef | None, **named: Any) -> Response:
        rows = chosen(listed(unit).filter(location_id__isnull=False), query)
        is_full = query["full"]
        return page_of(
            self.request,
            query,
            rows,
            lambda part: [service_at_location(entry_of(row), is_full=is_full) for row in part],
        )


class OneAtLocation(Address):
    """A service in its place."""

    summary = "Jedna usługa w swoim miejscu"

    def answer(self, query: dict[str, Any], unit: TenantRef | None, **named: Any) -> Response:
        row = _found(unit, flipped(named["pk"]))
        if row.location_id is None:
            raise Http404
        return Response(service_at_location(entry_of(row), is_full=True))


def _found(unit: TenantRef | None, pk: UUID) -> Listed:
    """The row, while it is listed; 410 once it was withdrawn."""
    row = listed(unit).filter(pk=pk).first()
    if row is not None:
        return row
    if everything(unit).filter(pk=pk).exists():
        raise Gone
    raise Http404
