"""A page of a list in the envelope of HSDS, with the way to the next one."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

Json = dict[str, Any]


def page_of(
    request: Request,
    query: Json,
    rows: QuerySet[Any] | Sequence[Any],
    contents: Callable[[list[Any]], list[Json]],
) -> Response:
    """The page that the query asks for; one past the last is empty."""
    number, size = query["page"], query["per_page"]
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    pages = -(-total // size)
    part = list(rows[(number - 1) * size : number * size])
    answer = {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(part),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not part,
        "contents": contents(part),
    }
    ways = {"prev": number - 1, "next": number + 1}
    here = urljoin(settings.SITE_URL, request.get_full_path())
    links = [
        f'<{replace_query_param(here, "page", str(to))}>; rel="{rel}"'
        for rel, to in ways.items()
        if 1 <= to <= pages
    ]
    return Response(answer, headers={"Link": ", ".join(links)} if links else {})
