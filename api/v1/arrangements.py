"""Arrangements of the teams whose content the key's owner reads (REG §2; POR §2.3.3)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.base import SeenResource
from api.v1.fields import NumberField
from api.v1.forms import FormSerializer
from api.v1.queries import PageQuery
from kooperacja.tenancy.context import inside
from kooperacja.ui.problems import Missing
from tenants.meetings import perms
from tenants.meetings.actions import arrangements as acts
from tenants.meetings.forms.arrangements import DoneForm, NotDoneForm
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.workflow import ArrangementState
from tenants.people.models import Person


class ArrangementSerializer(serializers.Serializer[Arrangement]):
    """An arrangement: what is to be done, by whom and by when."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(help_text="Numer w roku zespołu.")
    year = serializers.IntegerField()
    team = serializers.UUIDField(source="team_id")
    meeting = serializers.UUIDField(
        source="meeting_id", allow_null=True, help_text="null: ustalono między spotkaniami."
    )
    item = serializers.UUIDField(source="item_id", allow_null=True, help_text="Punkt spotkania.")
    made_on = serializers.DateField()
    text = serializers.CharField()
    organisation = serializers.UUIDField(
        source="organisation_id", allow_null=True, help_text="null: wykonuje Lider."
    )
    organisation_name = serializers.CharField(
        source="organisation.name", allow_null=True, default=None
    )
    person = serializers.CharField(source="person.full_name", allow_null=True, default=None)
    due_on = serializers.DateField(help_text="Termin.")
    state = serializers.ChoiceField(choices=ArrangementState.choices)
    closed_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(help_text="Dlaczego nie wykonano.")
    passed_to = serializers.UUIDField(
        source="passed_to_id", allow_null=True, help_text="Ustalenie, które je zastąpiło."
    )
    version = serializers.IntegerField(help_text="Podaj ją, gdy zamykasz ustalenie.")


class ReportSerializer(FormSerializer):
    """Carries the version its sender saw, so that nobody's later change is lost."""

    version = NumberField(min_value=0, help_text="Wersja ustalenia, którą odczytano.")


class DoneSerializer(ReportSerializer):
    """The day on which it was done."""

    FORM = DoneForm
    HELP = {"done_on": "Dzień wykonania, od spotkania do dziś."}


class NotDoneSerializer(ReportSerializer):
    """The reason for which it was not done."""

    FORM = NotDoneForm
    HELP = {"reason": "Dlaczego nie wykonano, bez danych rodzin."}


class ArrangementsQuery(PageQuery):
    """Filters of the list."""

    state = serializers.ChoiceField(
        choices=ArrangementState.choices, required=False, help_text="Tylko w tym stanie."
    )
    due_to = serializers.DateField(
        required=False, input_formats=["%Y-%m-%d"], help_text="Tylko z terminem do tego dnia."
    )


class ArrangementResource(SeenResource):
    """Base of the addresses of arrangements."""

    serializer_class = ArrangementSerializer

    def seen(self, request: Request) -> "tuple[Person | None, QuerySet[Arrangement]]":
        """The caller, and the arrangements that exist for them."""
        person = self.person(request)
        perms.see_meetings.require(person)
        readable = Arrangement.objects.read_by(person)
        return person, readable.select_related("team", "organisation", "person")


class Arrangements(ArrangementResource):
    """Arrangements, those due first at the top."""

    query = ArrangementsQuery

    @extend_schema(summary="Ustalenia spotkań", responses=ArrangementSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        _, rows = self.seen(request)
        query: dict[str, Any] = self.read_query(request)
        if state := query.get("state"):
            rows = rows.filter(state=state)
        if day := query.get("due_to"):
            rows = rows.filter(due_on__lte=day)
        return self.page(rows.order_by("due_on", "pk"), request, query)


class OneArrangement(ArrangementResource):
    """One of the arrangements."""

    @extend_schema(summary="Ustalenie", responses=ArrangementSerializer)
    def get(self, request: Request, code: str, arrangement_id: UUID) -> Response:
        _, rows = self.seen(request)
        self.read_query(request)
        return Response(self.get_serializer(_one(rows, arrangement_id)).data)


class Report(ArrangementResource):
    """Closes an arrangement; the same sent again changes nothing."""

    def close(
        self,
        request: Request,
        pk: UUID,
        serializer: type[ReportSerializer],
        act: Callable[..., Any],
        closed: Callable[[Arrangement, dict[str, Any]], bool],
    ) -> Response:
        person, rows = self.seen(request)
        row = _one(rows, pk)
        perms.report.require(person, row)
        values = serializer.read(request)
        if not closed(row, values):
            with inside(self.tenant(request)):
                act(by=self.actor(request), arrangement_id=pk, **values)
        return self.answer(pk)


class ArrangementDone(Report):
    """Say that an arrangement was done."""

    @extend_schema(
        summary="Ustalenie wykonane",
        request=DoneSerializer,
        responses={200: ArrangementSerializer},
    )
    def post(self, request: Request, code: str, arrangement_id: UUID) -> Response:
        def closed(row: Arrangement, sent: dict[str, Any]) -> bool:
            return row.state == ArrangementState.DONE and row.closed_on == sent["done_on"]

        return self.close(request, arrangement_id, DoneSerializer, acts.report_done, closed)


class ArrangementNotDone(Report):
    """Say why an arrangement was not done."""

    @extend_schema(
        summary="Ustalenie niewykonane",
        request=NotDoneSerializer,
        responses={200: ArrangementSerializer},
    )
    def post(self, request: Request, code: str, arrangement_id: UUID) -> Response:
        def closed(row: Arrangement, sent: dict[str, Any]) -> bool:
            return row.state == ArrangementState.NOT_DONE and row.reason == sent["reason"]

        return self.close(request, arrangement_id, NotDoneSerializer, acts.report_not_done, closed)


def _one(rows: "QuerySet[Arrangement]", pk: UUID) -> Arrangement:
    if row := rows.filter(pk=pk).first():
        return row
    raise Missing("Nie ma takiego ustalenia", perms.see_arrangement.why)
