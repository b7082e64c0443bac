"""Official notes of talks that matter to the goal (REG §6.1 s.2-3)."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from uuid6 import uuid7

from api.v1.base import SeenResource
from api.v1.fields import DayField, KeyField, NumberField, TextField
from api.v1.forms import FormSerializer, KeyedSerializer, checked
from api.v1.problems import Unprocessable
from api.v1.queries import PageQuery
from kooperacja.guard.passing import guarded
from kooperacja.tenancy.context import inside
from kooperacja.ui.problems import Missing
from tenants.dialogue.actions import notes as acts
from tenants.dialogue.forms.notes import MOST, NewNoteForm, SignNoteForm
from tenants.dialogue.models.contacts import Channel
from tenants.dialogue.models.notes import Note, NoteTask
from tenants.dialogue.perms import notes as perms
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.workflow import NoteState
from tenants.people.models import Person
from tenants.teams.models import Team
from tenants.teams.sides import Side, code_of, in_words


class NoteTaskSerializer(serializers.Serializer[NoteTask]):
    """A task agreed in the talk."""

    text = serializers.CharField()
    seat = serializers.UUIDField(source="seat_id", help_text="Miejsce w zespole.")
    due_on = serializers.DateField(help_text="Termin.")
    arrangement = serializers.UUIDField(
        source="arrangement_id", allow_null=True, help_text="Ustalenie; null: projekt notatki."
    )


class NoteSerializer(serializers.Serializer[Note]):
    """An official note; a draft is its author's alone."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(allow_null=True, help_text="Numer w roku zespołu.")
    year = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=NoteState.choices)
    team = serializers.UUIDField(source="team_id")
    organisation = serializers.UUIDField(
        source="organisation_id", allow_null=True, help_text="W czyim imieniu; null: Lider."
    )
    author = serializers.CharField()
    held_on = serializers.DateField(help_text="Dzień rozmowy.")
    channel = serializers.ChoiceField(choices=Channel.choices)
    members = serializers.SerializerMethodField()
    others = serializers.CharField(help_text="Inni uczestnicy, każdy w osobnym wierszu.")
    subject = serializers.CharField()
    content = serializers.CharField()
    effect = serializers.CharField(help_text="Wpływ na osiągnięcie celu.")
    tasks = NoteTaskSerializer(many=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(help_text="Podaj ją, gdy podpisujesz notatkę.")

    def get_members(self, note: Note) -> list[UUID]:
        """Seats of the members of the team who took part."""
        return [row.seat_id for row in note.participants.all()]


class NewTaskSerializer(serializers.Serializer[Any]):
    """A task: on signing it becomes an arrangement."""

    text = TextField(max_length=2000, regex=r"\S", help_text="Co trzeba zrobić, bez danych rodzin.")
    seat = KeyField(help_text="Miejsce w zespole tego, kto to wykona.")
    due_on = DayField(help_text="Termin.")


class NewNoteSerializer(KeyedSerializer):
    """A draft of a note; nobody but its author sees it."""

    FORM = NewNoteForm
    WITHOUT = frozenset({"of", "members"})
    HELP = {
        "others": "Inni uczestnicy, każdy w osobnym wierszu: imię i nazwisko, instytucja.",
        "content": "Treść rozmowy, bez danych rodzin.",
        "effect": "Wpływ na osiągnięcie celu.",
    }
    team = KeyField(help_text="Zespół, którego członkowie dostaną notatkę.")
    organisation = KeyField(
        required=False, help_text="W imieniu której instytucji; bez niej w imieniu Lidera."
    )
    members = serializers.ListField(
        child=KeyField(),
        required=False,
        max_length=200,
        help_text="Miejsca uczestników z zespołu.",
    )
    tasks = serializers.ListField(child=NewTaskSerializer(), required=False, max_length=MOST)


class SignSerializer(FormSerializer):
    """Carries the version its author saw."""

    FORM = SignNoteForm

    version = NumberField(min_value=0, help_text="Wersja notatki, którą odczytano.")


class NotesQuery(PageQuery):
    """Filters of the list."""

    state = serializers.ChoiceField(
        choices=NoteState.choices, required=False, help_text="Tylko w tym stanie."
    )


class NoteResource(SeenResource):
    """Base of the addresses of notes."""

    serializer_class: Any = NoteSerializer

    def seen(self, request: Request) -> "tuple[Person | None, QuerySet[Note]]":
        """The caller, and the notes that exist for them."""
        person = self.person(request)
        perms.see_notes.require(person)
        readable = Note.objects.read_by(person).select_related("team", "organisation", "person")
        return person, readable.prefetch_related("tasks__note__team", "participants")


class Notes(NoteResource):
    """Notes, the newest at the top."""

    query = NotesQuery

    @extend_schema(summary="Notatki służbowe", responses=NoteSerializer(many=True))
    def get(self, request: Request, code: str) -> Response:
        _, rows = self.seen(request)
        query: dict[str, Any] = self.read_query(request)
        if state := query.get("state"):
            rows = rows.filter(state=state)
        return self.page(rows.order_by("-begun_at", "-pk"), request, query)

    @extend_schema(
        summary="Projekt notatki służbowej",
        request=NewNoteSerializer,
        responses={201: NoteSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        person, rows = self.seen(request)
        sent = NewNoteSerializer.read(request)
        key = sent.pop("id", None) or uuid7()
        if rows.filter(pk=key).exists():
            return self.answer(key)
        team = Team.objects.filter(pk=sent.pop("team")).first()
        if team is None or person is None:
            raise Unprocessable({"team": ["Nie ma takiego zespołu."]})
        perms.write_note.require(person, team)
        sides = member_for(person, team)
        sent = {**_as_form(sent, sides), "key": key}
        form = NewNoteForm(sent, team=team, speaks_for=in_words(sides))
        with inside(self.tenant(request)):
            guarded(acts.begin)(by=self.actor(request), team_id=team.pk, **checked(form))
        return self.answer(key, status.HTTP_201_CREATED)


def _as_form(sent: dict[str, Any], sides: set[Side]) -> dict[str, Any]:
    """The values that were sent, by the names of the fields of the page's form."""
    chosen = sent.pop("organisation", None)
    if chosen not in sides:
        raise Unprocessable({"organisation": ["W jej imieniu nie możesz sporządzać notatek."]})
    tasks: dict[str, Any] = {}
    for at, one in enumerate(sent.pop("tasks", ()), 1):
        tasks |= {f"task_{at}": one["text"], f"seat_{at}": one["seat"], f"due_{at}": one["due_on"]}
    return {**sent, **tasks, "of": code_of(chosen)}


class OneNote(NoteResource):
    """One of the notes."""

    @extend_schema(summary="Notatka służbowa", responses=NoteSerializer)
    def get(self, request: Request, code: str, note_id: UUID) -> Response:
        _, rows = self.seen(request)
        self.read_query(request)
        return Response(self.get_serializer(_one(rows, note_id)).data)


class NoteSigning(NoteResource):
    """Signs a note; the same sent again changes nothing."""

    @extend_schema(
        summary="Podpisanie notatki i przesłanie jej wszystkim członkom zespołu",
        request=SignSerializer,
        responses=NoteSerializer,
    )
    def post(self, request: Request, code: str, note_id: UUID) -> Response:
        person, rows = self.seen(request)
        note = _one(rows, note_id)
        perms.change_note.require(person, note)
        sent = SignSerializer.read(request)
        if not note.is_signed:
            form = SignNoteForm(sent, row=note)
            with inside(self.tenant(request)):
                acts.sign(by=self.actor(request), note_id=note.pk, **checked(form))
        return self.answer(note_id)


def _one(rows: "QuerySet[Note]", pk: UUID) -> Note:
    if row := rows.filter(pk=pk).first():
        return row
    raise Missing("Nie ma takiej notatki", perms.see_note.why)
