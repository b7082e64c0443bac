"""The table of units: sorted, searched, exported; one unit's page."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.files import harmless
from region import panel
from tenants.registry.models import Unit
from tests.region.panel.conftest import Publish


@pytest.fixture
def figures(gmina: TenantRef, powiat: TenantRef, city: TenantRef, publish: Publish) -> None:
    publish(gmina, {"NGO": 3}, months=2)
    publish(powiat, {"NGO": 1, "HEALTH": 9})
    publish(city, {"HEALTH": 5})


def _rows(client: Client, **query: str) -> list[str]:
    page = client.get("/region/tabela/", query).content.decode()
    return re.findall(r'id="jednostka-([0-9]+)"', page)


def test_units_are_sorted_by_total_and_by_sector(
    coordinator: Client, figures: None, gmina: TenantRef
) -> None:
    assert _rows(coordinator, sort="-razem") == ["1605", "166101", gmina.code]
    assert _rows(coordinator, sort="-ngo") == [gmina.code, "1605", "166101"]


def test_the_order_is_folded_on_a_narrow_screen(coordinator: Client, figures: None) -> None:
    page = coordinator.get("/region/tabela/").content.decode()
    before, _, folded = page.partition('<details class="k-details k-table-sorts">')
    assert "-krotko-" not in before
    assert "-krotko-razem" in folded.partition("</details>")[0]


def test_a_name_is_found_without_diacritics(coordinator: Client, figures: None) -> None:
    Unit.objects.create(
        code="160598", level="MUNICIPALITY", name="Żywocice", rodz="2", as_of=date(2025, 1, 1)
    )
    assert _rows(coordinator, szukaj="zywocice") == ["160598"]
    assert _rows(coordinator, szukaj="166101") == ["166101"]
    assert _rows(coordinator, szukaj="nie ma takiej") == []


def test_a_powiat_filters_its_units(coordinator: Client, figures: None, gmina: TenantRef) -> None:
    assert set(_rows(coordinator, powiat="1605")) == {"1605", gmina.code}
    assert _rows(coordinator, powiat="MIASTA") == ["166101"]
    assert len(_rows(coordinator, powiat="9999")) == 3


def test_the_file_holds_the_filtered_rows(
    coordinator: Client, figures: None, gmina: TenantRef
) -> None:
    response = coordinator.get("/region/tabela.csv", {"szukaj": "gogolin"})
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="kooperanci-2026-09.csv"'
    )
    header, row, end = response.content.decode().split("\r\n")
    assert header.startswith("\ufeffKod TERYT;Nazwa;Rodzaj;Powiat;Stan;Partnerstwo;Miesiąc;Razem;")
    start = f"{gmina.code};Gogolin;gmina miejsko-wiejska;krapkowicki;otwarta;"
    assert row.startswith(f"{start}zaczyna: bez regulaminu;2026-09;3;")
    assert end == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_is_never_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_an_ordinary_text_stays() -> None:
    assert harmless("Kędzierzyn-Koźle") == "Kędzierzyn-Koźle"


def test_a_unit_shows_its_trend_and_what_is_counted(
    coordinator: Client, figures: None, gmina: TenantRef
) -> None:
    page = coordinator.get(f"/region/gminy/{gmina.code}/liczby/").content.decode()
    assert "<h1>Gogolin</h1>" in page
    assert "§" in page
    assert re.search(r'lipiec\s2026</th><td class="k-number">3</td>', page)
    assert re.search(r'czerwiec\s2026</th><td class="k-number">brak danych</td>', page)
    assert page.count("<circle") == 3


def test_an_unknown_unit_is_not_found(coordinator: Client, db: None) -> None:
    assert coordinator.get("/region/gminy/999999/liczby/").status_code == 404


# --- Shades ----------------------------------------------------------------------------------

CSS = (Path(panel.__file__).parent / "static" / "panel" / "panel.css").read_text()
SHADES = dict(re.findall(r"--k-(level\d-(?:fg|bg)): (#[0-9a-f]{6});", CSS))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("level", range(6))
def test_a_number_can_be_read_on_every_shade(level: int) -> None:
    pair = (_luminance(SHADES[f"level{level}-{part}"]) for part in ("fg", "bg"))
    dark, light = sorted(pair)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
