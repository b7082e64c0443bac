"""The map of tiles and the region's figures."""

import re
from datetime import date

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.indicators import Indicator
from kooperacja.tenancy.ref import TenantRef
from region.monitoring import catalogue
from region.monitoring.actions import publish_figures
from tenants.registry.models import Tenant, Unit
from tenants.registry.roles import Role
from tests.factories import accounts
from tests.region.counting import counting
from tests.region.panel.conftest import Publish
from tests.wording import lines_of, read_faults

NOT_BEGUN = "/region/?etap=nie-zaczely"
PAGES = ["/region/", "/region/tabela/", "/region/tabela.csv", "/region/zmiany/"]


def _page(client: Client, path: str = "/region/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def _tile(page: str, code: str) -> str:
    found = re.search(rf'<li id="kafel-{code}".*?</li>', page, re.S)
    assert found
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())


@pytest.mark.parametrize("path", [*PAGES, "/region/gminy/1605/liczby/"])
def test_only_a_coordinator_sees_the_region(gmina: TenantRef, path: str) -> None:
    assert Client().get(path).status_code == 302
    administrator = accounts.client_of(accounts.member(gmina, Role.TENANT_ADMIN))
    assert administrator.get(path).status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_the_panel_is_read_only(coordinator: Client, path: str) -> None:
    assert coordinator.post(path).status_code == 405


def test_a_tile_says_its_number_in_words(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 21, "HEALTH": 1})
    page = _page(coordinator)
    assert _tile(page, gmina.code) == "Gogolin gmina miejsko-wiejska 22 kooperantów"
    assert "panel-level-5" in page


def test_no_number_of_the_panel_counts_to_zero_in_words(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    accounts.member(gmina, Role.LEAD)  # it has begun
    publish(gmina, {"NGO": 0})
    page = _page(coordinator)
    assert _tile(page, gmina.code).startswith("Gogolin gmina miejsko-wiejska brak kooperantów")
    for path in ("/region/", f"/region/gminy/{gmina.code}/liczby/"):
        lines = lines_of(_page(coordinator, path))
        assert [fault for line in lines for fault in read_faults(line)] == [], path


def test_a_tile_is_drawn_anew_when_its_unit_changes(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    for count in (1, 2):
        publish(gmina, {"NGO": count})
        assert f"{count} kooperant" in _tile(_page(coordinator), gmina.code)
    Tenant.objects.filter(pk=gmina.id).update(status="SUSPENDED")
    assert "zawieszona" in _tile(_page(coordinator), gmina.code)


def test_tiles_stand_by_powiat_and_cities_apart(coordinator: Client, db: None) -> None:
    page = _page(coordinator, NOT_BEGUN)
    headings = re.findall(r'<h3 id="powiat-[^"]*">(.*?)</h3>', page)
    assert headings == ["Powiat krapkowicki", "Miasta na prawach powiatu"]
    tiles = re.findall(r'id="kafel-([0-9]+)"', page)
    assert tiles[0] == "1605"
    assert tiles[-1] == "166101"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("SUSPENDED", "3 kooperantów zawieszona"),
        ("CLOSED", "3 kooperantów zamknięta"),
        ("OPENING", "3 kooperantów w przygotowaniu"),
    ],
)
def test_a_state_is_said_in_words(
    coordinator: Client, gmina: TenantRef, publish: Publish, status: str, said: str
) -> None:
    publish(gmina, {"NGO": 3})
    Tenant.objects.filter(pk=gmina.id).update(status=status)
    assert _tile(_page(coordinator), gmina.code).endswith(said)


def test_a_unit_that_was_never_opened_says_so(coordinator: Client) -> None:
    Unit.objects.create(
        code="160599", level="MUNICIPALITY", name="Nowa", rodz="2", as_of=date(2025, 1, 1)
    )
    assert _tile(_page(coordinator, NOT_BEGUN), "160599") == "Nowa gmina wiejska jeszcze nieotwarta"


