"""The regulation in its versions (REG §1.5, §9)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import TenantResource
from api.v1.fields import DayField
from api.v1.queries import PageQuery
from tenants.people.models import Person
from tenants.regulation import perms
from tenants.regulation import text as regulation_text
from tenants.regulation.models import RegulationVersion
from tenants.regulation.parameters import (
    GuestConsent,
    MajorityBase,
    MinutesApproval,
    Period,
    PlacePolicy,
    ResignationEffect,
    RiskNotice,
    VoicesBase,
)
from tenants.regulation.workflow import RegulationState


class RegulationSerializer(serializers.Serializer[RegulationVersion]):
    """A version of the regulation."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(
        allow_null=True, help_text="Numer wersji; null, jeśli jej nie przyjęto."
    )
    state = serializers.ChoiceField(choices=RegulationState.choices)
    title = serializers.CharField()
    amends = serializers.UUIDField(
        source="amends_id", allow_null=True, help_text="Wersja, którą ta zmienia."
    )
    adopted_on = serializers.DateField(allow_null=True)
    adopted_place = serializers.CharField()
    in_force_from = serializers.DateField(allow_null=True)
    voting_from = serializers.DateField(allow_null=True)
    voting_until = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True, help_text="Zakończono bez przyjęcia.")


class ClauseSerializer(serializers.Serializer[Any]):
    """A clause as it is read, its blanks filled in."""

    ref = serializers.CharField()
    name = serializers.CharField(help_text="Jak się ją cytuje, na przykład § 1 ust. 3 lit. a.")
    text = serializers.CharField()


class ParametersSerializer(serializers.Serializer[RegulationVersion]):
    """The choices of the version where the framework regulation leaves one."""

    meetings_count = serializers.IntegerField(help_text="Ile spotkań (§ 2 ust. 3).")
    meetings_period = serializers.ChoiceField(choices=Period.choices)
    place_policy = serializers.ChoiceField(choices=PlacePolicy.choices, help_text="§ 2 ust. 4")
    place = serializers.CharField()
    risk_notice = serializers.ChoiceField(choices=RiskNotice.choices, help_text="§ 7 ust. 2")
    decision_days = serializers.IntegerField(help_text="Dni na decyzję o deklaracji (§ 1 ust. 5).")
    majority_base = serializers.ChoiceField(choices=MajorityBase.choices, help_text="§ 1 ust. 7")
    resignation_effect = serializers.ChoiceField(
        choices=ResignationEffect.choices, help_text="§ 1 ust. 6"
    )
    resignation_days = serializers.IntegerField()
    guest_consent = serializers.ChoiceField(choices=GuestConsent.choices, help_text="§ 2 ust. 8")
    guest_days = serializers.IntegerField()
    email_is_meeting = serializers.BooleanField(help_text="§ 2 ust. 2 i 3")
    minutes_approval = serializers.ChoiceField(
        choices=MinutesApproval.choices, help_text="Kto zatwierdza protokół (§ 2 ust. 9)."
    )
    voices_base = serializers.ChoiceField(
        choices=VoicesBase.choices, help_text="Od ilu instytucji liczy się głosy (§ 2 ust. 7)."
    )


class WholeRegulationSerializer(RegulationSerializer):
    """A version with its text."""

    area = serializers.CharField()
    lead_name = serializers.CharField()
    common_goal = serializers.CharField()
    organisational_frame = serializers.CharField()
    information_exchange = serializers.CharField()
    knowledge_exchange = serializers.CharField()
    decision_process = serializers.CharField()
    monitoring_rules = serializers.CharField()
    justification = serializers.CharField(help_text="Uzasadnienie zmiany.")
    parameters = ParametersSerializer(source="*")
    clauses = serializers.SerializerMethodField()

    @extend_schema_field(ClauseSerializer(many=True))
    def get_clauses(self, version: RegulationVersion) -> Any:
        return ClauseSerializer(regulation_text.filled(version), many=True).data


class RegulationsQuery(PageQuery):
    """Filters of the versions."""

    in_force_on = DayField(required=False, help_text="Tylko wersja, która obowiązuje tego dnia.")


class RegulationResource(TenantResource):
    """The base of both addresses."""

    serializer_class: Any = RegulationSerializer

    def reader(self, request: Request) -> Person:
        person = self.person(request)
        perms.see_regulation.require(person)
        assert person is not None
        return person


class Regulations(RegulationResource):
    """Versions, the one begun last first."""

    query = RegulationsQuery

    @extend_schema(summary="Wersje regulaminu", responses=RegulationSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        rows = _versions(self.reader(request))
        query: dict[str, Any] = self.read_query(request)
        if day := query.get("in_force_on"):
            rows = rows.filter(pk__in=RegulationVersion.in_force_on(day).values("pk")[:1])
        return self.page(
            rows.defer(*RegulationVersion.HEAVY).order_by("-created_at", "pk"), request, query
        )


class OneRegulation(RegulationResource):
    """One version as it is read."""

    serializer_class = WholeRegulationSerializer

    @extend_schema(summary="Jedna wersja regulaminu")
    def get(self, request: Request, code: str, regulation_id: UUID) -> Response:
        person = self.reader(request)
        self.read_query(request)
        version = get_object_or_404(RegulationVersion, pk=regulation_id)
        perms.see_version.require(person, version)
        return Response(self.get_serializer(version).data)


def _versions(person: Person) -> QuerySet[RegulationVersion]:
    if perms.see_drafts(person):
        return RegulationVersion.objects.all()
    return RegulationVersion.objects.exclude(number=None)
