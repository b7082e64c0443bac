"""Places of services: shared where they are the same, none where nobody may or can come (REG §3.4)."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.services.hsds.places import flipped, location, location_id, service_at_location
from tenants.services.terms import Feature, Way
from tests.hsds import must_be
from tests.tenants.services.hsds.listed import OWNER, SERVICE, entry


def test_a_place_has_its_address_and_what_is_known_of_it() -> None:
    place = location(entry())
    must_be("location", place)
    (address,) = place["addresses"]
    assert (address["address_1"], address["postal_code"]) == ("ul. Zmyślona 1", "47-320")
    assert (address["state_province"], address["country"]) == ("opolskie", "PL")
    assert [one["description"] for one in place["accessibility"]] == [
        "wejście bez stopni: jest",
        "winda albo wszystko na parterze: brak",
    ]
    known = place["kooperacja_accessibility"]
    assert set(known) == set(Feature)
    assert (known["STEP_FREE"], known["LIFT"], known["LOOP"]) == ("YES", "NO", "UNKNOWN")


def test_a_village_without_a_postal_code_has_a_name_and_no_address() -> None:
    place = location(entry(street="", postal_code=""))
    must_be("location", place)
    assert place["name"] == "Wymyślonowo"
    assert "addresses" not in place


def test_services_of_an_institution_at_one_address_share_their_place() -> None:
    here = location_id(entry().facts)
    assert here == location_id(entry(name="Inna", city="WYMYŚLONOWO").facts)
    assert here != location_id(entry(street="ul. Zmyślona 2").facts)
    assert here != location_id(entry(owner_id="0197f3a0-0000-7000-8000-0000000000cc").facts)


@pytest.mark.parametrize(
    "values", [{"is_protected": True}, {"ways": (Way.REMOTE,)}, {"city": "", "street": ""}]
)
def test_some_services_are_given_nowhere(values: dict[str, object]) -> None:
    assert location_id(entry(**values).facts) is None


def test_a_service_that_is_remote_too_has_its_place() -> None:
    assert location_id(entry(ways=(Way.REMOTE, Way.ON_SITE)).facts) is not None


def test_a_service_in_its_place_names_both() -> None:
    said = service_at_location(entry(), is_full=True)
    must_be("service_at_location", said)
    assert said["service_id"] == str(SERVICE)
    assert said["location_id"] == said["location"]["id"]
    assert said["location"]["organization_id"] == str(OWNER)
    assert "location" not in service_at_location(entry(), is_full=False)


@given(st.uuids(version=4))
def test_the_id_of_a_service_in_its_place_leads_back_to_the_service(pk: UUID) -> None:
    other = flipped(pk)
    assert other != pk
    assert flipped(other) == pk
    assert other.variant == pk.variant


def test_it_is_an_id_of_our_own_kind() -> None:
    assert SERVICE.version == 7
    assert flipped(SERVICE).version == 8
