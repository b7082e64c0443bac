"""Units, indicators and figures, as a program of the region reads them."""

from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.tenancy.ref import TenantRef
from region.monitoring.actions import backfill, publish_figures
from tenants.partnership.indicators import SECTORS
from tests.api.conftest import Program
from tests.region.counting import counting


@pytest.fixture
def published(gmina: TenantRef) -> TenantRef:
    with counting(members_by_sector={"NGO": 2}):
        publish_figures(gmina, as_of=date(2026, 9, 14))
        backfill(gmina, months=3, today=date(2026, 9, 14))
    return gmina


def _results(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.content
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def test_units_are_listed_by_code(region: Program, published: TenantRef) -> None:
    units = _results(region.get("units/"))
    assert [unit["code"] for unit in units] == ["1605", published.code, "166101"]
    assert units[1] == {
        "code": published.code,
        "name": "Gogolin",
        "kind": "gmina miejsko-wiejska",
        "level": "GMINA",
        "powiat": "1605",
        "powiat_name": "krapkowicki",
        "state": "ACTIVE",
        "month": "2026-09",
    }
    assert region.get(f"units/{published.code}/").json() == units[1]


def test_units_are_filtered(region: Program, published: TenantRef) -> None:
    assert [u["code"] for u in _results(region.get("units/", level="CITY"))] == ["166101"]
    assert len(_results(region.get("units/", powiat="1605"))) == 2
    assert _results(region.get("units/", state="SUSPENDED")) == []


def test_figures_are_filtered_by_tenant_and_month(region: Program, published: TenantRef) -> None:
    asked = {"tenant": published.code, "from": "2026-07", "to": "2026-08"}
    figures = _results(region.get("figures/", indicator="KOOPERANCI_BY_SECTOR", **asked))
    assert {figure["month"] for figure in figures} == {"2026-07", "2026-08"}
    assert len(figures) == 2 * (len(SECTORS) + 1)
    totals = [figure for figure in figures if figure["dimension"] is None]
    assert [figure["value"] for figure in totals] == [2, 2]
    assert _results(region.get("figures/", tenant="1605")) == []


def test_a_list_is_read_in_parts(region: Program, published: TenantRef) -> None:
    seen, url = [], "figures/?indicator=KOOPERANCI_BY_SECTOR&limit=20"
    while url:
        page = region.get(url.rpartition("/api/v1/")[2]).json()
        seen += page["results"]
        url = page["next"]
    assert len(seen) == page["count"] == 4 * (len(SECTORS) + 1)
    assert len({(one["month"], one["dimension"]) for one in seen}) == len(seen)


def test_a_longer_list_asks_no_more_queries(region: Program, published: TenantRef) -> None:
    def queries(limit: str) -> int:
        with CaptureQueriesContext(connections["shared"]) as captured:
            _results(region.get("figures/", limit=limit))
        return len(captured)

    queries("1")
    assert queries("1") == queries("50")


def test_what_did_not_change_is_not_sent_again(region: Program, published: TenantRef) -> None:
    first = region.get("figures/")
    headers = {**region.headers, "If-None-Match": first.headers["ETag"]}
    again = Client().get("/api/v1/figures/", headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    with counting(members_by_sector={"NGO": 3}):
        publish_figures(published, as_of=date(2026, 9, 14))
    assert Client().get("/api/v1/figures/", headers=headers).status_code == 200


def test_indicators_say_what_they_count(region: Program) -> None:
    found = {one["code"]: one for one in _results(region.get("indicators/"))}
    indicator = found["KOOPERANCI_BY_SECTOR"]
    assert [value["code"] for value in indicator["values"]] == list(SECTORS)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("units/?powiatt=1605", "powiatt"),
        ("units/?powiat=16", "powiat"),
        ("units/?level=WIOSKA", "level"),
        ("units/?limit=0", "limit"),
        ("units/?limit=501", "limit"),
        ("units/?offset=-1", "offset"),
        ("units/?limit=1&limit=2", "limit"),
        ("units/1605/?x=1", "x"),
        ("figures/?from=2026-13", "from"),
        ("figures/?tenant=abc", "tenant"),
        ("figures/?indicator=", "indicator"),
        ("figures/?indicator=NIE_MA", "indicator"),
    ],
)
def test_a_wrong_parameter_is_named_and_refused(region: Program, path: str, name: str) -> None:
    response = region.get(path)
    assert response.status_code == 400
    assert [error["name"] for error in response.json()["errors"]] == [name]
    assert response.json()["title"] == "Nieprawidłowe żądanie"


def test_an_unknown_unit_is_not_found(region: Program) -> None:
    assert region.get("units/999999/").status_code == 404
