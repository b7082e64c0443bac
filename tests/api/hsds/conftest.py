"""Another program that reads the public services, and baskets that list some."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.hsds import must_be
from tests.region.directory.conftest import Basket, adopted, basket

__all__ = ["adopted", "basket"]
HOME = "/api/hsds/"
KINDS = {
    "services": "service",
    "organizations": "organization",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
OF_ROWS = ("services", "organizations", "locations", "service_at_locations")
Json = dict[str, Any]


def get(at: str, **query: str) -> Any:
    answer = Client().get(f"{HOME}{at}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def found(at: str, **query: str) -> list[Json]:
    """One page of a list; each object of it is valid."""
    kind = KINDS[at.rpartition("/")[2]]
    answer = get(at, **query)
    for one in answer["contents"]:
        must_be(kind, one)
    contents: list[Json] = answer["contents"]
    return contents


def names(at: str, **query: str) -> list[str]:
    return sorted(one["name"] for one in found(at, **query))


def harvest(home: str = HOME, kinds: Iterable[str] = OF_ROWS) -> dict[str, dict[str, Json]]:
    """Everything that a program finds which is told one address and follows what it is given."""
    description = _read(_read(home)["openapi_url"])
    server = description["servers"][0]["url"]
    everything = {}
    for kind in kinds:
        assert f"/{kind}/{{id}}" in description["paths"]
        size = 2 if kind in OF_ROWS else 100
        ids = [one["id"] for one in _pages(f"{server}/{kind}?per_page={size}", KINDS[kind])]
        assert len(set(ids)) == len(ids)
        everything[kind] = {pk: _one(f"{server}/{kind}/{pk}", KINDS[kind]) for pk in ids}
    return everything


def _read(uri: str) -> Json:
    answer: Json = _ask(uri).json()
    return answer


def _ask(uri: str) -> Any:
    answer = Client().get(uri.removeprefix(settings.SITE_URL))
    assert answer.status_code == 200, (uri, answer.content)
    return answer


def _pages(uri: str, kind: str) -> Iterator[Json]:
    while uri:
        answer = _ask(uri)
        for one in answer.json()["contents"]:
            must_be(kind, one)
            yield one
        further = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        uri = further[1] if further else ""
        assert not uri or urlsplit(uri).netloc == urlsplit(settings.SITE_URL).netloc


def _one(uri: str, kind: str) -> Json:
    one = _read(uri)
    must_be(kind, one)
    return one


@pytest.fixture
def county(powiat: TenantRef) -> Basket:
    """A powiat whose basket is listed too."""
    with inside(powiat):
        make_partnership.found(powiat)
        by = make_people.by(make_people.lead())
        kooperant = make_people.organisation(name="Centrum Przykładowe")
        make_partnership.member(kooperant)
    return Basket(powiat, by, kooperant)
