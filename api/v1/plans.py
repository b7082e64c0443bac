"""Action plans of teams, their activities and progress, and what members propose (REG §2.10)."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from uuid6 import uuid7

from api.v1.base import SeenResource
from api.v1.fields import KeyField, NumberField
from api.v1.forms import KeyedSerializer, checked
from api.v1.problems import Unprocessable
from api.v1.queries import PageQuery
from kooperacja.guard.passing import guarded
from kooperacja.tenancy.context import inside
from kooperacja.ui.problems import Missing
from kooperacja.writes import AlreadySaved
from tenants.dialogue.actions.plan_progress import note_progress
from tenants.dialogue.actions.plan_proposals import propose_activity
from tenants.dialogue.forms.plan_activities import ProgressForm, ProposeForm
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.plan import ActionPlan
from tenants.dialogue.models.proposals import ActivityProposal
from tenants.dialogue.models.undertakings import ProgressNote
from tenants.dialogue.perms import plan as perms
from tenants.dialogue.workflow import ActivityProposalState, PlanState, UndertakingState
from tenants.people.models import Person
from tenants.teams.sides import code_of, in_words


class PlanSerializer(serializers.Serializer[ActionPlan]):
    """One version of the plan of a team."""

    id = serializers.UUIDField()
    team = serializers.UUIDField(source="team_id")
    state = serializers.ChoiceField(choices=PlanState.choices)
    number = serializers.IntegerField(
        allow_null=True, help_text="Numer wersji; null, dopóki zespół jej nie przyjął."
    )
    from_on = serializers.DateField(help_text="Pierwszy dzień okresu.")
    until_on = serializers.DateField(help_text="Ostatni dzień okresu.")
    about = serializers.CharField(help_text="Wprowadzenie.")
    adopted_on = serializers.DateField(allow_null=True)
    in_force_from = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(
        allow_null=True, help_text="Od kiedy obowiązuje nowsza wersja."
    )
    amends = serializers.UUIDField(
        source="amends_id", allow_null=True, help_text="Wersja, którą ta zmienia."
    )
    follows = serializers.UUIDField(
        source="follows_id", allow_null=True, help_text="Plan poprzedniego okresu."
    )


class ActivitySerializer(serializers.Serializer[PlanActivity]):
    """An activity of a plan with how far it is."""

    id = serializers.UUIDField()
    serial = serializers.CharField(help_text="Numer celu i działania.")
    goal = serializers.CharField(source="goal.title", help_text="Cel, pod którym stoi.")
    text = serializers.CharField(help_text="Co zostanie zrobione.")
    organisation = serializers.UUIDField(
        source="organisation_id", allow_null=True, help_text="Wykonawca; null: Lider."
    )
    organisation_name = serializers.CharField(
        source="organisation.name", allow_null=True, default=None
    )
    partners = serializers.CharField(source="partner_names", help_text="Partnerzy, po przecinku.")
    from_on = serializers.DateField(help_text="Termin od.")
    until_on = serializers.DateField(help_text="Termin do.")
    resources = serializers.CharField(help_text="Potrzebne zasoby.")
    cost = serializers.IntegerField(allow_null=True, help_text="Szacowany koszt w złotych.")
    cost_bearer = serializers.CharField(help_text="Kto ponosi koszt.")
    indicator = serializers.CharField(help_text="Wskaźnik.")
    target = serializers.IntegerField(allow_null=True, help_text="Wartość docelowa.")
    unit = serializers.CharField(help_text="Jednostka wskaźnika.")
    state = serializers.ChoiceField(source="undertaking.state", choices=UndertakingState.choices)
    ended_on = serializers.DateField(
        source="undertaking.ended_on", allow_null=True, help_text="Kiedy wykonano albo zaniechano."
    )
    version = serializers.IntegerField(
        source="undertaking.version", help_text="Podaj ją, gdy zapisujesz postęp."
    )


class ProgressSerializer(serializers.Serializer[ProgressNote]):
    """How far an activity was on a day."""

    id = serializers.UUIDField()
    on = serializers.DateField()
    state = serializers.ChoiceField(choices=UndertakingState.choices)
    value = serializers.IntegerField(allow_null=True, help_text="Wartość wskaźnika.")
    text = serializers.CharField(help_text="Co zrobiono albo dlaczego zaniechano.")
    who = serializers.CharField(help_text="Kto zapisał.")
    noted_at = serializers.DateTimeField()


class NewProgressSerializer(KeyedSerializer):
    """How far an activity is."""

    FORM = ProgressForm
    WITHOUT = frozenset({"value"})
    HELP = {
        "on": "Dzień, na który podajesz stan.",
        "text": "Co zrobiono; jeśli działania zaniechano, dlaczego. Bez danych rodzin.",
    }
    version = NumberField(min_value=0, help_text="Wersja działania, którą odczytano.")
    value = NumberField(
        required=False, min_value=0, help_text="Wartość wskaźnika, jeśli działanie go ma."
    )


class ProposalSerializer(serializers.Serializer[ActivityProposal]):
    """An activity that a member proposes for a plan in preparation."""

    id = serializers.UUIDField()
    organisation = serializers.UUIDField(source="organisation_id", help_text="Kto proponuje.")
    organisation_name = serializers.CharField(source="organisation.name")
    text = serializers.CharField(help_text="Co zostanie zrobione.")
    why = serializers.CharField(help_text="Po co.")
    partners_text = serializers.CharField(help_text="Z kim.")
    resources = serializers.CharField(help_text="Co jest do tego potrzebne.")
    until_on = serializers.DateField(allow_null=True, help_text="Do kiedy.")
    proposed_on = serializers.DateField()
    state = serializers.ChoiceField(choices=ActivityProposalState.choices)
    answered_on = serializers.DateField(allow_null=True)
    answer = serializers.CharField(help_text="Dlaczego nie, jeśli ją odrzucono.")


class NewProposalSerializer(KeyedSerializer):
    """An activity to propose in the name of an institution of the team."""

    FORM = ProposeForm
    WITHOUT = frozenset({"of"})
    HELP = {
        "text": "Co zostanie zrobione, bez danych rodzin.",
        "why": "Po co.",
        "partners_text": "Z kim.",
        "resources": "Co jest do tego potrzebne.",
        "until_on": "Do kiedy.",
    }
    organisation = KeyField(help_text="W imieniu której instytucji.")


class PlansQuery(PageQuery):
    """Filters of the list."""

    state = serializers.ChoiceField(
        choices=PlanState.choices, required=False, help_text="Tylko w tym stanie."
    )


class PlanResource(SeenResource):
    """Base of the addresses of plans."""

    serializer_class: Any = PlanSerializer

    def seen(self, request: Request) -> "tuple[Person | None, QuerySet[ActionPlan]]":
        """The caller, and the plans that exist for them."""
        person = self.person(request)
        perms.see_plans.require(person)
        return person, ActionPlan.objects.read_by(person)


class Plans(PlanResource):
    """Plans, that of the latest period at the top."""

    query = PlansQuery

    @extend_schema(summary="Plany działania", responses=PlanSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        _, rows = self.seen(request)
        query: dict[str, Any] = self.read_query(request)
        if state := query.get("state"):
            rows = rows.filter(state=state)
        return self.page(rows.order_by("-from_on", "-created_at", "-pk"), request, query)


class OnePlan(PlanResource):
    """One of the plans."""

    @extend_schema(summary="Plan działania", responses=PlanSerializer)
    def get(self, request: Request, code: str, plan_id: UUID) -> Response:
        _, rows = self.seen(request)
        self.read_query(request)
        return Response(self.get_serializer(_one(rows, plan_id)).data)


class PlanActivities(PlanResource):
    """Activities of a plan, in its order."""

    query = PageQuery
    serializer_class = ActivitySerializer

    @extend_schema(summary="Działania z planu", responses=ActivitySerializer(many=True))
    def get(self, request: Request, code: str, plan_id: UUID) -> Response:
        _, rows = self.seen(request)
        query: dict[str, Any] = self.read_query(request)
        whole = PlanActivity.objects.whole(timezone.localdate())
        activities = whole.filter(goal__plan=_one(rows, plan_id))
        return self.page(activities.order_by("goal__position", "position", "pk"), request, query)


class ActivityProgress(PlanResource):
    """Progress of an activity, the latest at the top."""

    query = PageQuery
    serializer_class = ProgressSerializer

    def rows(self) -> QuerySet[Any]:
        return _progress_of(self._activity(self.request, self.kwargs["activity_id"])[1])

    def _activity(self, request: Request, pk: UUID) -> tuple[Person | None, PlanActivity]:
        person, plans = self.seen(request)
        whole = PlanActivity.objects.whole(timezone.localdate())
        if row := whole.filter(pk=pk, goal__plan__in=plans).first():
            return person, row
        raise Missing("Nie ma takiego działania", perms.see_activity.why)

    @extend_schema(summary="Postęp działania", responses=ProgressSerializer(many=True))
    def get(self, request: Request, code: str, activity_id: UUID) -> Response:
        _, row = self._activity(request, activity_id)
        query: dict[str, Any] = self.read_query(request)
        notes = _progress_of(row)
        return self.page(notes.order_by("-on", "-noted_at", "-pk"), request, query)

    @extend_schema(
        summary="Zapisanie postępu działania",
        request=NewProgressSerializer,
        responses={201: ProgressSerializer},
    )
    def post(self, request: Request, code: str, activity_id: UUID) -> Response:
        person, row = self._activity(request, activity_id)
        perms.note_progress.require(person, row)
        sent = NewProgressSerializer.read(request)
        key = sent.pop("id", None) or uuid7()
        form = ProgressForm({**sent, "key": key}, row=row.undertaking, activity=row)
        with suppress(AlreadySaved), inside(self.tenant(request)):
            guarded(note_progress)(by=self.actor(request), activity_id=row.pk, **checked(form))
        return self.answer(key, status.HTTP_201_CREATED)


class PlanProposals(PlanResource):
    """Activities that members propose for a plan, the first at the top."""

    query = PageQuery
    serializer_class = ProposalSerializer

    def rows(self) -> QuerySet[Any]:
        return _proposals_for(_one(self.seen(self.request)[1], self.kwargs["plan_id"]))

    @extend_schema(summary="Propozycje działań", responses=ProposalSerializer(many=True))
    def get(self, request: Request, code: str, plan_id: UUID) -> Response:
        _, rows = self.seen(request)
        query: dict[str, Any] = self.read_query(request)
        proposals = _proposals_for(_one(rows, plan_id))
        return self.page(proposals.order_by("proposed_on", "pk"), request, query)

    @extend_schema(
        summary="Zaproponowanie działania",
        request=NewProposalSerializer,
        responses={201: ProposalSerializer},
    )
    def post(self, request: Request, code: str, plan_id: UUID) -> Response:
        person, rows = self.seen(request)
        plan = _one(rows, plan_id)
        perms.propose_activity.require(person, plan)
        sent = NewProposalSerializer.read(request)
        key, of = sent.pop("id", None) or uuid7(), sent.pop("organisation")
        sides = perms.proposes_for(person, plan)
        if of not in sides:
            raise Unprocessable({"organisation": ["W jej imieniu nie możesz proponować."]})
        form = ProposeForm({**sent, "key": key, "of": code_of(of)}, speaks_for=in_words(sides))
        with suppress(AlreadySaved), inside(self.tenant(request)):
            guarded(propose_activity)(by=self.actor(request), plan_id=plan.pk, **checked(form))
        return self.answer(key, status.HTTP_201_CREATED)


def _progress_of(row: PlanActivity) -> "QuerySet[ProgressNote]":
    notes = ProgressNote.objects.filter(undertaking=row.undertaking_id)
    return notes.select_related("undertaking__team")


def _proposals_for(plan: ActionPlan) -> "QuerySet[ActivityProposal]":
    rows = ActivityProposal.objects.filter(plan=plan)
    return rows.select_related("plan__team", "organisation")


def _one(rows: "QuerySet[ActionPlan]", pk: UUID) -> ActionPlan:
    if row := rows.filter(pk=pk).first():
        return row
    raise Missing("Nie ma takiego planu", perms.see_plan.why)
