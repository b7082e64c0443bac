"""The base of all resources; nothing is open unless a permission says so."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.keys import RegionReader, TenantMember, TokenThrottle
from api.v1.problems import Unprocessable, problem_response
from api.v1.queries import CODE_IN_PATH, PartPagination, Query
from api.v1.schema import ResourceSchema
from kooperacja.audit.actor import Actor
from kooperacja.tenancy.ref import TenantRef
from tenants.people.models import Person


class JsonAlways(BaseContentNegotiation):
    """There is one representation, whatever is asked for."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        wanted = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == wanted), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        return renderers[0], renderers[0].media_type


class Resource(GenericAPIView[Any]):
    """One address of the interface."""

    permission_classes: Any = [RegionReader]
    throttle_classes = [TokenThrottle]
    content_negotiation_class = JsonAlways
    pagination_class: Any = PartPagination
    http_method_names = ["get", "head", "post", "put"]
    schema = ResourceSchema()
    query: type[Query] = Query
    tag = "Województwo"
    path_parameters: tuple[Any, ...] = ()

    def get_exception_handler(self) -> Any:
        return problem_response

    def read_query(self, request: Request) -> dict[str, Any]:
        return self.query().read(request.query_params)

    def page(self, rows: Any, request: Request, query: dict[str, Any]) -> Response:
        paginator = PartPagination()
        part = paginator.paginate(rows, request, query)
        return paginator.get_paginated_response(self.get_serializer(part, many=True).data)


class TenantResource(Resource):
    """An address inside a tenant, entered by the middleware before the view runs."""

    permission_classes: list[type[BasePermission]] = [TenantMember]
    tag = "Jednostka"
    path_parameters = (CODE_IN_PATH,)

    def rows(self) -> QuerySet[Any]:
        """All that its addresses answer with, with what the answer shows."""
        raise NotImplementedError  # each resource has rows of its own

    def answer(self, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
        """One of the rows as it is now; an id that another row has is refused."""
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Unprocessable({"id": ["Ten identyfikator ma już inny wpis. Podaj inny."]})
        return Response(self.get_serializer(row).data, status=code)

    def tenant(self, request: Request) -> TenantRef:
        tenant: TenantRef = request._request.tenant  # type: ignore[attr-defined]
        return tenant  # TenantMember has answered 404 where there is none

    def person(self, request: Request) -> Person | None:
        """The caller in the tenant's own register; what they may do is asked of its perms."""
        person: Person | None = request._request.person  # type: ignore[attr-defined]
        return person

    def actor(self, request: Request) -> Actor:
        actor: Actor = request._request.actor  # type: ignore[attr-defined]
        return actor


class SeenResource(TenantResource):
    """An address whose rows not each caller reads: all it answers with are those that this one does.

    So a new row sent by the id of another's is never answered with that one.
    """

    def seen(self, request: Request) -> tuple[Any, QuerySet[Any]]:
        """The caller, and the rows that exist for them."""
        raise NotImplementedError  # each resource has rows of its own

    def rows(self) -> QuerySet[Any]:
        return self.seen(self.request)[1]
