"""Members of a tenant's partnership (REG §1.3, §1.5)."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.organisations import TENANT_CODE
from api.v1.queries import PageQuery
from tenants.partnership import perms
from tenants.partnership.models import Membership, Sector

WHY = "Członków Partnerstwa widzą osoby, które mają w tej jednostce rolę (§ 1 ust. 8 regulaminu)."


class MemberSerializer(serializers.Serializer[Membership]):
    """That an institution is a kooperant."""

    organisation = serializers.UUIDField(source="organisation_id")
    name = serializers.CharField(source="organisation.name")
    sector = serializers.ChoiceField(choices=Sector.choices, source="organisation.sector")
    from_on = serializers.DateField(help_text="Dzień przyjęcia przez Lidera.")
    ended_on = serializers.DateField(allow_null=True)


class MembersQuery(PageQuery):
    """On which day."""

    as_of = serializers.DateField(
        required=False, input_formats=["%Y-%m-%d"], help_text="Na który dzień; domyślnie dziś."
    )


class Members(TenantResource):
    """Members on a day, in the order in which they joined."""

    query = MembersQuery
    serializer_class = MemberSerializer
    path_parameters = (TENANT_CODE,)

    @extend_schema(summary="Członkowie Partnerstwa", responses=MemberSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        perms.require(perms.can_see_members(self.person(request)), WHY)
        query: dict[str, Any] = self.read_query(request)
        day = query.get("as_of") or timezone.localdate()
        rows = Membership.objects.on(day).select_related("organisation").order_by("from_on", "pk")
        return self.page(rows, request, query)
