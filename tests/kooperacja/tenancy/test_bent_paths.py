"""The door of a tenant asks which page was found, not what a request says of its path."""

from typing import Any

import pytest
from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from tenants.registry.roles import Role
from tests.factories import accounts

PAGES = ("/gmina/gogolin/", "/gmina/gogolin/partnerstwo/czlonkowie/")


@pytest.fixture(params=["", None], ids=["as it is", "as if the site were mounted"])
def believed(request: Any, settings: Any) -> None:
    settings.FORCE_SCRIPT_NAME = request.param


@pytest.mark.usefixtures("believed")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["/api", "/api/v1", "/api/v1/tenants/160501", "/health"])
def test_no_name_of_a_script_opens_a_tenant(gmina: TenantRef, page: str, name: str) -> None:
    stranger = Client().get(page, SCRIPT_NAME=name)
    assert stranger.headers["Location"].startswith("/konto/zaloguj/")
    foreign = accounts.client_of(accounts.account())
    assert foreign.get(page, SCRIPT_NAME=name).status_code == foreign.get(page).status_code != 200


@pytest.mark.usefixtures("believed")
@pytest.mark.parametrize("name", ["/api", "/health"])
def test_nor_spares_the_second_factor(gmina: TenantRef, name: str) -> None:
    who = accounts.account()
    accounts.access(who, gmina, Role.TENANT_ADMIN)
    client = accounts.client_of(who)
    for page in ("/gmina/gogolin/", "/konto/"):
        assert client.get(page, SCRIPT_NAME=name).headers["Location"] == "/konto/drugi-skladnik/"


def test_links_are_not_bent_either(db: None) -> None:
    page = Client().get("/konto/haslo/odzyskaj/", SCRIPT_NAME="/zly").content.decode()
    assert "/zly" not in page
