"""What each page asks of the database: as declared, and the same however much it shows."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.declared import VISITORS, Page, SharedPage, apps, apps_with
from tests.place import Place

# The Lider sees most; a coordinator of the kooperant, an applicant and who left see what is theirs.
WHO = "LPZl"
Costs = dict[tuple[str, str], int | None]


def _cost(client: Client, plane: str, at: str) -> int:
    # While somebody looks it is kept over requests, up to an end.
    connections[plane].queries_log.clear()
    with CaptureQueriesContext(connections[plane]) as asked:
        assert client.get(at).status_code == 200, at
    return len(asked)


def _again(client: Client, plane: str, at: str, declared: int | None) -> int:
    """The second time if the first was another: it may note a visit or fill a cache."""
    first = _cost(client, plane, at)
    return first if first == declared else _cost(client, plane, at)


def _readers(page: Page) -> Iterator[str]:
    return (one for one in WHO if page.answers[VISITORS.index(one)] == "o")


def _declared(app: str, *, is_grown: bool = False) -> Costs:
    return {
        (page.name, who): page.cost(who, is_grown=is_grown)
        for page in apps()[app].of(Page)
        for who in _readers(page)
    }


def _costs(place: Place, app: str, *, is_grown: bool = False) -> Costs:
    return {
        (name, who): _again(place.clients[who], "default", place.address(page), declared)
        for (name, who), declared in _declared(app, is_grown=is_grown).items()
        for page in apps()[app].of(Page)
        if page.name == name
    }


@pytest.mark.parametrize("app", apps_with(Page))
def test_a_page_costs_what_is_declared(place: Place, app: str) -> None:
    assert _costs(place, app) == _declared(app)


@pytest.mark.parametrize("app", apps_with(Page))
def test_no_page_costs_more_when_there_is_more(grown: Place, app: str) -> None:
    assert _costs(grown, app, is_grown=True) == _declared(app, is_grown=True)


def _shared(app: str) -> list[SharedPage]:
    return [page for page in apps()[app].of(SharedPage) if "o" in page.get[2:4]]


def _shared_costs(place: Place, app: str, *, is_grown: bool) -> dict[str, int]:
    """By whoever has the row, or by the region's coordinator."""
    costs = {}
    for page in _shared(app):
        client = place.clients["L" if page.get[2] == "o" else "R"]
        at = place.shared_address(page)
        costs[page.name] = _again(client, "shared", at, page.costs[is_grown])
    return costs


@pytest.mark.parametrize("app", apps_with(SharedPage))
def test_a_page_of_the_shared_plane_costs_what_is_declared(place: Place, app: str) -> None:
    declared = {page.name: page.costs[0] for page in _shared(app)}
    assert _shared_costs(place, app, is_grown=False) == declared


@pytest.mark.parametrize("app", apps_with(SharedPage))
def test_nor_does_it_cost_more_when_there_is_more(grown: Place, app: str) -> None:
    declared = {page.name: page.costs[1] for page in _shared(app)}
    assert _shared_costs(grown, app, is_grown=True) == declared