def test_figures_of_an_older_month_are_marked(
    coordinator: Client, gmina: TenantRef, powiat: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 3}, as_of=date(2026, 8, 31))
    publish(powiat, {"NGO": 4})
    page = _page(coordinator)
    assert _tile(page, gmina.code).endswith("dane: sierpień 2026")
    assert "<strong>4</strong> kooperantów" in page


def test_the_region_sums_its_tenants_and_compares_those_that_know_both_years(
    coordinator: Client, gmina: TenantRef, powiat: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 2, "HEALTH": 1})
    publish(powiat, {"NGO": 4})
    publish(gmina, {"NGO": 1}, as_of=date(2025, 9, 30))
    page = _page(coordinator)
    assert "<strong>7</strong> kooperantów" in page
    assert "<strong>+2</strong> przez rok (1\N{NO-BREAK SPACE}jednostka)" in page
    assert re.search(r"Organizacje pozarządowe</th><td[^>]*>6</td><td[^>]*>\+1</td>", page)


@pytest.mark.parametrize("indicator", catalogue.counts(), ids=lambda one: one.code)
def test_the_panel_shows_whichever_count_is_asked_for(
    coordinator: Client, gmina: TenantRef, indicator: Indicator
) -> None:
    accounts.member(gmina, Role.LEAD)  # it has begun
    label, *_ = indicator.labels
    with counting(**{indicator.count.__name__: {label: 7}}):
        publish_figures(gmina, as_of=date(2026, 9, 14))
    asked = f"?wskaznik={indicator.code}"
    page = _page(coordinator, f"/region/{asked}")
    assert f'<h2 id="panel-liczby">{indicator.title}</h2>' in page
    assert f'<option value="{indicator.code}" selected>' in page
    assert _tile(page, gmina.code).endswith(f"7 {indicator.unit[2]}")
    shown = re.findall(r"<caption>(.*?)</caption>", page.split('id="panel-udzialy"')[1])
    assert sorted(shown) == sorted(
        one.title for one in catalogue.indicators() if one is not indicator
    )
    rows = _page(coordinator, f"/region/tabela/{asked}")
    assert f"<caption>{indicator.title} <span>" in rows
    header, *lines = _page(coordinator, f"/region/tabela.csv{asked}").strip().split("\r\n")
    assert header.split(";")[7:] == ["Razem", *indicator.labels.values()]
    assert f";7;7{';0' * (len(indicator.labels) - 1)}" in " ".join(lines)
    unit = _page(coordinator, f"/region/gminy/{gmina.code}/liczby/{asked}")
    assert f"<h2>{indicator.title}</h2>" in unit


@pytest.mark.parametrize("asked", ["KEY_SECTORS", "NIE_MA_TAKIEGO", ""])
def test_what_is_no_count_is_not_on_the_map(coordinator: Client, db: None, asked: str) -> None:
    page = _page(coordinator, f"/region/?wskaznik={asked}")
    assert f'<h2 id="panel-liczby">{catalogue.counts()[0].title}</h2>' in page
    assert '<option value="KEY_SECTORS"' not in page


def test_numbers_and_queries_do_not_grow_with_the_region(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 3}, months=24)
    _page(coordinator)
    few = _queries(coordinator)
    _many_units()
    assert _queries(coordinator) == few
    assert few <= 16


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connections["shared"]) as captured:
        _page(client)
    return len(captured)


def _many_units() -> None:
    units = Unit.objects.bulk_create(
        Unit(
            code=f"{17 + number // 99}{number % 99:02}01",
            level="MUNICIPALITY",
            name=f"Wieś {number}",
            rodz="2",
            as_of=date(2025, 1, 1),
        )
        for number in range(351)
    )
    Tenant.objects.bulk_create(
        Tenant(
            unit=unit,
            kind="GMINA",
            slug=f"wies-{unit.code}",
            schema_name=f"t_{unit.code}",
            role_name=f"t_{unit.code}",
        )
        for unit in units
    )
