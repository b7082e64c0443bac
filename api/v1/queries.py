"""Parameters of a list, and the part of it that they ask for.

Each is checked, and an unknown one is refused, never passed over.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

MAX_LIMIT = 500
# TERYT: four digits for a powiat, six for a gmina.
CODE = r"^[0-9]{4}([0-9]{2})?$"
CODE_IN_PATH = OpenApiParameter("code", str, "path", pattern=CODE, description="Kod TERYT.")
MONTH = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"


class MonthField(serializers.RegexField):
    """A month as RRRR-MM; its first day as a value."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(MONTH, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        text = super().run_validation(data)
        return date.fromisoformat(f"{text}-01") if text else text

    def to_representation(self, value: Any) -> str:
        return f"{value:%Y-%m}"


class Query(serializers.Serializer[Any]):
    """No parameters at all."""

    def read(self, params: QueryDict) -> dict[str, Any]:
        """The parameters as values; raises what the caller is told."""
        errors = {name: ["Nieznany parametr."] for name in params if name not in self.fields}
        for name, values in params.lists():
            if len(values) > 1 and name not in errors:
                errors[name] = ["Parametr podano więcej niż raz."]
        if errors:
            raise ValidationError(errors)
        bound = type(self)(data=params.dict())
        bound.is_valid(raise_exception=True)
        return dict(bound.validated_data)


class PageQuery(Query):
    """The part of a list that is wanted."""

    limit = serializers.IntegerField(
        min_value=1, max_value=MAX_LIMIT, default=100, help_text="Ile pozycji zwrócić."
    )
    offset = serializers.IntegerField(
        min_value=0, max_value=1_000_000, default=0, help_text="Ile pozycji pominąć."
    )


class PartPagination(BasePagination):
    """`limit` and `offset`, already checked by the view's query."""

    def paginate(
        self, rows: QuerySet[Any] | Sequence[Any], request: Request, query: dict[str, Any]
    ) -> list[Any]:
        self.request, self.limit, self.offset = request, query["limit"], query["offset"]
        self.count = rows.count() if isinstance(rows, QuerySet) else len(rows)
        return list(rows[self.offset : self.offset + self.limit])

    def get_paginated_response(self, data: Any) -> Response:
        after, before = self.offset + self.limit, max(self.offset - self.limit, 0)
        return Response(
            {
                "count": self.count,
                "next": self._link(after) if after < self.count else None,
                "previous": self._link(before) if self.offset else None,
                "results": data,
            }
        )

    def _link(self, offset: int) -> str:
        return replace_query_param(self.request.build_absolute_uri(), "offset", str(offset))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "minimum": 0},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }
