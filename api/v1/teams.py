"""Teams of a tenant and their seats as of a day (REG §2; POR §2)."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.queries import PageQuery
from tenants.teams import perms
from tenants.teams.kinds import KINDS
from tenants.teams.models import Seat, Team


class TeamSerializer(serializers.Serializer[Team]):
    """A team whose members may be known."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=[(code, kind.name) for code, kind in KINDS.items()])
    name = serializers.CharField(source="__str__")
    from_on = serializers.DateField(help_text="Od kiedy zespół działa.")
    ended_on = serializers.DateField(allow_null=True)


class Teams(TenantResource):
    """Teams in the order in which they began."""

    query = PageQuery
    serializer_class = TeamSerializer

    @extend_schema(summary="Zespoły", responses=TeamSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        person = self.person(request)
        perms.see_teams.require(person)
        query: dict[str, Any] = self.read_query(request)
        return self.page(perms.known_to(person).order_by("from_on", "pk"), request, query)


class SeatSerializer(serializers.Serializer[Seat]):
    """A seat: of a person, or a vacant one of an institution that sent nobody."""

    organisation = serializers.UUIDField(
        source="organisation_id", allow_null=True, help_text="null: miejsce Lidera."
    )
    institution = serializers.CharField(source="organisation.name", allow_null=True, default=None)
    person = serializers.CharField(
        source="person.full_name",
        allow_null=True,
        default=None,
        help_text="null: miejsce nieobsadzone.",
    )
    function = serializers.CharField()
    from_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True)


class SeatsQuery(PageQuery):
    """The day of the list."""

    as_of = serializers.DateField(
        required=False, input_formats=["%Y-%m-%d"], help_text="Na który dzień; domyślnie dziś."
    )


class Seats(TenantResource):
    """The seats of a team on a day."""

    query = SeatsQuery
    serializer_class = SeatSerializer

    @extend_schema(summary="Skład zespołu", responses=SeatSerializer(many=True))
    def get(self, request: Request, code: str, team_id: UUID) -> Response:
        person = self.person(request)
        perms.see_teams.require(person)
        team = get_object_or_404(perms.known_to(person), pk=team_id)
        query: dict[str, Any] = self.read_query(request)
        day = query.get("as_of") or timezone.localdate()
        return self.page(Seat.objects.taken(day).filter(team=team).in_order(), request, query)
