"""Nobody sees more of a service than the strictest of its parts allows (REG §3.4, §5.1.g)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.services.visibility import (
    DEFAULT,
    Visibility,
    given_of,
    may_see,
    strictest,
)

PUBLIC, REGION, TENANT, OFFICE = Visibility
LEVELS = st.sampled_from(list(Visibility))
ORDER = [PUBLIC, REGION, TENANT, OFFICE]
FIELDS = ("area", "telephone", "address", "building", "latitude", "longitude", "distance", "photo")
PLACES = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=9), st.text(), max_size=12)


def test_there_are_four_levels_from_the_widest_to_the_strictest() -> None:
    assert list(Visibility) == ORDER


def test_by_the_clause_staff_of_the_lider_and_of_this_partnership_see_it_and_no_stranger() -> None:
    seen = {
        reach: may_see(reach, service=DEFAULT, contact=DEFAULT, place=DEFAULT) for reach in ORDER
    }
    assert seen == {PUBLIC: False, REGION: False, TENANT: True, OFFICE: True}


@pytest.mark.parametrize(("service", "contact", "place"), list(product(ORDER, repeat=3)))
def test_the_strictest_of_service_contact_and_place_counts(
    service: Visibility, contact: Visibility, place: Visibility
) -> None:
    found = strictest(service, contact, place)
    assert ORDER.index(found) == max(map(ORDER.index, (service, contact, place)))


@given(LEVELS, LEVELS, LEVELS, LEVELS)
def test_whoever_sees_it_may_see_each_of_its_parts(
    reach: Visibility, service: Visibility, contact: Visibility, place: Visibility
) -> None:
    each = [ORDER.index(level) <= ORDER.index(reach) for level in (service, contact, place)]
    assert may_see(reach, service=service, contact=contact, place=place) is all(each)


@given(LEVELS, LEVELS, LEVELS, LEVELS, LEVELS)
def test_making_a_part_stricter_shows_it_to_nobody_new(
    reach: Visibility, service: Visibility, contact: Visibility, place: Visibility, to: Visibility
) -> None:
    stricter = max(place, to, key=ORDER.index)
    if may_see(reach, service=service, contact=contact, place=stricter):
        assert may_see(reach, service=service, contact=contact, place=place)


@given(PLACES)
def test_a_protected_place_gives_its_area_and_telephone_only(place: dict[str, str]) -> None:
    seen = given_of(place, is_protected=True)
    assert set(seen) == set(place) & {"area", "telephone"}
    assert all(seen[field] == place[field] for field in seen)


@given(PLACES)
def test_any_other_place_gives_all(place: dict[str, str]) -> None:
    assert given_of(place, is_protected=False) == place


def test_a_protected_place_never_gives_what_leads_to_its_door() -> None:
    whole = dict.fromkeys(FIELDS, "x")
    assert given_of(whole, is_protected=True) == {"area": "x", "telephone": "x"}
