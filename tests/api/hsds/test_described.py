"""The interface says itself what it gives: to people on a page, to programs as OpenAPI and as a profile."""

import jsonschema_rs
import lxml.html
from django.conf import settings
from django.test import Client

from api.hsds.described import RESOURCES
from kooperacja.tenancy.ref import TenantRef
from tests.api.hsds.conftest import HOME, get

GUIDE = f"{HOME}opis/"


def test_it_says_its_version_and_where_the_rest_is(db: None) -> None:
    assert get("") == {
        "version": "3.1",
        "profile": f"{settings.SITE_URL}/api/hsds/profile.json",
        "openapi_url": f"{settings.SITE_URL}/api/hsds/openapi.json",
    }


def test_the_profile_is_a_schema_of_our_own_properties_alone(db: None) -> None:
    profile = get("profile.json")
    assert jsonschema_rs.meta.is_valid(profile)
    assert profile["$id"] == get("")["profile"]
    for definition in profile["$defs"].values():
        for name, schema in definition["properties"].items():
            assert name.startswith("kooperacja_")
            assert schema["description"]


def test_openapi_names_every_address_and_its_filters(gmina: TenantRef) -> None:
    description = get("openapi.json")
    paths = {"/", *(f"/{name}" for name in RESOURCES), *(f"/{name}/{{id}}" for name in RESOURCES)}
    assert set(description["paths"]) == paths
    asked = {one["name"]: one for one in description["paths"]["/services"]["get"]["parameters"]}
    assert asked["per_page"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 100}
    assert asked["organization_id"]["schema"] == {"type": "string", "format": "uuid"}
    assert {"search", "taxonomy_term_id", "modified_after", "minimal", "full"} <= set(asked)
    own = get(f"{gmina.code}/openapi.json")
    assert own["servers"] == [{"url": f"{settings.SITE_URL}/api/hsds/{gmina.code}"}]
    assert gmina.name in own["info"]["title"]


def test_the_page_for_people_names_all_of_it(db: None) -> None:
    page = lxml.html.fromstring(Client().get(GUIDE).content)
    said = {one.text_content() for one in page.xpath("//main//code")}
    for many, _, _ in RESOURCES.values():
        assert set(many.query().fields) - {"page", "per_page", "format"} <= said
    for definition in get("profile.json")["$defs"].values():
        assert set(definition["properties"]) <= said
    links = set(page.xpath("//main//a/@href"))
    assert {"/api/hsds/openapi.json", "/api/hsds/profile.json", "/api/"} <= links | {
        one.get("href") for one in page.xpath("//nav//a")
    }


def test_others_lead_to_it(db: None) -> None:
    for at in ("/api/", "/katalog/typy-uslug/"):
        assert f'href="{GUIDE}"' in Client().get(at).content.decode(), at
