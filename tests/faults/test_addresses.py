"""An address of a tenant that is not one of ours leads nowhere, and says so in Polish."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.tenant_plane.base import DatabaseWrapper
from tenants.registry.roles import Role
from tests.api.conftest import Of, program_of
from tests.factories import accounts

__all__ = ["program_of"]

NOWHERE = [
    "/gmina/krakow/",
    "/gmina/wroclaw/partnerstwo/czlonkowie/",
    "/powiat/gogolin/",
    "/gmina/krapkowicki/",
    "/powiat/opole/",
    "/gmina/Gogolin/",
    "/GMINA/gogolin/",
    "/gmina/gogolin",
    "/gmina//gogolin/",
    "/gmina/gogolin%20/",
    "/gmina/gogolin%00/",
    "/gmina/gogolin;x=1/",
    "/gmina/gogolin../",
    "/gmina/../powiat/krapkowicki/",
    "/gmina/%67ogolin%2F..%2Fopole/",
    "/gmina/160501/",
    "/gmina/t_160501/",
    "/gmina/public/",
    "/gmina/" + "g" * 5000 + "/",
    "/gmina/gogolin'--/",
    "/gmina/kędzierzyn-koźle/",
    "/gmina/gоgolin/",  # a Cyrillic letter
    "/gmina/gogolin\N{ZERO WIDTH SPACE}/",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_a_slug_that_is_not_ours_enters_nothing(db: None, gmina: TenantRef, path: str) -> None:
    client = accounts.client_of(accounts.member(gmina, Role.LEAD))
    with patch.object(DatabaseWrapper, "_tell") as entered:
        response = client.get(path)
    assert response.status_code == 404
    assert "Nie ma takiej strony" in response.content.decode()
    assert not entered.called


@pytest.mark.parametrize("tail", ["%0A", "%0Apartnerstwo/czlonkowie/", "%00", "..%2F", "admin/"])
def test_junk_behind_a_good_slug_is_no_page(gmina: TenantRef, tail: str) -> None:
    client = accounts.client_of(accounts.member(gmina, Role.LEAD))
    response = client.get(f"/gmina/gogolin/{tail}")
    assert response.status_code == 404
    assert "Nie ma takiej strony" in response.content.decode()


@pytest.mark.parametrize(
    "code", ["126101", "0264", "160501%0A", "160501x", "16050", "١٦٠٥٠١", "160501%2F..%2F1605"]
)
def test_a_code_of_another_voivodeship_enters_nothing(
    gmina: TenantRef, program_of: Of, code: str
) -> None:
    program = program_of(gmina)
    with patch.object(DatabaseWrapper, "_tell") as entered:
        response: Any = program.get(f"tenants/{code}/members/")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "Pod tym adresem niczego nie ma."
    assert not entered.called


def test_a_unit_of_another_voivodeship_is_no_unit_of_the_region(db: None) -> None:
    rops = accounts.client_of(accounts.member(None, Role.ROPS_COORDINATOR))
    response = rops.get("/region/gminy/126101/")
    assert response.status_code == 404
    assert "W tym województwie nie ma jednostki 126101" in response.content.decode()


def test_a_stranger_learns_nothing_of_what_is_there(db: None) -> None:
    assert Client().get("/gmina/krakow/").status_code == 404
    assert Client().get("/powiat/gogolin/").status_code == 404
