"""Rows of the directory for everybody that an address answers with."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import localtime
from region.directory import skos
from region.directory.finding import Wanted, services_for
from region.directory.marks import fits, is_marked, one_of
from region.directory.models import Listed, ListedQuerySet, ListedService
from tenants.registry.rules import VOIVODESHIPS
from tenants.services.hsds.frame import Entry, Frame
from tenants.services.hsds.profile import profile
from tenants.services.hsds.taxonomies import GROUPS, TYPES, WAYS, Term, of_own, terms
from tenants.services.types import areas
from tenants.services.vocabulary import Vocabulary, vocabulary

_NONE = Q(pk__in=())


def revision() -> str:
    """Everything on which an answer depends besides its address: rows, day, our own shape."""
    return (
        f"{ListedService.objects.revision()}-{timezone.localdate():%Y%m%d}-{_shape(vocabulary())}"
    )


@lru_cache(maxsize=4)
def _shape(known: Vocabulary) -> str:
    return sha256(repr((profile(""), list(terms()))).encode()).hexdigest()[:8]


def terms_of(unit: TenantRef | None) -> dict[UUID, Term]:
    """All terms; of a unit also its own types that a public service of it has."""
    known = terms()
    if unit is None:
        return known
    kept = listed(unit).filter(facts__has_key="own_type").order_by("pk")
    own = [of_own(one) for one in kept.values_list("facts__own_type", flat=True)]
    return known | {one.id: one for one in own}


def frame(unit: TenantRef | None) -> Frame:
    """Today on this site, or in a unit of it."""
    known = {one.code: one for one in areas()}
    return Frame(
        day=timezone.localdate(),
        type_uri=skos.type_uri,
        area_uri=lambda code: skos.area_uri(known[code]),
        scheme_uri=skos.scheme_uri(),
        is_of_unit=unit is not None,
    )


def entry_of(row: Listed, elsewhere: Iterable[Listed] = ()) -> Entry:
    """A service as a unit lists it, and as others list the same; changed when any of them was."""
    unit, others = row.tenant.ref, tuple(map(entry_of, elsewhere))
    return Entry(
        id=row.known_as or row.pk,
        facts=row.said,
        unit=unit.name,
        unit_code=unit.code,
        voivodeship=VOIVODESHIPS[unit.code[:2]].name,
        changed_at=max([row.content_changed_at, *(one.changed_at for one in others)]),
        row_id=row.pk,
        elsewhere=others,
    )


def entries_of(unit: TenantRef | None, rows: Iterable[Listed]) -> list[Entry]:
    """The same of rows, each with the other units that list it: those of which one asks."""
    rows = list(rows)
    shared = {row.known_as for row in rows if row.known_as}
    others = defaultdict[UUID | None, list[Listed]](list)
    for other in listed(unit).filter(known_as__in=shared) if shared else ():
        others[other.known_as].append(other)
    return [
        entry_of(row, (one for one in others[row.known_as] if row.known_as and one.pk != row.pk))
        for row in rows
    ]


def everything(unit: TenantRef | None) -> ListedQuerySet:
    """All rows of a unit, or of the region, withdrawn ones among them."""
    rows = ListedService.objects.select_related("tenant__unit").order_by("pk")
    return rows.filter(tenant_id=unit.id) if unit else rows


def listed(unit: TenantRef | None) -> ListedQuerySet:
    """Services that are listed today."""
    return everything(unit).on(timezone.localdate())


def chosen(unit: TenantRef | None, query: dict[str, Any]) -> ListedQuerySet:
    """Services that are listed today and fit all filters."""
    rows, wanted = listed(unit), Q()
    if "taxonomy_term_id" in query:
        wanted &= _of_term(terms_of(unit).get(query["taxonomy_term_id"]))
    if "taxonomy_id" in query:
        wanted &= _of_taxonomy(query["taxonomy_id"])
    if "organization_id" in query:
        wanted &= Q(organisation_id=query["organization_id"])
    if "modified_after" in query:
        # A service changes too where another unit that lists it changes or withdraws it.
        changed = everything(unit).filter(content_changed_at__gte=query["modified_after"])
        rows = rows.known_like(changed)
    if "postcode" in query:
        wanted &= Q(location_id__isnull=False, facts__postal_code=query["postcode"])
    if "search" in query:
        found = services_for(rows, Wanted(szukaj=query["search"]), localtime(timezone.now()))
        wanted &= Q(pk__in=found.values("pk"))
    return rows.with_known_id().filter(wanted)


def one_each(rows: ListedQuerySet, column: str) -> ListedQuerySet:
    """The newest row of each institution, or of each place."""
    rows = rows.filter(**{f"{column}__isnull": False})
    return rows.order_by(column, "-content_changed_at", "pk").distinct(column)


def _of_term(term: Term | None) -> Q:
    if term is None:
        return _NONE
    if term.taxonomy == TYPES and not term.is_area:
        return fits(is_marked("type", term.code))
    kinds = {TYPES: "field", GROUPS: "group", WAYS: "way"}
    return fits(is_marked(kinds[term.taxonomy], term.code))


def _of_taxonomy(pk: UUID) -> Q:
    known = [one for one in terms().values() if one.taxonomy.id == pk]
    if not known:
        return _NONE
    if known[0].taxonomy == TYPES:
        return fits(one_of(*(is_marked("field", one.code) for one in areas())))
    return Q(**{f"facts__{'groups' if known[0].taxonomy == GROUPS else 'ways'}__isnull": False})
