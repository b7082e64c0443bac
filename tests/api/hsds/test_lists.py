"""Lists of HSDS: filters that all hold, pages, and what was not changed is not sent again (REG §5.1.g)."""

from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.hsds import base
from kooperacja.tenancy.context import inside
from kooperacja.tenancy.ref import TenantRef
from tenants.registry.models import Tenant
from tenants.services.hsds.taxonomies import GROUPS, TYPES, WAYS, Taxonomy, term_of
from tenants.services.terms import Group, Way
from tests.api.hsds.conftest import HOME, KINDS, found, get, names
from tests.factories import baskets as make
from tests.factories import partnership as make_partnership
from tests.factories import people as make_people
from tests.hsds import must_be
from tests.region.directory.conftest import OPEN, Basket

NOBODY = "01900000-0000-7000-8000-000000000000"


@pytest.fixture
def two(basket: Basket) -> Basket:
    """A club for seniors of another institution, and a counsellor for everybody."""
    basket.takes(name="Poradnia", groups=[Group.ALL], **OPEN)
    with inside(basket.unit):
        club = make_people.organisation(name="Klub Przykładowy")
        make_partnership.member(club)
        values = {"type_code": "klub-seniora", "groups": [Group.SENIORS], "postal_code": "47-320"}
        ways = [Way.ON_SITE, Way.OUTREACH]
        make.accepted(basket.by, club, name="Spotkania", ways=ways, **values, **OPEN)
    basket.settled()
    return basket


def term(taxonomy: Taxonomy, code: str) -> str:
    one = term_of(taxonomy, code)
    assert one
    return str(one.id)


def test_each_filter_chooses(two: Basket) -> None:
    both = ["Poradnia", "Spotkania"]
    club = next(one for one in found("organizations") if one["name"] == "Klub Przykładowy")
    chosen = {
        ("taxonomy_term_id", term(TYPES, "klub-seniora")): ["Spotkania"],
        ("taxonomy_term_id", term(TYPES, "pomoc-spoleczna")): ["Poradnia"],
        ("taxonomy_term_id", term(GROUPS, "SENIORS")): both,  # one for all is found by each group
        ("taxonomy_term_id", term(GROUPS, "ALL")): ["Poradnia"],
        ("taxonomy_term_id", term(WAYS, "OUTREACH")): ["Spotkania"],
        ("taxonomy_term_id", NOBODY): [],
        ("taxonomy_id", str(TYPES.id)): both,
        ("taxonomy_id", str(WAYS.id)): both,
        ("taxonomy_id", NOBODY): [],
        ("organization_id", club["id"]): ["Spotkania"],
        ("organization_id", NOBODY): [],
        ("search", "emeryci"): ["Spotkania"],
        ("search", "poradni"): ["Poradnia"],
        ("search", "hipopotam"): [],
        ("modified_after", "2020-01-01"): both,
        ("modified_after", "2099-01-01T00:00:00Z"): [],
    }
    for (name, value), expected in chosen.items():
        assert names("services", **{name: value}) == expected, (name, value)


def test_filters_hold_together(two: Basket) -> None:
    seniors = term(GROUPS, "SENIORS")
    outreach = term(WAYS, "OUTREACH")
    assert names("services", taxonomy_term_id=seniors, search="poradnia") == ["Poradnia"]
    assert names("services", taxonomy_term_id=outreach, search="poradnia") == []


def test_institutions_and_places_are_chosen_by_their_services(two: Basket) -> None:
    club = term(TYPES, "klub-seniora")
    assert names("organizations", taxonomy_term_id=club) == ["Klub Przykładowy"]
    assert len(found("locations")) == 2
    for kind in ("locations", "service_at_locations"):
        assert len(found(kind, postcode="47-320")) == 1
        assert found(kind, postcode="00-000") == []


def test_as_much_is_told_as_is_wanted(two: Basket) -> None:
    (short,) = found("services", minimal="true", search="spotkania")
    assert set(short) == {"id", "name", "status", "last_modified"}
    (usual,) = found("services", search="spotkania")
    assert usual["organization"]["name"] == "Klub Przykładowy"
    assert "phones" not in usual
    (full,) = found("services", full="true", search="spotkania")
    assert full == get(f"services/{full['id']}")
    (place,) = found("service_at_locations", full="true", postcode="47-320")
    assert place["location"]["addresses"][0]["postal_code"] == "47-320"

    (club,) = found("organizations", search="spotkania", full="true")
    assert club == get(f"organizations/{club['id']}")
    (whole,) = found("organizations", search="spotkania", full_service="true")
    must_be("service", whole["kooperacja_services"][0])
    assert whole["kooperacja_services"] == [full]


def test_pages_follow_each_other(two: Basket) -> None:
    first, second = (get("services", per_page="1", page=page) for page in ("1", "2"))
    assert {name: first[name] for name in first if name != "contents"} == {
        "total_items": 2,
        "total_pages": 2,
        "page_number": 1,
        "size": 1,
        "first_page": True,
        "last_page": False,
        "empty": False,
    }
    assert (second["first_page"], second["last_page"]) == (False, True)
    assert first["contents"][0]["id"] < second["contents"][0]["id"]
    past = get("services", per_page="1", page="3")
    assert (past["empty"], past["size"], past["contents"]) == (True, 0, [])


def test_an_empty_directory_is_an_empty_page(db: None) -> None:
    for kind in ("services", "organizations", "locations", "service_at_locations"):
        answer = get(kind)
        assert (answer["total_items"], answer["empty"], answer["last_page"]) == (0, True, True)


