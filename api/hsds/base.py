"""The base of its addresses: open to everybody, only read, at a pace, and not sent twice."""

import time
from typing import Any

from allauth.core.internal import ratelimit
from django.http import Http404, HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework import status
from rest_framework.exceptions import APIException, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from api.hsds.rows import revision
from api.v1.base import JsonAlways
from api.v1.problems import problem_response
from api.v1.queries import Query
from kooperacja.accounts import limits
from kooperacja.tenancy.middleware import directory
from kooperacja.tenancy.ref import TenantRef

REQUESTS_A_MINUTE = 120
_TOO_MANY = "Z jednego adresu sieciowego przyjmujemy {} żądań na minutę."
# Pages of other sites may read these addresses, and no other of ours.
_FOR_OTHER_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_BEFORE_ASKING = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class AddressThrottle(BaseThrottle):
    """So many requests of a network in each minute of the clock; counted in the database."""

    def allow_request(self, request: Request, view: Any) -> bool:
        network = ratelimit.get_ip(request._request)
        requests = limits.count(f"hsds:{network}", until=time.time() + self.wait())
        return requests <= REQUESTS_A_MINUTE

    def wait(self) -> float:
        return 60 - time.time() % 60


class Gone(APIException):
    """A service that was listed, and is no longer."""

    status_code = status.HTTP_410_GONE
    default_detail = "Tej usługi nie ma już w katalogu. Usuń ją u siebie."


class Address(APIView):
    """One address: of the region, or of a unit that is named by its code."""

    authentication_classes: Any = []
    permission_classes = [AllowAny]
    throttle_classes = [AddressThrottle]
    content_negotiation_class = JsonAlways
    http_method_names = ["get", "head", "options"]
    schema = None  # described by the official schemas, not by ours
    query: type[Query] = Query
    summary = ""

    def get_exception_handler(self) -> Any:
        return _problem

    def options(self, request: Any, *args: Any, **named: Any) -> Response:
        """Whatever a browser wants to know before it asks for a page of another site."""
        return Response(status=status.HTTP_204_NO_CONTENT, headers=_BEFORE_ASKING)

    def get(self, request: Request, code: str = "", **named: Any) -> HttpResponseBase:
        query = self.query().read(request.query_params)
        unit = unit_of(code) if code else None
        etag = f'W/"{revision()}"'
        response: HttpResponseBase | None = get_conditional_response(request._request, etag=etag)
        if response is None:
            response = self.answer(query, unit, **named)
        response["ETag"] = etag
        response["Cache-Control"] = "public, no-cache"
        return response

    def answer(self, query: dict[str, Any], unit: TenantRef | None, **named: Any) -> Response:
        raise NotImplementedError  # each address has an answer of its own

    def finalize_response(self, request: Any, response: Any, *args: Any, **named: Any) -> Any:
        for name, value in _FOR_OTHER_SITES.items():
            response[name] = value
        return super().finalize_response(request, response, *args, **named)


def unit_of(code: str) -> TenantRef:
    """The unit of a TERYT code, while it is open."""
    is_code = code.isascii() and code.isdigit()
    unit: TenantRef | None = directory().find_by_code(code) if is_code else None
    if unit is None or not unit.is_open:
        raise Http404
    return unit


def _problem(failure: Exception, context: dict[str, Any]) -> Response | None:
    response: Response | None = problem_response(failure, context)
    if isinstance(failure, Throttled) and response is not None:
        response.data["detail"] = _TOO_MANY.format(REQUESTS_A_MINUTE)
    return response
