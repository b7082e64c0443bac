"""How the partnerships stand, in shares, in the region, in a powiat and in one unit."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.tenancy.ref import TenantRef
from region.monitoring.actions import publish_figures
from region.panel.shares import share
from tests.region.counting import counting

Counts = dict[str, int]


@pytest.fixture
def stands(db: None) -> Callable[..., None]:
    """Publishes how a tenant's partnership stands, by default in September 2026."""

    def now(tenant: TenantRef, *, as_of: date = date(2026, 9, 14), **counts: Counts) -> None:
        with counting(**counts):
            publish_figures(tenant, as_of=as_of)

    return now


def _rows(page: str, title: str) -> dict[str, list[str]]:
    """Label → cells of the table with this caption; the last one, if it stands twice."""
    table = re.findall(rf"<caption>{title}</caption>.*?</table>", page, re.S)[-1]
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', table, re.S)
    return {label: re.findall(r"</span> (.*?)</td>", cells) for label, cells in rows}


def _page(client: Client, path: str = "/region/") -> str:
    return client.get(path).content.decode().replace("\N{NO-BREAK SPACE}", " ")


KEY = "Jednostki z kooperantem z kluczowego sektora"
COORDINATED = "Kooperanci z koordynatorem Partnerstwa"
REGULATION = "Jednostki według stanu regulaminu Partnerstwa"
JOINED = "Przystąpienia do Partnerstwa według sektora"


def test_the_region_says_in_how_many_of_how_many_units_a_key_sector_is(
    coordinator: Client,
    gmina: TenantRef,
    powiat: TenantRef,
    city: TenantRef,
    stands: Callable[..., None],
) -> None:
    for tenant in (gmina, powiat):
        stands(tenant, key_sectors_present={"HEALTH": 1})
    stands(city, key_sectors_present={"NGO": 1})
    rows = _rows(_page(coordinator), KEY)
    assert rows["Zdrowie"] == ["67% (2 z 3)", "brak danych"]
    assert rows["Edukacja"] == ["0% (0 z 3)", "brak danych"]


def test_coordinators_are_a_share_of_all_kooperanci_of_all_units(
    coordinator: Client, gmina: TenantRef, powiat: TenantRef, stands: Callable[..., None]
) -> None:
    stands(gmina, members_with_coordinator={"WITH": 9, "WITHOUT": 1})
    stands(gmina, members_with_coordinator={"WITH": 1, "WITHOUT": 0}, as_of=date(2025, 9, 30))
    stands(powiat, members_with_coordinator={"WITH": 1, "WITHOUT": 1})
    rows = _rows(_page(coordinator), COORDINATED)
    assert rows["Z koordynatorem"] == ["83% (10 z 12)", "90% (9 z 10)", "100% (1 z 1)"]


def test_a_powiat_is_shown_by_itself_and_with_its_gminas(
    coordinator: Client,
    gmina: TenantRef,
    powiat: TenantRef,
    city: TenantRef,
    stands: Callable[..., None],
) -> None:
    stands(gmina, regulation_standing={"IN_FORCE": 1})
    stands(city, regulation_standing={"IN_FORCE": 1})
    stands(powiat, regulation_standing={"DRAFT": 1})
    page = _page(coordinator, "/region/gminy/1605/liczby/")
    own, whole = page.split("Partnerstwa w całym powiecie")
    assert _rows(own, REGULATION)["Tylko projekt"] == ["tak", "brak danych"]
    assert _rows(own, REGULATION)["Obowiązuje"] == ["nie", "brak danych"]
    assert _rows(whole, REGULATION)["Obowiązuje"] == ["50% (1 z 2)", "brak danych"]
    assert "całym powiecie" not in _page(coordinator, "/region/gminy/166101/liczby/")


def test_sectors_in_which_nobody_joined_are_left_out(
    coordinator: Client, gmina: TenantRef, stands: Callable[..., None]
) -> None:
    stands(gmina, joined_by_sector={"NGO": 2})
    rows = _rows(_page(coordinator), JOINED)
    assert rows == {
        "Razem": ["2", "brak danych"],
        "Organizacje pozarządowe": ["2", "brak danych"],
    }


def test_a_change_brings_the_shares_too(
    coordinator: Client, gmina: TenantRef, stands: Callable[..., None]
) -> None:
    stands(gmina, regulation_standing={"DRAFT": 1})
    found = re.search(r'hx-get="([^"]*)"', _page(coordinator))
    assert found
    stands(gmina, regulation_standing={"IN_FORCE": 1})
    fragments = _page(coordinator, found[1].replace("&amp;", "&"))
    assert _rows(fragments, REGULATION)["Obowiązuje"] == ["100% (1 z 1)", "brak danych"]


@pytest.mark.parametrize(
    ("path", "queries"), [("/region/", 14), ("/region/gminy/1605/liczby/", 16)]
)
def test_the_number_of_queries_is_fixed(
    coordinator: Client, powiat: TenantRef, stands: Callable[..., None], path: str, queries: int
) -> None:
    stands(powiat, regulation_standing={})
    _page(coordinator, path)
    with CaptureQueriesContext(connections["shared"]) as captured:
        _page(coordinator, path)
    assert len(captured) == queries


@given(part=st.integers(0, 3000), rest=st.integers(0, 3000))
def test_nothing_and_all_are_said_only_where_that_is_exact(part: int, rest: int) -> None:
    said = share(part, part + rest)
    assert said.startswith("0%") == (part == 0 and rest > 0)
    assert said.startswith("100%") == (rest == 0 and part > 0)
    assert (said == "nie dotyczy") == (part + rest == 0)
