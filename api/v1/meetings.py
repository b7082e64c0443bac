"""Meetings of the teams whose content the key's owner reads (REG §2)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.queries import PageQuery
from tenants.meetings import perms
from tenants.meetings.models.decisions import (
    CHOICES,
    RESULTS,
    WAYS,
    Decision,
    Voice,
    items_of,
)
from tenants.meetings.models.meetings import AgendaItem, ItemKind, Meeting, MeetingMode, Outcome
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


class VoiceSerializer(serializers.Serializer[Voice]):
    """The voice of an institution in a decision."""

    institution = serializers.CharField(help_text="Nazwa z dnia spotkania.")
    choice = serializers.ChoiceField(choices=CHOICES)
    reason = serializers.CharField()
    is_struck = serializers.BooleanField(
        help_text="Nieważny: po poprawieniu obecności instytucji nie było."
    )


class DecisionSerializer(serializers.Serializer[Decision]):
    """The decision on an item, with what was common where no agreement was reached."""

    way = serializers.ChoiceField(choices=WAYS)
    text = serializers.CharField()
    result = serializers.ChoiceField(choices=RESULTS)
    common_position = serializers.CharField(
        help_text="Wspólne stanowisko mimo sprzeciwu; puste, gdy stanowisko uzgodniono."
    )
    voices = VoiceSerializer(
        many=True,
        source="listed",
        help_text="Głosy instytucji; puste, gdy rodzaj zespołu ich nie wymienia.",
    )
    counts = serializers.CharField(help_text="Liczba głosów, gdy się ich nie wymienia.")
    objections = serializers.ListField(
        child=serializers.CharField(), help_text="Powody sprzeciwu, gdy głosów się nie wymienia."
    )


class ItemSerializer(serializers.Serializer[AgendaItem]):
    """An item of the agenda, and how it ended."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=ItemKind.choices)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    outcome_text = serializers.CharField()
    decision = DecisionSerializer(allow_null=True)


class WholeMeetingSerializer(MeetingSerializer):
    """A meeting with where it is, its agenda and its decisions."""

    place = serializers.CharField()
    place_reason = serializers.CharField(help_text="Dlaczego w innym miejscu, niż mówi regulamin.")
    link = serializers.CharField(help_text="Adres połączenia spotkania zdalnego.")
    host = serializers.UUIDField(
        source="host_id", allow_null=True, help_text="Instytucja, u której jest spotkanie."
    )
    items = serializers.SerializerMethodField()

    @extend_schema_field(ItemSerializer(many=True))
    def get_items(self, meeting: Meeting) -> Any:
        return [ItemSerializer(item).data for item in items_of(meeting)]


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
