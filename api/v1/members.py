"""Members of a tenant's partnership (REG §1.3, §1.5)."""

from datetime import date
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.queries import PageQuery
from tenants.partnership import perms
from tenants.partnership.forms.members import FUTURE_REGISTER
from tenants.partnership.models import EngagementLevel, FlagKind, Membership, register_on
from tenants.people.models import Sector


class MemberSerializer(serializers.Serializer[Membership]):
    """A membership: an institution is a kooperant."""

    organisation = serializers.UUIDField(source="organisation_id")
    name = serializers.CharField(source="organisation.name")
    sector = serializers.ChoiceField(choices=Sector.choices, source="organisation.sector")
    from_on = serializers.DateField(help_text="Dzień przyjęcia przez Lidera.")
    ended_on = serializers.DateField(allow_null=True)
    coordinators = serializers.SerializerMethodField(
        help_text="Koordynatorzy Partnerstwa tego dnia (§ 1 ust. 3 lit. a)."
    )
    level = serializers.SerializerMethodField(
        help_text="Stopień zaangażowania tego dnia (§ 5 ust. 1 lit. b); null, jeśli go nie określono."
    )
    flags = serializers.SerializerMethodField(
        help_text="Cechy, które Lider określił (§ 5 ust. 1 lit. d)."
    )
    designated_workers = serializers.IntegerField(
        source="workers", help_text="Ilu pracowników wskazano do ZZK (§ 4 ust. 3)."
    )

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_coordinators(self, member: Any) -> list[str]:
        return [seat.person.full_name for seat in member.seats]

    @extend_schema_field(serializers.ChoiceField(choices=EngagementLevel.choices, allow_null=True))
    def get_level(self, member: Any) -> str | None:
        return next((level.level for level in member.levels), None)

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField(choices=FlagKind.choices))
    )
    def get_flags(self, member: Any) -> list[str]:
        return sorted(flag.kind for flag in member.marks)


class MembersQuery(PageQuery):
    """The day of the list."""

    as_of = serializers.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text="Na który dzień, dzisiejszy albo wcześniejszy; domyślnie dziś.",
    )

    def validate_as_of(self, day: date) -> date:
        if day > timezone.localdate():
            raise serializers.ValidationError(FUTURE_REGISTER)
        return day


class Members(TenantResource):
    """Members on a day, in the order in which they joined."""

    query = MembersQuery
    serializer_class = MemberSerializer

    @extend_schema(summary="Członkowie Partnerstwa", responses=MemberSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        perms.see_members.require(self.person(request))
        query: dict[str, Any] = self.read_query(request)
        day = query.get("as_of") or timezone.localdate()
        return self.page(register_on(day).order_by("from_on", "pk"), request, query)
