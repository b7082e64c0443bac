"""Attendance at meetings of the teams whose content the key's owner reads (REG §2.7)."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.queries import PageQuery
from tenants.meetings import perms
from tenants.meetings.models.attendance import Attendance, Presence, in_order
from tenants.meetings.models.meetings import Meeting


class AttendanceSerializer(serializers.Serializer[Attendance]):
    """Somebody at a meeting or who should have been, as they were on that day."""

    organisation = serializers.UUIDField(
        source="organisation_id", allow_null=True, help_text="null: Lider albo gość."
    )
    institution = serializers.CharField(help_text="Nazwa instytucji tego dnia.")
    name = serializers.CharField(help_text="Puste: miejsce nieobsadzone.")
    function = serializers.CharField()
    presence = serializers.ChoiceField(choices=Presence.choices, help_text="§ 2 ust. 7")
    deputy = serializers.CharField(help_text="Kto przyszedł w zastępstwie.")
    came_at = serializers.TimeField(allow_null=True, help_text="Godzina spóźnionego przybycia.")
    left_at = serializers.TimeField(allow_null=True, help_text="Godzina wcześniejszego wyjścia.")
    is_guest = serializers.BooleanField()


class AttendanceOfMeeting(TenantResource):
    """The attendance at one meeting; none before it is confirmed."""

    query = PageQuery
    serializer_class = AttendanceSerializer

    @extend_schema(summary="Obecność na spotkaniu", responses=AttendanceSerializer(many=True))
    def get(self, request: Request, code: str, meeting_id: UUID) -> Response:
        person = self.person(request)
        perms.see_meetings.require(person)
        query = self.read_query(request)
        meeting = get_object_or_404(Meeting.objects.read_by(person), pk=meeting_id)
        rows = Attendance.objects.filter(meeting=meeting).select_related("meeting__team")
        return self.page(in_order(rows), request, query)
