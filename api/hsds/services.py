"""Services, and services in their places."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from rest_framework.response import Response

from api.hsds.base import Address, Gone
from api.hsds.pages import page_of
from api.hsds.queries import AtLocationsQuery, ServicesQuery
from api.hsds.rows import chosen, entries_of, entry_of, everything, frame, listed
from kooperacja.tenancy.ref import TenantRef
from region.directory.models import Listed, ListedQuerySet
from tenants.services.hsds.places import flipped, service_at_location
from tenants.services.hsds.services import minimal, service, tombstone

_FILTERS = frozenset({"search", "taxonomy_term_id", "taxonomy_id", "organization_id"})


class Services(Address):
    """Services by their ids; since a moment also those that were withdrawn meanwhile."""

    query = ServicesQuery
    summary = "Usługi"

    def answer(self, query: dict[str, Any], unit: TenantRef | None, **named: Any) -> Response:
        rows = chosen(unit, query)
        # A withdrawn one has nothing left by which any other filter could choose it.
        if "modified_after" in query and not _FILTERS & query.keys():
            rows = _with_gone(unit, rows, query["modified_after"])
        return page_of(
            self.request, query, rows.by_known_id(), lambda part: list(_said(unit, part, query))
        )


def _with_gone(unit: TenantRef | None, rows: ListedQuerySet, since: datetime) -> ListedQuerySet:
    """Also those that no unit lists any more, the last one since a moment."""
    still = everything(unit).known_like(listed(unit))
    gone = everything(unit).filter(withdrawn_at__gte=since).exclude(pk__in=still.values("pk"))
    listed_still, listed_before = (Q(pk__in=part.order_by().values("pk")) for part in (rows, gone))
    return everything(unit).filter(listed_still | listed_before)


def _said(
    unit: TenantRef | None, rows: list[Listed], query: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    entries = {one.id: one for one in entries_of(unit, filter(_is_listed, rows))}
    for row in rows:
        pk = row.known_as or row.pk
        if row.withdrawn_at is not None:
            yield tombstone(pk, row.withdrawn_at)
        elif query["minimal"]:
            yield minimal(entries[pk], frame(unit))
        else:
            yield service(entries[pk], frame(unit), is_full=query["full"])


def _is_listed(row: Listed) -> bool:
    return row.withdrawn_at is None


class OneService(Address):
    """A service with all its parts."""

    summary = "Jedna usługa ze wszystkimi częściami"

    def answer(self, query: dict[str, Any], unit: TenantRef | None, **named: Any) -> Response:
        (entry,) = entries_of(unit, [_found(unit, _called(named["pk"]))])
        return Response(service(entry, frame(unit), is_full=True))


class AtLocations(Address):
    """Services in their places."""

    query = AtLocationsQuery
    summary = "Usługi w swoich miejscach"

    def answer(self, query: dict[str, Any], unit: TenantRef | None, **named: Any) -> Response:
        rows = chosen(unit, query).filter(location_id__isnull=False)
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
        row = _found(unit, Q(pk=flipped(named["pk"])))
        if row.location_id is None:
            raise Http404
        return Response(service_at_location(entry_of(row), is_full=True))


def _called(pk: UUID) -> Q:
    """The service that programs know by this id; a copy has its own one beside it."""
    return Q(known_id=pk) | Q(pk=pk)


def _found(unit: TenantRef | None, which: Q) -> Listed:
    """The row, while it is listed; 410 once it was withdrawn."""
    row = listed(unit).with_known_id().filter(which).by_known_id().first()
    if row is not None:
        return row
    if everything(unit).with_known_id().filter(which).exists():
        raise Gone
    raise Http404
