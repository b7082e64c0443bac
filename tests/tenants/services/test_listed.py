"""Nothing leaves a tenant that its owner did not let go (REG §3.4, §5.1.g)."""

import json
from dataclasses import fields
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from tenants.services.listed import Levels, ListedFacts, Listing, cut
from tenants.services.visibility import Visibility
from tests.budget import cases

PUBLIC, REGION, TENANT, OFFICE = ORDER = list(Visibility)
LEVELS = st.builds(Levels, *[st.sampled_from(ORDER)] * 3)
REACHES = st.sampled_from(ORDER)
CONTACT = ("contact_name", "phone", "email", "website")
PLACE = ("street", "postal_code", "city", "features")
DAY = date(2026, 11, 30)
_ID = UUID(int=7)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1))


def _facts(**values: object) -> ListedFacts:
    """Each field says something that no other one says."""
    said: dict[str, object] = {
        "name": "Dom za rzeką",
        "type_code": "schronisko",
        "area": "cały powiat",
        "owner_number": "123456785",
        "seat": {"160501": "gmina Skrytowo"},
        "street": "ul. Tajna 7",
        "postal_code": "00-007",
        "city": "Skrytowo",
        "features": {"LIFT": "YES"},
        "contact_name": "Anna Zmyślona",
        "phone": "77 400 00 01",
        "email": "dom@pokaz.example",
        "website": "https://pokaz.example/ul-tajna-7",
        "stopped_from": DAY,
        "stopped_why": "remont",
    }
    return ListedFacts(**{**said, **values})  # type: ignore[arg-type]


SECRET = (
    "123456785",
    "160501",
    "Tajna",
    "tajna",
    "00-007",
    "Skrytowo",
    "LIFT",
    "Zmyślona",
    "pokaz.example",
)


def _lets(levels: Levels, reach: Visibility, *parts: Visibility) -> bool:
    """By the order of the levels alone: the strictest wins."""
    return max(map(ORDER.index, (levels.service, *parts))) <= ORDER.index(reach)


@settings(max_examples=cases(100))
@given(LEVELS, REACHES, st.booleans())
def test_the_strictest_of_the_levels_wins(levels: Levels, reach: Visibility, kept: bool) -> None:
    facts = cut(_facts(is_protected=kept), levels, reach)
    assert (facts is not None) is _lets(levels, reach)
    if facts is not None:
        assert bool(facts.phone) is _lets(levels, reach, levels.contact)
        assert bool(facts.city) is (not kept and _lets(levels, reach, levels.place))


@given(LEVELS, REACHES)
def test_of_a_protected_place_its_area_and_telephone_are_given_and_nothing_that_leads_there(
    levels: Levels, reach: Visibility
) -> None:
    facts = cut(_facts(is_protected=True), levels, reach)
    said = json.dumps(facts.to_json(), ensure_ascii=False) if facts else ""
    assert [one for one in SECRET if one in said] == []
    assert facts is None or (facts.area, facts.is_protected) == ("cały powiat", True)


@given(LEVELS)
def test_a_named_person_is_public_only_if_both_service_and_contact_are(levels: Levels) -> None:
    facts = cut(_facts(), levels, PUBLIC)
    named = facts is not None and facts.contact_name != ""
    assert named is (levels.service == levels.contact == PUBLIC)


@given(LEVELS)
def test_strangers_know_nothing_that_partners_of_the_region_do_not(levels: Levels) -> None:
    listing = Listing.of(_ID, _facts(), levels)
    if listing.public is not None:
        assert listing.partners is not None
        assert listing.public.to_json().items() <= listing.partners.to_json().items()


@given(LEVELS, REACHES)
def test_a_break_goes_with_whatever_is_given(levels: Levels, reach: Visibility) -> None:
    facts = cut(_facts(), levels, reach)
    assert facts is None or (facts.stopped_from, facts.stopped_why) == (DAY, "remont")


@given(
    st.builds(
        _facts,
        groups=st.lists(st.sampled_from(["ALL", "SENIORS"])).map(tuple),
        valid_until=DAYS,
        confirmed_on=DAYS,
        places=st.none() | st.integers(0, 99),
        is_silent=st.booleans(),
        hours=st.none() | st.just({"week": [[[480, 960]], *[[]] * 6], "other": {}}),
    )
)
def test_facts_come_back_from_json_as_they_went(facts: ListedFacts) -> None:
    assert ListedFacts.of_json(json.loads(json.dumps(facts.to_json()))) == facts


def test_a_field_of_another_release_is_passed_over() -> None:
    assert ListedFacts.of_json({"name": "Klub", "type_code": "klub", "kolor": "zielony"}) == (
        ListedFacts(name="Klub", type_code="klub")
    )


def test_every_part_of_contact_and_place_is_cut() -> None:
    none = Levels(service=PUBLIC, contact=OFFICE, place=OFFICE)
    facts = cut(_facts(), none, PUBLIC)
    assert facts is not None
    assert [one.name for one in fields(facts) if one.name in CONTACT + PLACE] != []
    assert not any(getattr(facts, name) for name in CONTACT + PLACE)
