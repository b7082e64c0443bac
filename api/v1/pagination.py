"""A list, a part at a time."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param


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
