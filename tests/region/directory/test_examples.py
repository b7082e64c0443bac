"""Examples that the search pages name find something in the demo (REG §3.4)."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from kooperacja.tenancy.context import inside
from region.directory import demo as listing
from tenants.baskets import demo
from tenants.people.models import Sector
from tenants.registry.roles import Role
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.region.directory.conftest import Basket
from tests.tenants.reading import text_of


def examples(page: str) -> list[str]:
    """The phrases that the lead of a page gives."""
    found = re.search(r"na przykład: ([^.]*)\. Nie wpisuj nazwisk", page)
    assert found is not None
    return found[1].split(", ")


def test_every_example_of_the_directory_finds_a_service_of_the_demo(
    basket: Basket, client: Client
) -> None:
    with inside(basket.unit):
        for sector in (Sector.HEALTH, Sector.NGO):
            kooperant = make_people.organisation(name=f"Instytucja {sector}", sector=sector)
            make_partnership.member(kooperant)
            make_people.person(Role.PARTNER_COORDINATOR, organisation=kooperant)
        demo.write(basket.unit.name, timezone.localdate())
    listing.publish(basket.unit, timezone.localdate())
    phrases = examples(text_of(client.get("/katalog/")))
    assert len(phrases) == 3
    for phrase in phrases:
        page = client.get("/katalog/", {"szukaj": phrase})
        assert "/katalog/uslugi/" in page.content.decode(), phrase
        assert "Nic nie odpowiada temu" not in text_of(page), phrase


@pytest.mark.usefixtures("db")
def test_every_example_of_the_types_finds_a_type(client: Client) -> None:
    phrases = examples(text_of(client.get("/katalog/typy-uslug/")))
    assert len(phrases) == 3
    for phrase in phrases:
        page = client.get("/katalog/typy-uslug/", {"szukaj": phrase})
        assert "Nie znamy takiej usługi" not in text_of(page), phrase
