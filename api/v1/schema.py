"""The interface describes itself (OpenAPI 3.1): its key, its parameters, its errors."""

from http import HTTPStatus
from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from api.v1.problems import MEDIA_TYPE, TITLES, ProblemSerializer
from api.v1.queries import Query

ALWAYS = (400, 401, 403, 429, 503)


class BearerKey(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The one way in."""

    target_class = "api.v1.keys.TokenAuthentication"
    name = "klucz"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Klucz z ekranu „Klucze dla programów”, zaczyna się od koop_.",
        }


class ResourceSchema(AutoSchema):
    """Adds to each operation the parameters its view checks and the errors it can answer."""

    def get_override_parameters(self) -> list[Any]:
        query: type[Query] | None = getattr(self.view, "query", None)
        is_read = self.method == "GET"
        parameters: list[Any] = [query] if query and query().fields and is_read else []
        return [*parameters, *getattr(self.view, "path_parameters", ())]

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "tag", "")]

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        codes = set(ALWAYS)
        if "{" in self.path:
            codes.add(404)
        if self.method in {"POST", "PUT"}:
            codes |= {409, 415, 422}
        for code in sorted(codes):
            response = self._get_response_for_code(  # type: ignore[no-untyped-call]
                ProblemSerializer, str(code), [MEDIA_TYPE]
            )
            bodies[str(code)] = {**response, "description": TITLES[HTTPStatus(code)]}
        return bodies
