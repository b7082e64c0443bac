"""Whoever follows the links finds every public service, and nothing that is not public (REG §3.4, §5.1.g)."""

from typing import Any

import pytest
from django.test import Client

from kooperacja.tenancy.context import inside
from region.directory.models import ListedService
from tenants.baskets.actions import services as change
from tenants.services.terms import Way
from tenants.services.visibility import Visibility
from tests.api.hsds.conftest import HOME, KINDS, found, get, harvest, names
from tests.factories import baskets as make
from tests.region.directory.conftest import OPEN, Basket

HIDDEN = {**OPEN, "sees_service": Visibility.REGION}


@pytest.fixture(autouse=True)
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.hsds.base.REQUESTS_A_MINUTE", 1_000_000)


def test_exactly_what_is_public_is_found(basket: Basket, county: Basket) -> None:
    here = [basket.takes(name=f"Jawna {n}", **OPEN) for n in range(3)]
    there = county.takes(name="Powiatowa", ways=[Way.REMOTE], **OPEN)
    basket.takes(name="Tajna usługa", **HIDDEN)
    basket.takes(name="Bez kontaktu", **{**OPEN, "sees_contact": Visibility.TENANT})
    with inside(basket.unit):
        make.filed(basket.by, basket.kooperant, name="Nieprzyjęta usługa", **OPEN)
    basket.settled()

    everything = harvest(kinds=KINDS)
    public = {str(pk) for pk in ListedService.objects.values_list("pk", flat=True)}
    assert set(everything["services"]) == public
    assert len(public) == 5
    assert {str(one.pk) for one in (*here, there)} < public
    text = str(everything)
    assert "Tajna" not in text
    assert "Nieprzyjęta" not in text
    assert {one["name"] for one in everything["organizations"].values()} == {
        "Poradnia Zmyślona",
        "Centrum Przykładowe",
    }
    _hangs_together(everything)


def _hangs_together(everything: dict[str, Any]) -> None:
    """Every id that one object names is that of another that was found."""
    for one in everything["service_at_locations"].values():
        assert one["service_id"] in everything["services"]
        assert one["location_id"] in everything["locations"]
    for one in everything["services"].values():
        assert one["organization_id"] in everything["organizations"]
        for attribute in one["attributes"]:
            assert attribute["taxonomy_term"]["id"] in everything["taxonomy_terms"]
    for one in everything["taxonomy_terms"].values():
        assert one["taxonomy_id"] in everything["taxonomies"]
        assert one.get("parent_id", one["id"]) in everything["taxonomy_terms"]
    for one in everything["organizations"].values():
        assert {part["id"] for part in one["kooperacja_services"]} <= set(everything["services"])
        assert {part["id"] for part in one.get("locations", ())} <= set(everything["locations"])
    # Three services at one address share their place; the remote one has none.
    assert len(everything["service_at_locations"]) == 4
    assert len(everything["locations"]) == 1


def test_a_unit_gives_its_own_alone(basket: Basket, county: Basket) -> None:
    here, there = basket.takes(**OPEN), county.takes(name="Powiatowa", **OPEN)
    assert set(harvest(f"{HOME}{basket.unit.code}/")["services"]) == {str(here.pk)}
    assert names(f"{county.unit.code}/services") == ["Powiatowa"]
    foreign = Client().get(f"{HOME}{basket.unit.code}/services/{there.pk}")
    assert foreign.status_code == 404


def test_a_part_that_is_not_public_stands_nowhere(basket: Basket) -> None:
    levels = {**OPEN, "sees_contact": Visibility.TENANT, "sees_place": Visibility.OFFICE}
    service = basket.takes(contact_name="Anna Zmyślona", email="anna@pokaz.example", **levels)
    text = str(harvest()["services"][str(service.pk)])
    for hidden in ("77 400", "Anna", "anna@", "ul. Zmyślona", "Wymyślonowo", "location"):
        assert hidden not in text, hidden


def test_of_a_protected_place_no_object_tells(basket: Basket) -> None:
    service = basket.takes(
        name="Schronienie",
        is_protected=True,
        street="",
        city="Ukrytowo",
        area="powiat krapkowicki",
        website="https://schronienie.example",
        **OPEN,
    )
    everything = harvest()
    said = everything["services"][str(service.pk)]
    assert [one["number"] for one in said["phones"]] == ["77 400 00 01"]
    assert [one["name"] for one in said["service_areas"]] == ["powiat krapkowicki"]
    assert everything["locations"] == everything["service_at_locations"] == {}
    for hidden in ("Ukrytowo", "schronienie.example", "123456785"):
        assert hidden not in str(everything), hidden


def test_a_harvester_learns_what_went_and_not_what_it_was(basket: Basket) -> None:
    kept, lowered = basket.takes(**OPEN), basket.takes(name="Poradnia tajna", **OPEN)
    before = get("services", minimal="true")["contents"]
    last = max(one["last_modified"] for one in before)
    with inside(basket.unit):
        make.taken_in(basket.by, make.refiled(basket.by, lowered, **HIDDEN))
    basket.settled()

    assert [one["id"] for one in found("services")] == [str(kept.pk)]
    gone = [one for one in found("services", modified_after=last) if one["status"] == "defunct"]
    assert [(one["id"], one["name"]) for one in gone] == [
        (str(lowered.pk), "Usługa wycofana z katalogu")
    ]
    answer = Client().get(f"{HOME}services/{lowered.pk}")
    assert (answer.status_code, answer.json()["title"]) == (410, "Już tego nie ma")
    assert "tajna" not in answer.content.decode()
    # What has nothing left to be chosen by fits no other filter.
    organisation = found("organizations")[0]["id"]
    since = found("services", modified_after=last, organization_id=organisation)
    assert "defunct" not in {one["status"] for one in since}


def test_a_break_is_told_and_the_service_stays(basket: Basket) -> None:
    service = basket.takes(**OPEN)
    with inside(basket.unit):
        change.stop(
            by=basket.by,
            service_id=service.pk,
            from_on=basket.by.today,
            until_on=None,
            why="remont",
        )
    basket.settled()
    (said,) = found("services")
    assert said["status"] == "temporarily closed"
    assert "remont" in said["alert"]
