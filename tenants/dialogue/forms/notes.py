"""Forms of official notes (REG §6.1 s.2-3)."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils import timezone

from kooperacja.guard.forms import GuardedForm, WholeForm
from kooperacja.ui.fields import LONGEST, DayField, Line, LongText
from kooperacja.ui.forms import KeyedForm, SearchForm, SeenForm, any_of, give
from tenants.dialogue.actions.notes import Said, Task, said_now
from tenants.dialogue.forms.contacts import CHANNELS, past_day
from tenants.dialogue.models.contacts import Channel, Contact
from tenants.dialogue.models.notes import Note, NoteSupplement, SupplementKind
from tenants.meetings.forms.arrangements import owners_of
from tenants.people.forms import NO_FAMILIES
from tenants.people.models import Person
from tenants.teams.forms import InNameForm
from tenants.teams.models import Seat, Team
from tenants.teams.sides import code_of

MOST = 6  # arrangements of one note
_SHOWN = 1  # so many are seen at once, the others are opened
_OTHERS = "Inni uczestnicy"
_OWN = ("held_on", "channel", "subject", "others", "content", "effect")


def members_to_choose(team: Team, chosen: set[UUID]) -> list[Seat]:
    """Seats of people of the team; one that was chosen before stays, also after its end."""
    seats = Seat.objects.filter(team=team).exclude(person=None)
    now = seats.on(timezone.localdate()) | seats.filter(pk__in=chosen)
    return list(now.in_order())


class _NoteForm(GuardedForm, InNameForm):
    """The talk, its effect on the goal and its arrangements."""

    template_name = "components/_note_form.html"
    TAKING_PART = frozenset({"others"})

    held_on = DayField(label="Dzień rozmowy", initial=timezone.localdate)
    channel = forms.ChoiceField(label="W jaki sposób", choices=CHANNELS, widget=forms.RadioSelect)
    members = forms.TypedMultipleChoiceField(
        label="Uczestnicy z zespołu",
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = LongText(
        label=_OTHERS,
        rows=3,
        max_length=1000,
        required=False,
        help_text=f"Każda osoba w osobnym wierszu: imię i nazwisko, instytucja. {NO_FAMILIES}",
    )
    subject = Line(label="Temat", max_length=300)
    content = LongText(
        label="Treść rozmowy",
        rows=8,
        max_length=LONGEST,
        help_text=f"Przeczytają to wszyscy członkowie zespołu. {NO_FAMILIES}",
    )
    effect = LongText(
        label="Wpływ na osiągnięcie celu",
        rows=3,
        max_length=2000,
        help_text="Co ta rozmowa zmienia dla celu Partnerstwa.",
    )

    def __init__(
        self, *args: Any, team: Team, chosen: set[UUID] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = members_to_choose(team, chosen or set())
        named = [
            (f"{one.pk}", f"{one.person}, {one.organisation or 'Lider'}") for one in self.seats
        ]
        give(self, "members", named)
        owners = [("", "wybierz"), *owners_of(team)]
        for at in range(1, MOST + 1):
            self.fields[f"task_{at}"] = LongText(
                label=f"Co trzeba zrobić (ustalenie {at})", rows=2, required=False
            )
            self.fields[f"seat_{at}"] = forms.TypedChoiceField(
                label=f"Kto wykona (ustalenie {at})",
                coerce=UUID,
                empty_value=None,
                required=False,
                choices=owners,
            )
            self.fields[f"due_{at}"] = DayField(label=f"Termin (ustalenie {at})", required=False)
        self.ask_reason_last()

    def clean_held_on(self) -> date:
        return past_day(self.cleaned_data["held_on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("members") and not data.get("others") and "others" not in self.errors:
            self.add_error("members", "Wybierz osoby z zespołu albo wpisz innych uczestników.")
        data["tasks"] = list(self._tasks(data))
        return data

    def _tasks(self, data: dict[str, Any]) -> Iterator[Task]:
        """The tasks that were filled in; what is missing in one is said beside it."""
        asked = {
            "task": "Napisz, co trzeba zrobić.",
            "seat": "Wybierz, kto to wykona.",
            "due": "Podaj termin.",
        }
        for at in range(1, MOST + 1):
            row: dict[str, Any] = {name: data.get(f"{name}_{at}") for name in asked}
            if not any(row.values()):
                continue
            for name, words in asked.items():
                if not row[name] and f"{name}_{at}" not in self.errors:
                    self.add_error(f"{name}_{at}", words)
            held_on = data.get("held_on")
            if row["due"] and held_on and row["due"] < held_on:
                self.add_error(f"due_{at}", "Termin jest wcześniej niż rozmowa.")
            if all(row.values()):
                yield Task(row["task"], row["seat"], row["due"])

    def task_rows(self) -> list[tuple[int, list[BoundField]]]:
        names = ("task", "seat", "due")
        return [(at, [self[f"{name}_{at}"] for name in names]) for at in range(1, MOST + 1)]

    def first_tasks(self) -> list[tuple[int, list[BoundField]]]:
        return self.task_rows()[:_SHOWN]

    def more_tasks(self) -> list[tuple[int, list[BoundField]]]:
        return self.task_rows()[_SHOWN:]

    @property
    def has_more(self) -> bool:
        """Something stands in the tasks that are not seen at once."""
        return any(one.value() or one.errors for _, row in self.more_tasks() for one in row)

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        said = Said({name: data[name] for name in _OWN}, data["members"], data["tasks"])
        hidden = "key" if "key" in data else "version"
        return {hidden: data[hidden], "of": data["of"], "said": said}


class NewNoteForm(_NoteForm, KeyedForm):
    """A note that is begun by who took part in the talk, maybe from an entry of the log."""

    MODEL = Note

    def __init__(
        self,
        *args: Any,
        author: Person | None = None,
        contact: Contact | None = None,
        **kwargs: Any,
    ) -> None:
        if contact:
            kwargs["initial"] = {
                "of": code_of(contact.organisation_id),
                "held_on": contact.held_on,
                "channel": contact.channel,
                "others": contact.with_whom,
                "subject": contact.subject,
                "content": contact.summary,
            }
        super().__init__(*args, **kwargs)
        if author:
            own = [one.pk for one in self.seats if one.person_id in author.entries]
            self.initial["members"] = own


class EditNoteForm(_NoteForm, SeenForm):
    """A draft that is changed."""

    def __init__(self, *args: Any, row: Note, **kwargs: Any) -> None:
        saved = self.saved_now(row)
        chosen = set(saved["members"])
        super().__init__(*args, row=row, initial=saved, chosen=chosen, **kwargs)

    def saved_now(self, current: Note) -> dict[str, Any]:
        said = said_now(current)
        tasks: dict[str, Any] = {}
        for at in range(1, MOST + 1):
            one = said.tasks[at - 1] if at <= len(said.tasks) else None
            tasks[f"task_{at}"] = one.text if one else ""
            tasks[f"seat_{at}"] = one.seat if one else ""
            tasks[f"due_{at}"] = one.due_on if one else None
        of = code_of(current.organisation_id)
        return {"of": of, **said.values, "members": list(said.members), **tasks}


class SignNoteForm(WholeForm, SeenForm):
    """Signs a draft, which goes to everybody as it stands now."""

    TAKING_PART = frozenset({_OTHERS})

    def __init__(self, *args: Any, row: Note, **kwargs: Any) -> None:
        super().__init__(*args, row=row, wording=partial(_wording, row), **kwargs)


def _wording(note: Note) -> Iterator[tuple[str, str]]:
    yield _OTHERS, note.others
    yield "Temat", note.subject
    yield "Treść rozmowy", note.content
    yield "Wpływ na osiągnięcie celu", note.effect
    for task in note.tasks.all():
        yield f"Ustalenie {task.position}", task.text


class SupplementForm(GuardedForm, KeyedForm):
    """Says what is added or set right, and why."""

    MODEL = NoteSupplement
    kind = forms.ChoiceField(
        label="Co to jest",
        choices=[(value, label.capitalize()) for value, label in SupplementKind.choices],
        widget=forms.RadioSelect,
    )
    reason = LongText(label="Powód", rows=2, max_length=1000)
    text = LongText(label="Treść", rows=5, max_length=LONGEST, help_text=NO_FAMILIES)


class NotesFilter(SearchForm):
    """The notes of a list to show."""

    sposob = any_of("Sposób", "każdy", Channel.choices)
