"""An official note is drafted, signed and later only added to (REG §6.1 s.2-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.notifications.base import Notification
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, next_in
from tenants.dialogue.actions.telling import tell_all
from tenants.dialogue.models.contacts import Contact
from tenants.dialogue.models.notes import Note, NoteParticipant, NoteSupplement, NoteTask
from tenants.dialogue.models.notices import Notice
from tenants.dialogue.notifications import (
    NoteSigned,
    NoteSignedByLink,
    NoteSupplemented,
    NoteSupplementedByLink,
)
from tenants.dialogue.papers.notes import issue_note
from tenants.dialogue.perms import notes as perms
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.workflow import NoteState
from tenants.meetings.actions.arrangements import arrange_between
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Seat, Team
from tenants.teams.sides import chosen

NOTE, SUPPLEMENT = "note", "note-supplement"  # the kinds of the matters, in the log


@dataclass(frozen=True, slots=True)
class Task:
    """A task that the talk gave to somebody."""

    text: str
    seat: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """A note as it is written: its own columns, the members who took part, the tasks."""

    values: dict[str, Any]
    members: Sequence[UUID]
    tasks: Sequence[Task]


@transaction.atomic
def begin(
    *, by: Actor, team_id: UUID, key: UUID, of: str, said: Said, contact_id: UUID | None = None
) -> Note:
    """Begin a note; until it is signed only its author sees it."""
    team = Team.objects.select_for_update().get(pk=team_id)
    person = Person.objects.acting(by)
    perms.write_note.require(person, team)
    assert person is not None  # nobody else may write
    contact = Contact.objects.get(pk=contact_id, team=team) if contact_id else None
    note = Note(id=key, team=team, person=person, contact=contact, **said.values)
    note.organisation_id = chosen(of, member_for(person, team))
    insert_once(note)
    _write(note, said, by.today)
    record(by=by, verb="NOTE_BEGUN", obj=note)
    return note


@transaction.atomic
def edit(*, by: Actor, note_id: UUID, version: int, of: str, said: Said) -> Note:
    """Change a draft."""
    note = _own(by, note_id)
    require_draft(note)
    person = Person.objects.acting(by)
    assert person is not None  # its author
    now = (note.organisation_id, said_now(note))
    then = (chosen(of, member_for(person, note.team)), said)
    if now == then:
        raise AlreadySaved(note)
    if note.version != version:
        raise StaleForm(note)
    note.organisation_id = then[0]
    for name, value in said.values.items():
        setattr(note, name, value)
    note.version += 1
    note.save(update_fields=[*said.values, "organisation", "version"])
    note.participants.all().delete()
    note.tasks.all().delete()
    _write(note, said, by.today)
    record(by=by, verb="NOTE_EDITED", obj=note)
    return note


def said_now(note: Note) -> Said:
    """The note as it is saved."""
    names = ("held_on", "channel", "subject", "others", "content", "effect")
    tasks = [Task(row.text, row.seat_id, row.due_on) for row in note.tasks.all()]
    members = [row.seat_id for row in note.participants.all()]
    return Said({name: getattr(note, name) for name in names}, members, tasks)


def _write(note: Note, said: Said, day: date) -> None:
    """Write who took part and the tasks."""
    known = Seat.objects.filter(team=note.team_id)
    people = set(known.filter(pk__in=said.members).values_list("pk", flat=True))
    if people != set(said.members):
        raise ValidationError({"members": "Wybierz osoby, które mają miejsce w tym zespole."})
    open_now = set(known.on(day).values_list("pk", flat=True))
    if any(task.seat not in open_now for task in said.tasks):
        raise ValidationError("Wykonawca jednego z ustaleń nie ma już miejsca w zespole.")
    NoteParticipant.objects.bulk_create(
        NoteParticipant(note=note, seat_id=seat) for seat in said.members
    )
    NoteTask.objects.bulk_create(
        NoteTask(note=note, position=at, text=one.text, seat_id=one.seat, due_on=one.due_on)
        for at, one in enumerate(said.tasks, 1)
    )


@transaction.atomic
def discard(*, by: Actor, note_id: UUID, version: int) -> Note:
    """Throw a draft away: nobody but its author ever saw it."""
    note = _own(by, note_id)
    require_draft(note)
    if note.version != version:
        raise StaleForm(note)
    record(by=by, verb="NOTE_DISCARDED", obj=note)
    note.participants.all().delete()
    note.tasks.all().delete()
    note.delete()
    return note


@work_first
def sign(*, by: Actor, note_id: UUID, version: int, guard_reason: str = "") -> Note:
    """Sign a note: it gets its number, is frozen and printed, and goes to every member at once."""
    note = _own(by, note_id)
    require_may(note, NoteState.SIGNED, by)
    if note.version != version:
        raise StaleForm(note)
    _freeze(note)
    year = by.today.year
    number = next_in(Note.objects.filter(team=note.team_id, year=year))
    signed: dict[str, Any] = {"year": year, "number": number, "signed_at": timezone.now()}
    move(note, NoteState.SIGNED, by=by, on=by.today, who=note.person.full_name, **signed)
    keep_reason(by, note, guard_reason)
    _arrange(by, note)
    issue_note(by=by, note=note)
    tell_all(NOTE, note, by.today)
    return note


def _freeze(note: Note) -> None:
    """Keep the names of whoever took part as they are now."""
    for row in note.participants.select_related("seat__person", "seat__organisation"):
        row.who = row.seat.who
        row.institution = str(row.seat.organisation) if row.seat.organisation_id else "Lider"
        row.save(update_fields=["who", "institution"])


def _arrange(by: Actor, note: Note) -> None:
    """Make an arrangement of each task."""
    for task in note.tasks.all():
        try:
            task.arrangement = arrange_between(
                by=by,
                team=note.team,
                key=uuid7(),
                seat=task.seat_id,
                source=(NOTE, note.pk),
                made_on=note.held_on,
                values={"text": task.text, "due_on": task.due_on},
            )
        except ValidationError:
            raise Problem(
                "Jedno z ustaleń nie ma już wykonawcy",
                f"Ustalenie {task.position}: to miejsce w zespole wygasło. Wskaż w projekcie inne.",
                kept=NOTHING_SAVED,
                at=note,
            ) from None
        task.save(update_fields=["arrangement"])


@work_first
def supplement(
    *,
    by: Actor,
    note_id: UUID,
    key: UUID,
    kind: str,
    reason: str,
    text: str,
    guard_reason: str = "",
) -> NoteSupplement:
    """Add to a signed note or set it right; that goes to every member at once too."""
    note = _locked(note_id)
    person = Person.objects.acting(by)
    perms.supplement.require(person, note)
    assert person is not None  # nobody else may add
    require_signed(note)
    row = NoteSupplement(
        id=key,
        note=note,
        number=next_in(note.supplements),
        kind=kind,
        reason=reason,
        text=text,
        who=person.full_name,
    )
    insert_once(row)
    record(by=by, verb="NOTE_SUPPLEMENTED", obj=note, data={"number": [None, row.number]})
    keep_reason(by, note, guard_reason)
    issue_note(by=by, note=note)
    tell_all(SUPPLEMENT, row, by.today)
    return row


def require_draft(note: Note) -> None:
    """It may still be changed."""
    if note.is_signed:
        raise Problem(
            "Ta notatka jest podpisana",
            "Jej treści nie można zmienić. Błąd poprawia sprostowanie, a brak uzupełnienie.",
            clause="§ 6 ust. 1 regulaminu",
            kept=NOTHING_SAVED,
            at=note,
        )


def require_signed(note: Note) -> None:
    if not note.is_signed:
        raise Problem(
            "Ta notatka nie jest jeszcze podpisana",
            "Projekt można po prostu zmienić.",
            kept=NOTHING_SAVED,
            at=note,
        )


def _own(by: Actor, note_id: UUID) -> Note:
    note = _locked(note_id)
    perms.change_note.require(Person.objects.acting(by), note)
    return note


def _locked(note_id: UUID) -> Note:
    rows = Note.objects.select_related("team", "person", "organisation")
    note: Note = lock_in_team(rows, note_id)
    return note


def to_tell(note_id: UUID) -> Note | None:
    """A note, locked, of which members are still to be told."""
    note = _locked(note_id)
    return note if note.is_signed else None


def to_account(note: Note) -> Notification:
    return NoteSigned(note.pk, str(note), note.team.law.genitive)


def by_link(note: Note, notice: Notice) -> Notification:
    return NoteSignedByLink(notice.pk, str(note), note.team.law.genitive)


def supplement_to_tell(pk: UUID) -> NoteSupplement:
    """A supplement, locked after whoever else changes something of its team."""
    rows = NoteSupplement.objects.select_related("note__team")
    row: NoteSupplement = lock_in_team(rows, pk, "note__team")
    return row


def supplement_to_account(row: NoteSupplement) -> Notification:
    return NoteSupplemented(row.note_id, str(row), row.team.law.genitive)


def supplement_by_link(row: NoteSupplement, notice: Notice) -> Notification:
    return NoteSupplementedByLink(notice.pk, str(row), row.team.law.genitive)


def ready(matter: Note | NoteSupplement, moment: datetime) -> None:
    """Keep nothing: each notice has its own moment."""