def test_terms_are_chosen_by_taxonomy_parent_and_words(db: None) -> None:
    health = term(TYPES, "zdrowie")
    below = found("taxonomy_terms", parent_id=health, per_page="100")
    assert below
    assert all(one["parent_id"] == health for one in below)
    assert len(found("taxonomy_terms", taxonomy_id=str(WAYS.id))) == len(Way)
    top = found("taxonomy_terms", top_only="true", taxonomy_id=str(TYPES.id))
    assert len(top) == 14
    codes = [one["code"] for one in found("taxonomy_terms", search="odpoczynek dla opiekuna")]
    assert codes == ["wytchnienie"]


def test_more_rows_ask_no_more_queries(two: Basket) -> None:
    def asked(at: str, **query: str) -> int:
        with CaptureQueriesContext(connections["shared"]) as captured:
            get(at, **query)
        return len(captured)

    get("services")  # what is asked once in a process
    # The pace, the revision, the count, the page.
    for kind in ("services", "organizations", "locations", "service_at_locations"):
        assert [asked(kind, per_page=size) for size in ("1", "100")] == [4, 4], kind
    assert asked("services", full="true") == 4
    assert asked("organizations", full_service="true") == 5
    one = get("services")["contents"][0]["id"]
    assert asked(f"services/{one}") == 3


def test_what_did_not_change_is_not_sent_again(two: Basket) -> None:
    first = Client().get(f"{HOME}services")
    headers = {"If-None-Match": f'"other", {first.headers["ETag"]}'}
    again = Client().get(f"{HOME}services", headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    two.takes(name="Nowa usługa", **OPEN)
    assert Client().get(f"{HOME}services", headers=headers).status_code == 200


# --- Refusals ---------------------------------------------------------------------------------


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    ("at", "name"),
    [
        ("services?per_page=101", "per_page"),
        ("services?per_page=0", "per_page"),
        ("services?page=0", "page"),
        ("services?page=x", "page"),
        ("services?taxonomy_term_id=psycholog", "taxonomy_term_id"),
        ("services?organization_id=1", "organization_id"),
        ("services?modified_after=wczoraj", "modified_after"),
        ("services?full=może", "full"),
        ("services?format=xml", "format"),
        ("services?proximity=100", "proximity"),
        ("services?page=1&page=2", "page"),
        ("service_at_locations?postcode=47320", "postcode"),
        (f"services/{NOBODY}?full=true", "full"),
        ("?x=1", "x"),
    ],
)
def test_a_wrong_parameter_is_named_and_refused(db: None, at: str, name: str) -> None:
    body = problem(Client().get(f"{HOME}{at}"), 400)
    assert [error["name"] for error in body["errors"]] == [name]
    assert body["title"] == "Nieprawidłowe żądanie"


def test_what_is_not_there_is_not_found(gmina: TenantRef) -> None:
    for kind in KINDS:
        problem(Client().get(f"{HOME}{kind}/{NOBODY}"), 404)
    for at in ("nic", "services/", "services/1", "999999/services", "gmina/services"):
        problem(Client().get(f"{HOME}{at}"), 404)
    assert Client().get(f"{HOME}{gmina.code}/services").status_code == 200
    Tenant.objects.filter(pk=gmina.id).update(status="SUSPENDED")
    from tenants.registry import directory

    directory.forget()
    problem(Client().get(f"{HOME}{gmina.code}/services"), 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(db: None, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"{HOME}services")
    problem(answer, 405)


def test_whoever_asks_too_fast_is_told_when_to_return(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "REQUESTS_A_MINUTE", 2)
    monkeypatch.setattr(base.time, "time", lambda: 1_800_000_030.0)
    statuses = [Client().get(f"{HOME}taxonomies").status_code for _ in range(2)]
    assert statuses == [200, 200]
    refused = Client().get(f"{HOME}taxonomies")
    assert "Z jednego adresu sieciowego" in problem(refused, 429)["detail"]
    assert refused.headers["Retry-After"] == "31"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    other = Client(REMOTE_ADDR="192.0.2.7").get(f"{HOME}taxonomies")
    assert other.status_code == 200


def test_pages_of_other_sites_may_read_these_addresses_and_no_other(db: None) -> None:
    origin = {"Origin": "https://inna.example"}
    answer = Client().get(f"{HOME}taxonomies", headers=origin)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = Client().options(f"{HOME}taxonomies", headers=origin)
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert asked.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    for at in ("/api/v1/openapi.json", "/api/v1/units/", "/katalog/typy-uslug.ttl", "/api/"):
        assert "Access-Control-Allow-Origin" not in Client().get(at, headers=origin).headers


@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=-1", "page=9999999999999", "per_page=0", "per_page=101"),
        *("modified_after=0001-01-01", "modified_after=9999-12-31T23:59:59-23:59"),
        *("search=a%00b", "taxonomy_term_id=x", "page=1&page=2", "format=html"),
    ],
)
def test_what_no_list_can_answer_is_refused_and_other_sites_may_read_why(
    db: None, query: str
) -> None:
    answer = Client().get(f"{HOME}services?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("code", ["%00", "ZZZ", "16050%00", "%D9%A1%D9%A6", "160599"])
def test_a_unit_that_there_is_not_is_not_found(db: None, code: str) -> None:
    assert Client().get(f"{HOME}{code}/services").status_code == 404
