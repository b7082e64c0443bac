"""Risks, irregularities and threats that members report to each other (REG §7.2)."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from uuid6 import uuid7

from api.v1.base import SeenResource
from api.v1.fields import KeyField
from api.v1.forms import KeyedSerializer, checked
from api.v1.problems import Unprocessable
from api.v1.queries import PageQuery
from kooperacja.guard.passing import guarded
from kooperacja.tenancy.context import inside
from kooperacja.ui.problems import Missing
from kooperacja.writes import AlreadySaved
from tenants.dialogue.actions import risks as acts
from tenants.dialogue.forms.risks import AddDoneForm, ReportRiskForm
from tenants.dialogue.models.risks import Risk, RiskKind, RiskStep, StepKind, Urgency
from tenants.dialogue.perms import risks as perms
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.workflow import RiskState
from tenants.people.models import Person
from tenants.teams.models import Team
from tenants.teams.sides import Side, code_of, in_words


class RiskSerializer(serializers.Serializer[Risk]):
    """A report of a member to all the others."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(help_text="Numer w roku zespołu.")
    year = serializers.IntegerField()
    team = serializers.UUIDField(source="team_id")
    organisation = serializers.UUIDField(
        source="organisation_id", allow_null=True, help_text="Kto zgłosił; null: Lider."
    )
    organisation_name = serializers.CharField(
        source="organisation.name", allow_null=True, default=None
    )
    person = serializers.CharField(source="person.full_name")
    kind = serializers.ChoiceField(choices=RiskKind.choices)
    urgency = serializers.ChoiceField(choices=Urgency.choices)
    text = serializers.CharField(help_text="Co się dzieje albo czym to grozi.")
    concerns = serializers.CharField(help_text="Kogo albo czego dotyczy.")
    done = serializers.CharField(help_text="Co zrobiono przed zgłoszeniem.")
    state = serializers.ChoiceField(choices=RiskState.choices)
    reported_at = serializers.DateTimeField()
    queued_at = serializers.DateTimeField(
        allow_null=True, help_text="Kiedy wiadomości do wszystkich były gotowe do wysłania."
    )
    ended_on = serializers.DateField(allow_null=True, help_text="Kiedy zamknięto albo wycofano.")
    version = serializers.IntegerField()


class RiskStepSerializer(serializers.Serializer[RiskStep]):
    """One step of a risk."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=StepKind.choices)
    who = serializers.CharField()
    text = serializers.CharField(help_text="Co zrobiono albo dlaczego.")
    taken_at = serializers.DateTimeField()


class NewRiskSerializer(KeyedSerializer):
    """A report; at once it goes to every member of the team."""

    FORM = ReportRiskForm
    WITHOUT = frozenset({"of"})
    HELP = {
        "text": "Co się dzieje albo czym to grozi, bez danych rodzin.",
        "concerns": "Kogo albo czego dotyczy, bez danych rodzin.",
        "done": "Co już zrobiono.",
    }
    team = KeyField(help_text="Zespół, którego członkowie mają to wiedzieć.")
    organisation = KeyField(
        required=False, help_text="W imieniu której instytucji; bez niej w imieniu Lidera."
    )


class NewStepSerializer(KeyedSerializer):
    """Something that was done about a risk."""

    FORM = AddDoneForm
    HELP = {"text": "Co zrobiono, bez danych rodzin."}


class RisksQuery(PageQuery):
    """Filters of the list."""

    state = serializers.ChoiceField(
        choices=RiskState.choices, required=False, help_text="Tylko w tym stanie."
    )


class RiskResource(SeenResource):
    """Base of the addresses of risks."""

    serializer_class: Any = RiskSerializer

    def seen(self, request: Request) -> "tuple[Person | None, QuerySet[Risk]]":
        """The caller, and the risks that exist for them."""
        person = self.person(request)
        perms.see_risks.require(person)
        readable = Risk.objects.read_by(person)
        return person, readable.select_related("team", "organisation", "person")


class Risks(RiskResource):
    """Risks, the newest at the top."""

    query = RisksQuery

    @extend_schema(summary="Zgłoszone ryzyka", responses=RiskSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        _, rows = self.seen(request)
        query: dict[str, Any] = self.read_query(request)
        if state := query.get("state"):
            rows = rows.filter(state=state)
        return self.page(rows.order_by("-reported_at", "-pk"), request, query)

    @extend_schema(
        summary="Zgłoszenie ryzyka wszystkim członkom zespołu",
        request=NewRiskSerializer,
        responses={201: RiskSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        person, rows = self.seen(request)
        sent = NewRiskSerializer.read(request)
        key = sent.pop("id", None) or uuid7()
        if rows.filter(pk=key).exists():
            return self.answer(key)
        team = Team.objects.filter(pk=sent.pop("team")).first()
        if team is None or person is None:
            raise Unprocessable({"team": ["Nie ma takiego zespołu."]})
        perms.report.require(person, team)
        sides = member_for(person, team)
        of = _institution(sent.pop("organisation", None), sides)
        form = ReportRiskForm({**sent, "key": key, "of": of}, speaks_for=in_words(sides))
        with inside(self.tenant(request)):
            guarded(acts.report)(by=self.actor(request), team_id=team.pk, **checked(form))
        return self.answer(key, status.HTTP_201_CREATED)


def _institution(chosen: Side, sides: set[Side]) -> str:
    if chosen not in sides:
        raise Unprocessable({"organisation": ["W jej imieniu nie możesz zgłaszać."]})
    return code_of(chosen)


class OneRisk(RiskResource):
    """One of the risks."""

    @extend_schema(summary="Zgłoszone ryzyko", responses=RiskSerializer)
    def get(self, request: Request, code: str, risk_id: UUID) -> Response:
        _, rows = self.seen(request)
        self.read_query(request)
        return Response(self.get_serializer(_one(rows, risk_id)).data)


class RiskSteps(RiskResource):
    """Steps of a risk, the first at the top."""

    query = PageQuery
    serializer_class = RiskStepSerializer

    def rows(self) -> QuerySet[Any]:
        return _steps_of(_one(self.seen(self.request)[1], self.kwargs["risk_id"]))

    @extend_schema(summary="Przebieg zgłoszenia", responses=RiskStepSerializer(many=True))
    def get(self, request: Request, code: str, risk_id: UUID) -> Response:
        _, rows = self.seen(request)
        query: dict[str, Any] = self.read_query(request)
        steps = _steps_of(_one(rows, risk_id))
        return self.page(steps.order_by("taken_at", "pk"), request, query)

    @extend_schema(
        summary="Dopisanie, co zrobiono",
        request=NewStepSerializer,
        responses={201: RiskStepSerializer},
    )
    def post(self, request: Request, code: str, risk_id: UUID) -> Response:
        person, rows = self.seen(request)
        risk = _one(rows, risk_id)
        perms.add_to.require(person, risk)
        sent = NewStepSerializer.read(request)
        key = sent.pop("id", None) or uuid7()
        form = AddDoneForm({**sent, "key": key})
        with suppress(AlreadySaved), inside(self.tenant(request)):
            guarded(acts.add_done)(by=self.actor(request), risk_id=risk.pk, **checked(form))
        return self.answer(key, status.HTTP_201_CREATED)


def _steps_of(risk: Risk) -> "QuerySet[RiskStep]":
    return RiskStep.objects.filter(risk=risk).select_related("risk__team")


def _one(rows: "QuerySet[Risk]", pk: UUID) -> Risk:
    if row := rows.filter(pk=pk).first():
        return row
    raise Missing("Nie ma takiego zgłoszenia", perms.see_risk.why)
