"""The panel is told what changed, and nothing else."""

import re

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kooperacja.tenancy.ref import TenantRef
from tenants.registry.models import Tenant, Unit
from tests.region.panel.conftest import Publish


def _poll(client: Client, path: str = "/region/") -> str:
    """The address the page would ask next."""
    found = re.search(r'hx-get="([^"]*)"', client.get(path).content.decode())
    assert found
    return found[1].replace("&amp;", "&")


def test_nothing_is_sent_when_nothing_changed(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 3})
    address = _poll(coordinator)
    publish(gmina, {"NGO": 3})
    with CaptureQueriesContext(connections["shared"]) as captured:
        response = coordinator.get(address)
    assert (response.status_code, response.content) == (204, b"")
    assert len(captured) <= 5


def test_only_the_changed_tile_is_sent_and_announced(
    coordinator: Client, gmina: TenantRef, powiat: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 3})
    publish(powiat, {"NGO": 3})
    address = _poll(coordinator)
    publish(gmina, {"NGO": 4})
    fragments = coordinator.get(address).content.decode()
    assert re.findall(r'id="kafel-([0-9]+)"', fragments) == [gmina.code]
    assert "gmina miejsko-wiejska Gogolin." in fragments
    assert "<strong>7</strong> kooperantów" in fragments
    assert coordinator.get(_address(fragments)).status_code == 204


def _address(fragments: str) -> str:
    found = re.search(r'hx-get="([^"]*)"', fragments)
    assert found
    return found[1].replace("&amp;", "&")


def test_a_suspended_tenant_changes_its_tile(coordinator: Client, gmina: TenantRef) -> None:
    address = _poll(coordinator, "/region/?etap=nie-zaczely")
    Tenant.objects.filter(pk=gmina.id).update(status="SUSPENDED")
    fragments = coordinator.get(address).content.decode()
    assert re.findall(r'id="kafel-([0-9]+)"', fragments) == [gmina.code]
    assert "zawieszona" in fragments


def test_the_table_gets_its_row(coordinator: Client, gmina: TenantRef, publish: Publish) -> None:
    address = _poll(coordinator, "/region/tabela/")
    publish(gmina, {"NGO": 4})
    fragments = coordinator.get(address).content.decode()
    assert re.findall(r'id="jednostka-([0-9]+)"', fragments) == [gmina.code]
    assert "kafel-" not in fragments


def test_a_poll_asks_for_the_indicator_of_its_page(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 3})
    address = _poll(coordinator, "/region/?wskaznik=RESIGNED_BY_SECTOR")
    publish(gmina, {"NGO": 4})
    fragments = coordinator.get(address).content.decode()
    assert "brak rezygnacji" in fragments
    assert "4 kooperantów" not in fragments


def test_a_table_is_sent_no_row_that_its_filter_hides(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    def poll(words: str) -> str:
        page = coordinator.get("/region/tabela/", {"szukaj": words}).content.decode()
        return _address(page)

    hides, shows, finds_nothing = poll("Krapkowice"), poll("Gogolin"), poll("Nibyland")
    publish(gmina, {"NGO": 7})

    row = f'id="jednostka-{gmina.code}"'
    assert row in coordinator.get(shows).content.decode()
    for address in (hides, finds_nothing):
        fragments = coordinator.get(address).content.decode()
        assert row not in fragments
        assert row not in coordinator.get(_address(fragments)).content.decode()


def test_another_register_asks_for_the_whole_page(coordinator: Client, gmina: TenantRef) -> None:
    address = _poll(coordinator)
    unit = Unit.objects.get(code=gmina.code)
    Unit.objects.create(
        code="160599", level="MUNICIPALITY", name="Nowa", rodz="2", as_of=unit.as_of
    )
    response = coordinator.get(address)
    assert (response.status_code, response.headers["HX-Refresh"]) == (204, "true")


def test_a_revision_that_is_no_number_asks_for_everything(
    coordinator: Client, gmina: TenantRef, publish: Publish
) -> None:
    publish(gmina, {"NGO": 4})
    for junk in ("", "-1", "x", "٣", "9" * 40):
        response = coordinator.get("/region/zmiany/", {"od": junk, "stan": "AAA"})
        assert response.status_code == 200
        assert f"kafel-{gmina.code}" in response.content.decode()


def test_a_session_that_ended_leads_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/region/zmiany/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.headers["HX-Redirect"].startswith("/konto/")
