"""A service in the shape of HSDS 3.1: valid, whole, and no older than it may be (REG §5.1.g)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from tenants.services.hsds.organisations import with_services
from tenants.services.hsds.services import minimal, service, tombstone
from tenants.services.terms import Cost, Group, Language, Way
from tests.hsds import must_be
from tests.tenants.services.hsds.listed import FRAME, NOON, SERVICE, TODAY, entries, entry

pytestmark = pytest.mark.usefixtures("db")  # the types that the region added lie there


def whole(**values: Any) -> dict[str, Any]:
    answer = service(entry(**values), FRAME, is_full=True)
    must_be("service", answer)
    return answer


@given(entries())
def test_whatever_is_listed_is_valid(listed: Any) -> None:
    for is_full in (True, False):
        must_be("service", service(listed, FRAME, is_full=is_full))
    must_be("service", minimal(listed, FRAME))
    must_be("service", tombstone(listed.id, NOON))
    must_be("organization", with_services([listed], [minimal(listed, FRAME)]))


def test_what_helps_to_get_there_is_all_said() -> None:
    said = whole(
        referral="lekarz rodzinny",
        needs_decision=True,
        conditions="Dla mieszkańców gminy.",
        papers="dowód osobisty\n\nskierowanie\ndowód osobisty",
        cost=Cost.PARTLY,
        cost_about="20 zł za godzinę",
        languages=(Language.UKRAINIAN, Language.SIGN),
        email="poradnia@pokaz.example",
        website="https://pokaz.example/poradnia",
        contact_name="Recepcja",
        owner_number="123456785",
    )
    assert said["application_process"] == (
        "Zadzwoń i umów się.\nKto kieruje: lekarz rodzinny\nPotrzebna jest decyzja administracyjna."
    )
    assert said["eligibility_description"] == "rodziny z dziećmi\nDla mieszkańców gminy."
    assert said["fees_description"] == "częściowo odpłatnie: 20 zł za godzinę"
    assert [one["document"] for one in said["required_documents"]] == [
        "dowód osobisty",
        "skierowanie",
    ]
    assert [one["code"] for one in said["languages"]] == ["uk", "pso"]
    assert [one["number"] for one in said["phones"]] == ["77 400 00 01"]
    assert (said["email"], said["url"]) == (
        "poradnia@pokaz.example",
        "https://pokaz.example/poradnia",
    )
    assert [one["name"] for one in said["contacts"]] == ["Recepcja"]
    assert said["assured_date"] == "2026-11-27"
    assert said["organization"]["organization_identifiers"][0]["identifier"] == "123456785"
    assert said["service_areas"][0]["name"] == "Gmina Gogolin"


def test_type_groups_and_ways_are_terms() -> None:
    said = whole(groups=(Group.ALL,), ways=(Way.OUTREACH, Way.REMOTE))
    terms = [(one["link_type"], one["taxonomy_term"]["code"]) for one in said["attributes"]]
    assert terms == [
        ("service_type", "psycholog"),
        ("audience", "ALL"),
        ("delivery", "OUTREACH"),
        ("delivery", "REMOTE"),
    ]
    uri = said["attributes"][0]["taxonomy_term"]["term_uri"]
    assert uri == "https://katalog.example/typy/psycholog/"


def test_a_type_of_the_unit_alone_is_no_term() -> None:
    assert all(one["link_type"] != "service_type" for one in whole(type_code="x")["attributes"])


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "active"),
        ({"valid_from": TODAY + timedelta(days=1)}, "inactive"),
        ({"valid_from": TODAY}, "active"),
        ({"stopped_from": TODAY}, "temporarily closed"),
        ({"stopped_from": TODAY, "stopped_until": TODAY}, "temporarily closed"),
        ({"stopped_from": TODAY + timedelta(days=1)}, "active"),
        (
            {
                "stopped_from": TODAY - timedelta(days=9),
                "stopped_until": TODAY - timedelta(days=1),
            },
            "active",
        ),
    ],
)
def test_its_state_is_that_of_the_day(values: dict[str, date], status: str) -> None:
    assert whole(**values)["status"] == status


def test_a_break_is_told_before_it_begins_and_not_after_it() -> None:
    stopped = {"stopped_from": TODAY + timedelta(days=2), "stopped_why": "remont"}
    assert "2 grudnia 2026" in whole(**stopped)["alert"].replace("\N{NO-BREAK SPACE}", " ")
    over = {"stopped_from": TODAY - timedelta(days=9), "stopped_until": TODAY - timedelta(days=1)}
    assert "alert" not in whole(**over)


def test_numbers_are_told_for_thirty_days() -> None:
    counted = TODAY - timedelta(days=30)
    said = whole(places=3, waiting_days=14, counted_on=counted)
    assert said["capacities"][0]["available"] == 3
    assert said["capacities"][0]["updated"] == "2026-10-30T23:00:00.000Z"
    assert said["kooperacja_waiting_days"] == 14
    later = replace(FRAME, day=TODAY + timedelta(days=1))
    old = service(entry(places=3, waiting_days=14, counted_on=counted), later, is_full=True)
    assert not {"capacities", "kooperacja_waiting_days"} & set(old)


def test_no_place_free_is_told_as_none() -> None:
    assert whole(places=0, counted_on=TODAY)["capacities"][0]["available"] == 0


def test_free_of_charge_is_an_amount() -> None:
    assert whole()["cost_options"][0]["amount"] == 0
    assert "amount" not in whole(cost=Cost.PAID, cost_about="50 zł")["cost_options"][0]


def test_a_protected_place_gives_its_area_and_its_telephone_alone() -> None:
    said = str(whole(is_protected=True, area="powiat krapkowicki"))
    assert "77 400 00 01" in said
    assert "powiat krapkowicki" in said
    for hidden in ("Zmyślona 1", "47-320", "Wymyślonowo", "bez stopni", "STEP_FREE", "location"):
        assert hidden not in said, hidden


def test_the_age_and_the_units_that_it_is_for_are_told() -> None:
    units = {"160501": "gmina Gogolin", "1605": "powiat krapkowicki"}
    said = whole(age_from=7, age_until=16, units=units)
    assert (said["minimum_age"], said["maximum_age"]) == (7, 16)
    areas = [(one["name"], one["kooperacja_teryt"]) for one in said["service_areas"]]
    assert areas == [("gmina Gogolin", "160501"), ("powiat krapkowicki", "1605")]
    assert "minimum_age" not in whole()


def test_ids_stay_while_the_words_change() -> None:
    before, after = whole(), whole(name="Poradnia rodzinna", about="Inaczej.", access="Przyjdź.")
    assert before["id"] == after["id"] == str(SERVICE)
    for part in ("phones", "schedules", "service_at_locations", "cost_options", "attributes"):
        assert [one["id"] for one in before[part]] == [one["id"] for one in after[part]]


def test_every_id_of_a_service_is_another() -> None:
    def ids(value: Any) -> list[str]:
        if isinstance(value, list):
            return [pk for one in value for pk in ids(one)]
        if not isinstance(value, dict):
            return []
        inner = [pk for one in value.values() for pk in ids(one)]
        return [value["id"], *inner] if "id" in value else inner

    said = whole(languages=tuple(Language), groups=tuple(Group), papers="a\nb", contact_name="R")
    found = ids(said)
    assert len(set(found)) == len(found)
    assert all(str(UUID(one)) == one for one in found)


def test_of_a_withdrawn_service_not_even_its_name_is_told() -> None:
    assert tombstone(SERVICE, NOON) == {
        "id": str(SERVICE),
        "name": "Usługa wycofana z katalogu",
        "status": "defunct",
        "last_modified": "2026-11-30T11:00:00.000Z",
    }
