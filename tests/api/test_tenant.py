"""Organisations and members, as a program of a tenant reads and enters them."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from kooperacja.audit.models import Entry
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.partnership.models import Engagement, MembershipFlag
from tenants.people.models import Organisation
from tenants.registry.roles import Role
from tests.api.conftest import Of, Program
from tests.factories import partnership as make_partnership
from tests.factories import people as make

BODY = {"name": "Szkoła nr 1", "sector": "EDUCATION", "city": "Gogolin", "regon": make.regon(7)}


@pytest.fixture
def lead(partnership: TenantRef, program_of: Of) -> Program:
    return program_of(partnership)


@pytest.fixture
def path(partnership: TenantRef) -> str:
    return f"tenants/{partnership.code}/"


def _count(tenant: TenantRef) -> int:
    with inside(tenant):
        return Organisation.objects.count()


def test_organisations_are_listed_with_their_membership(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    with inside(partnership):
        school = make.organisation(name="A szkoła", sector="EDUCATION")
        make.organisation(name="B przychodnia", sector="HEALTH")
        make_partnership.member(school, from_on=date(2026, 2, 3))
    results = lead.get(f"{path}organisations/").json()["results"]
    assert [(one["name"], one["joined_on"]) for one in results] == [
        ("A szkoła", "2026-02-03"),
        ("B przychodnia", None),
    ]
    assert lead.get(f"{path}organisations/", sector="HEALTH").json()["count"] == 1
    assert lead.get(f"{path}organisations/{school.pk}/").json() == results[0]


def test_members_are_those_of_the_day(lead: Program, partnership: TenantRef, path: str) -> None:
    with inside(partnership):
        make_partnership.member(make.organisation(), date(2025, 1, 1), date(2025, 6, 1))
        make_partnership.member(make.organisation(), date(2025, 3, 1))
    counts = [
        lead.get(f"{path}members/", as_of=day).json()["count"]
        for day in ("2024-12-31", "2025-01-01", "2025-04-01", "2025-06-01")
    ]
    assert counts == [0, 1, 2, 1]
    assert lead.get(f"{path}members/").json()["count"] == 1


def test_there_are_no_members_of_a_day_to_come(lead: Program, path: str) -> None:
    answer = lead.get(f"{path}members/", as_of="2099-01-01")

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "na dziś albo na dzień z przeszłości" in str(answer.json())


def test_an_organisation_of_another_tenant_is_not_found(
    lead: Program, powiat: TenantRef, path: str
) -> None:
    with inside(powiat):
        foreign = make.organisation()
    assert lead.get(f"{path}organisations/{foreign.pk}/").status_code == 404


def test_an_organisation_is_entered_by_the_same_action(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    response = lead.post(f"{path}organisations/", BODY)
    assert response.status_code == 201
    assert response.json()["regon"] == BODY["regon"]
    with inside(partnership):
        entry = Entry.objects.get(verb="ORGANISATION_ADDED")
    assert (entry.account_id, entry.via) == (lead.account.pk, "API")


def test_numbers_are_written_as_people_write_them(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    regon = BODY["regon"]
    response = lead.post(f"{path}organisations/", BODY | {"regon": f" {regon[:3]}-{regon[3:]} "})
    assert (response.status_code, response.json()["regon"]) == (201, regon)


def test_the_same_key_sent_twice_makes_one(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    body = {**BODY, "id": str(uuid4())}
    first = lead.post(f"{path}organisations/", body)
    second = lead.post(f"{path}organisations/", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert _count(partnership) == 1


def test_one_that_looks_like_another_is_asked_about_before_it_is_entered(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    with inside(partnership):
        known = make.organisation(name="Szkoła nr 1", city="Gogolin", regon="")
    asked = lead.post(f"{path}organisations/", BODY)
    said = asked.json()
    assert asked.status_code == 409
    assert asked.headers["Content-Type"] == "application/problem+json"
    assert [one["id"] for one in said["similar"]] == [str(known.pk)]
    assert said["similar"][0]["name"] == "Szkoła nr 1"
    assert lead.post(f"{path}organisations/", BODY | {"answered": "tak"}).status_code == 409
    assert _count(partnership) == 1

    entered = lead.post(f"{path}organisations/", BODY | {"answered": said["answer"]})

    assert (entered.status_code, _count(partnership)) == (201, 2)


def test_a_partner_may_not_enter_an_organisation(
    partnership: TenantRef, program_of: Of, path: str
) -> None:
    worker = program_of(partnership, Role.SOCIAL_WORKER)
    response = worker.post(f"{path}organisations/", BODY)
    assert response.status_code == 403
    assert "§ 5 ust. 1" in response.json()["detail"]
    assert _count(partnership) == 0


@pytest.mark.parametrize(
    ("change", "status", "name"),
    [
        ({"name": None}, 400, "name"),
        ({"name": 5}, 400, "name"),
        ({"sector": "ASTROLOGY"}, 400, "sector"),
        ({"id": 7}, 400, "id"),
        ({"nip": "1234567890"}, 422, "nip"),
        ({"postal_code": "abc"}, 422, "postal_code"),
        ({"email": "nie"}, 422, "email"),
    ],
)
def test_wrong_data_are_named_and_nothing_is_entered(
    lead: Program, partnership: TenantRef, path: str, change: dict[str, Any], status: int, name: str
) -> None:
    response = lead.post(f"{path}organisations/", BODY | change)
    assert response.status_code == status
    assert [error["name"] for error in response.json()["errors"]] == [name]
    assert _count(partnership) == 0


def test_what_is_no_json_is_refused(lead: Program, partnership: TenantRef, path: str) -> None:
    assert lead.post(f"{path}organisations/", "{").status_code == 400
    assert lead.post(f"{path}organisations/", "[1]").status_code == 400
    assert _count(partnership) == 0


def test_a_member_bears_what_the_register_says_of_the_day(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    with inside(partnership):
        member = make_partnership.member(make.organisation(), date(2025, 1, 1))
        day = {"membership": member, "from_on": date(2025, 2, 1)}
        Engagement.objects.create(level="FULL", reason="z diagnozy", **day)
        for kind in ("OCCASIONAL", "DIAGNOSES"):
            MembershipFlag.objects.create(kind=kind, **day)
        make_partnership.worker(member, from_on=date(2025, 2, 1))
        name = member.coordinators.get().person.full_name

    (before,) = lead.get(f"{path}members/", as_of="2025-01-31").json()["results"]
    (after,) = lead.get(f"{path}members/", as_of="2025-02-01").json()["results"]

    assert (before["level"], before["flags"], before["designated_workers"]) == (None, [], 0)
    assert (after["level"], after["flags"]) == ("FULL", ["DIAGNOSES", "OCCASIONAL"])
    assert (after["coordinators"], after["designated_workers"]) == ([name], 1)


def test_an_organisation_bears_its_profile(
    lead: Program, partnership: TenantRef, path: str
) -> None:
    with inside(partnership):
        made = make.organisation(competences="Terapia rodzin", legal_basis="statut")

    body = lead.get(f"{path}organisations/{made.pk}/").json()

    assert (body["competences"], body["ways_of_working"]) == ("Terapia rodzin", "")
    assert body["legal_basis"] == "statut"
