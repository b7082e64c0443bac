"""Official notes of talks that matter to the goal (REG §6.1 s.2-3)."""

from collections.abc import Iterator
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.models import TenantModel
from tenants.dialogue.models.contacts import Channel, Contact
from tenants.dialogue.workflow import NOTE, NoteState
from tenants.meetings.models.arrangements import Arrangement
from tenants.people.models import Organisation, Person
from tenants.teams import perms as teams
from tenants.teams.content import ContentField
from tenants.teams.models import Seat, Team

_SIGNED = {"number__isnull": False, "year__isnull": False, "signed_at__isnull": False}
_DRAFT = {"number": None, "year": None, "signed_at": None}


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes of teams."""

    def read_by(self, person: Person | None) -> Self:
        """Signed ones of the teams that the person reads; a draft is its author's alone."""
        if person is None:
            return self.none()
        own = Q(person__in=person.entries)
        return self.filter(Q(state=NoteState.SIGNED) | own, team__in=teams.readable(person))


class Note(TenantModel):
    """An official note; without an institution it is the Lider's. Once signed it is frozen."""

    PAGE, LIST_PAGE = "dialogue:note", "dialogue:notes"
    WORKFLOW = NOTE
    INSTITUTION = "organisation"

    team = models.ForeignKey(Team, models.PROTECT, related_name="notes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # The entry of the log that it was made of.
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="notes", null=True)
    state = models.CharField(max_length=6, choices=NoteState.choices, default=NoteState.DRAFT)
    # Its place in the team's series of the year in which it was signed.
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField("numer", null=True)
    held_on = models.DateField("dnia")
    channel = models.CharField("sposób", max_length=6, choices=Channel.choices)
    others = ContentField("uczestnicy spoza zespołu", default="")
    subject = ContentField("temat")
    content = ContentField("treść rozmowy")
    effect = ContentField("wpływ na osiągnięcie celu")
    # The author's name as it was on signing.
    who = ContentField("autor", default="")
    begun_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField("podpisano", null=True)
    version = models.PositiveIntegerField(default=0)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "year", "number"], name="note_number_once"),
            models.CheckConstraint(
                condition=Q(state="SIGNED", **_SIGNED) | Q(state="DRAFT", **_DRAFT),
                name="note_numbered_when_signed",
            ),
        ]

    def __str__(self) -> str:
        # No text: the journal keeps this.
        return f"Notatka służbowa nr {self.serial}" if self.number else "Projekt notatki służbowej"

    @property
    def serial(self) -> str:
        """Its number in the series of its team and year, 3/2026."""
        return f"{self.number}/{self.year}"

    @property
    def of(self) -> str:
        """The institution in whose name it was written, or the Lider."""
        return str(self.organisation) if self.organisation_id else "Lider"

    @property
    def is_signed(self) -> bool:
        return self.state == NoteState.SIGNED

    @property
    def author(self) -> str:
        return self.who or str(self.person)

    def people(self) -> Iterator[tuple[str, str]]:
        """Whoever took part, with their institutions: members of the team first."""
        for row in self.participants.select_related("seat__person", "seat__organisation"):
            of = str(row.seat.organisation) if row.seat.organisation_id else "Lider"
            yield row.who or row.seat.who, row.institution or of
        for line in self.others.splitlines():
            name, _, of = line.partition(",")
            yield name.strip(), of.strip()


class NoteParticipant(TenantModel):
    """A member of the team who took part; the names are those of the day of signing."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="participants")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    who = ContentField("kto", default="")
    institution = ContentField("instytucja", default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["note", "seat"], name="note_participant_once")
        ]

    def __str__(self) -> str:
        return f"{self.note}: uczestnik"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.note.team


class NoteTask(TenantModel):
    """A task agreed in the talk; on signing it becomes an arrangement."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = ContentField("co trzeba zrobić")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    due_on = models.DateField("termin")
    arrangement = models.OneToOneField(Arrangement, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["note", "position"], name="note_task_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.note}: zadanie {self.position}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.note.team

    @property
    def owner(self) -> str:
        """Whoever is to do it, in words."""
        of = str(self.seat.organisation) if self.seat.organisation_id else "Lider"
        return f"{of}: {self.seat.person}" if self.seat.person_id else of


class SupplementKind(models.TextChoices):
    """The two ways in which a signed note is added to."""

    ADDED = "ADDED", "uzupełnienie"
    CORRECTED = "CORRECTED", "sprostowanie"


class NoteSupplement(TenantModel):
    """Something added to a signed note, or set right in it: numbered, and sent to all too."""

    APPEND_ONLY = True
    INSTITUTION = "note__organisation"

    note = models.ForeignKey(Note, models.PROTECT, related_name="supplements")
    number = models.PositiveSmallIntegerField("numer")
    kind = models.CharField("rodzaj", max_length=9, choices=SupplementKind.choices)
    reason = ContentField("powód")
    text = ContentField("treść")
    who = ContentField("kto")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="note_supplement_once")
        ]

    def __str__(self) -> str:
        label = self.get_kind_display().capitalize()
        return f"{label} nr {self.number} notatki służbowej nr {self.note.serial}"

    @property
    def team(self) -> Team:
        """The team under whose key its text lies."""
        return self.note.team

    @property
    def url(self) -> str:
        return self.note.url
