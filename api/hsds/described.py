"""The interface about itself: its version, our profile, and OpenAPI by the official schemas."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from rest_framework import serializers
from rest_framework.response import Response

from api.hsds.base import Address
from api.hsds.organisations import Locations, OneLocation, OneOrganisation, Organisations
from api.hsds.services import AtLocations, OneAtLocation, OneService, Services
from api.hsds.taxonomies import OneTaxonomy, OneTerm, Taxonomies, Terms
from kooperacja.tenancy.ref import TenantRef
from kooperacja.tenancy.urls import root_reverse
from tenants.services.hsds.profile import profile

Json = dict[str, Any]
VERSION = "3.1"
_OFFICIAL = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/{}.json"
# Each kind of object: the list and one of it, and its official schema.
RESOURCES: dict[str, tuple[type[Address], type[Address], str]] = {
    "services": (Services, OneService, "service"),
    "organizations": (Organisations, OneOrganisation, "organization"),
    "locations": (Locations, OneLocation, "location"),
    "service_at_locations": (AtLocations, OneAtLocation, "service_at_location"),
    "taxonomies": (Taxonomies, OneTaxonomy, "taxonomy"),
    "taxonomy_terms": (Terms, OneTerm, "taxonomy_term"),
}
_TYPES: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], Json], ...] = (
    (serializers.IntegerField, {"type": "integer"}),
    (serializers.BooleanField, {"type": "boolean"}),
    (serializers.UUIDField, {"type": "string", "format": "uuid"}),
    (serializers.DateTimeField, {"type": "string", "format": "date-time"}),
    (serializers.Field, {"type": "string"}),
)


def absolute(name: str, unit: TenantRef | None = None) -> str:
    """The whole address of one of these pages."""
    return urljoin(settings.SITE_URL, root_reverse(f"hsds:{name}", *([unit.code] if unit else [])))


class Home(Address):
    """Its version, and where its profile and its description are."""

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        return Response(
            {
                "version": VERSION,
                "profile": absolute("profile"),
                "openapi_url": absolute("unit_openapi" if unit else "openapi", unit),
            }
        )


class Profile(Address):
    """Our own properties, as a JSON schema."""

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        return Response(profile(absolute("profile")))


class OpenApi(Address):
    """OpenAPI 3.1 of these addresses."""

    def answer(self, query: Json, unit: TenantRef | None, **named: Any) -> Response:
        home = absolute("unit_home" if unit else "home", unit)
        title = "Koszyk usług społecznych (HSDS 3.1)" + (f": {unit.name}" if unit else "")
        return Response(
            {
                "openapi": "3.1.0",
                "info": {"title": title, "version": VERSION},
                "servers": [{"url": home.rstrip("/")}],
                "paths": _paths(),
                "components": {"schemas": {"Page": _PAGE}},
            }
        )


def _paths() -> Json:
    paths: Json = {"/": {"get": {"summary": "Wersja i profil", "responses": _ok({})}}}
    for name, (many, one, kind) in RESOURCES.items():
        paths[f"/{name}"] = {"get": _operation(many, _envelope(kind))}
        parameters = [_parameter("id", {"type": "string", "format": "uuid"}, "path")]
        paths[f"/{name}/{{id}}"] = {
            "parameters": parameters,
            "get": _operation(one, _ref(kind)),
        }
    return paths


_NUMBERS = ("total_items", "total_pages", "page_number", "size")
_FLAGS = ("first_page", "last_page", "empty")
_PAGE: Json = {
    "type": "object",
    "properties": {
        **{name: {"type": "integer"} for name in _NUMBERS},
        **{name: {"type": "boolean"} for name in _FLAGS},
    },
}


def _ref(kind: str) -> Json:
    return {"$ref": _OFFICIAL.format(kind)}


def _envelope(kind: str) -> Json:
    contents = {"type": "array", "items": _ref(kind)}
    return {
        "allOf": [{"$ref": "#/components/schemas/Page"}],
        "properties": {"contents": contents},
    }


def _operation(view: type[Address], schema: Json) -> Json:
    fields = view.query().fields
    return {
        "summary": view.summary,
        "parameters": [
            _parameter(name, _schema_of(field), "query", str(field.help_text or ""))
            for name, field in fields.items()
        ],
        "responses": _ok(schema),
    }


def _schema_of(field: Any) -> Json:
    schema = dict(next(known for kind, known in _TYPES if isinstance(field, kind)))
    limits = {"minimum": "min_value", "maximum": "max_value", "maxLength": "max_length"}
    for name, attribute in limits.items():
        if (limit := getattr(field, attribute, None)) is not None:
            schema[name] = limit
    if isinstance(field, serializers.ChoiceField):
        schema["enum"] = list(field.choices)
    return schema


def _parameter(name: str, schema: Json, place: str, about: str = "") -> Json:
    said = {"description": about} if about else {}
    return {"name": name, "in": place, "required": place == "path", "schema": schema, **said}


def _ok(schema: Json) -> Json:
    content = {"application/json": {"schema": schema}}
    problem = {"description": "Błąd jako application/problem+json (RFC 9457)."}
    return {"200": {"description": "Odpowiedź.", "content": content}, "default": problem}
