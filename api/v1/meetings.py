"""Meetings of the teams whose content the key's owner reads (REG §2)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.queries import PageQuery
from tenants.meetings import perms
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.workflow import MeetingState
from tenants.people.models import Person


class MeetingSerializer(serializers.Serializer[Meeting]):
    """A meeting: its team, its state and its time."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    team_name = serializers.CharField(source="team.law.name")
    state = serializers.ChoiceField(choices=MeetingState.choices)
    mode = serializers.ChoiceField(choices=MeetingMode.choices, help_text="§ 2 ust. 2")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    number = serializers.IntegerField(
        allow_null=True, help_text="Numer w roku; null, dopóki spotkanie się nie odbyło."
    )
    year = serializers.IntegerField(allow_null=True)


class WholeMeetingSerializer(MeetingSerializer):
    """A meeting with where it is."""

    place = serializers.CharField()
    place_reason = serializers.CharField(help_text="Dlaczego w innym miejscu, niż mówi regulamin.")
    link = serializers.CharField(help_text="Adres połączenia spotkania zdalnego.")
    host = serializers.UUIDField(
        source="host_id", allow_null=True, help_text="Instytucja, u której jest spotkanie."
    )


class MeetingsQuery(PageQuery):
    """The state of the meetings in the list."""

    state = serializers.ChoiceField(
        choices=MeetingState.choices, required=False, help_text="Tylko w tym stanie."
    )


def _rows(person: Person | None) -> "QuerySet[Meeting]":
    perms.see_meetings.require(person)
    return Meeting.objects.read_by(person)


class Meetings(TenantResource):
    """Meetings, the latest first."""

    query = MeetingsQuery
    serializer_class = MeetingSerializer

    @extend_schema(summary="Spotkania", responses=MeetingSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        query: dict[str, Any] = self.read_query(request)
        rows = _rows(self.person(request))
        if state := query.get("state"):
            rows = rows.filter(state=state)
        return self.page(rows.order_by("-starts_at", "-pk"), request, query)


class OneMeeting(TenantResource):
    """One of the meetings."""

    serializer_class = WholeMeetingSerializer

    @extend_schema(summary="Spotkanie", responses=WholeMeetingSerializer)
    def get(self, request: Request, code: str, meeting_id: UUID) -> Response:
        self.read_query(request)
        meeting = get_object_or_404(_rows(self.person(request)), pk=meeting_id)
        return Response(self.get_serializer(meeting).data)
