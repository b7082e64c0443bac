"""Taxonomies and their terms: the same in every unit."""

from typing import Any

from django.http import Http404
from rest_framework.response import Response

from api.hsds.base import Address
from api.hsds.pages import page_of
from api.hsds.queries import SearchQuery, TermsQuery
from api.hsds.rows import frame, terms_of
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.search import is_matching
from tenants.services.hsds.taxonomies import (
    TAXONOMIES,
    Term,
    taxonomy_json,
    term_json,
    term_of,
)

Json = dict[str, Any]


class Taxonomies(Address):
    """Taxonomies."""

    query = SearchQuery
    summary = "Taksonomie"

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        words = query.get("search", "")
        found = [one for one in TAXONOMIES if is_matching(words, one.name, one.description)]
        return page_of(
            self.request,
            query,
            found,
            lambda part: [taxonomy_json(one, frame(unit)) for one in part],
        )


class OneTaxonomy(Address):
    """A taxonomy."""

    summary = "Jedna taksonomia"

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        for one in TAXONOMIES:
            if one.id == named["pk"]:
                return Response(taxonomy_json(one, frame(unit)))
        raise Http404


class Terms(Address):
    """Terms, a parent before its children."""

    query = TermsQuery
    summary = "Terminy taksonomii"

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        found = [one for one in terms_of(unit).values() if _fits(one, query)]
        return page_of(
            self.request, query, found, lambda part: [term_json(one, frame(unit)) for one in part]
        )


def _fits(one: Term, query: Json) -> bool:
    above = term_of(one.taxonomy, one.parent) if one.parent else None
    words = (one.name, one.description, *one.synonyms)
    return (
        query.get("taxonomy_id", one.taxonomy.id) == one.taxonomy.id
        and (not query["top_only"] or above is None)
        and ("parent_id" not in query or (above is not None and above.id == query["parent_id"]))
        and is_matching(query.get("search", ""), *words)
    )


class OneTerm(Address):
    """A term."""

    summary = "Jeden termin"

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        one = terms_of(unit).get(named["pk"])
        if one is None:
            raise Http404
        return Response(term_json(one, frame(unit)))
