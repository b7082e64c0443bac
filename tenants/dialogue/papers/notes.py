"""The paper of an official note (REG §6.1 s.2)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.documents import parts as p
from kooperacja.documents.actions import issue
from kooperacja.documents.papers import Paper
from kooperacja.documents.perms import by_subject
from kooperacja.ui.polish import localtime, pl_date
from tenants.dialogue.models.notes import Note, NoteTask
from tenants.dialogue.perms.notes import see_note
from tenants.partnership.models import Partnership
from tenants.partnership.papers import DAY, LEAD, lead_of

OFFICIAL_NOTE = Paper(
    order=80,
    kind="OFFICIAL_NOTE",
    name="Notatka służbowa",
    title="Notatka służbowa nr {{ number }}",
    short="Notatka służbowa nr {{ number }}",
    may_read=by_subject(Note.objects.select_related("team"), see_note),
    example={
        "lead": LEAD,
        "number": "1/2026",
        "team": "Partnerskiego Zespołu Kooperacyjnego",
        "held_on": DAY,
        "channel": "telefon",
        "author": "Anna Przykładowa",
        "of": "Szkoła Przykładowa",
        "signed_on": DAY,
        "people": [{"name": "Anna Przykładowa", "institution": "Szkoła Przykładowa"}],
        "subject": "Temat rozmowy",
        "content": "Treść rozmowy.",
        "effect": "Wpływ na osiągnięcie celu.",
        "arrangements": [
            {
                "number": "1/2026",
                "text": "Przygotować listę kontaktów.",
                "owner": "Szkoła Przykładowa",
                "due": DAY,
            }
        ],
        "supplements": [
            {
                "name": "Uzupełnienie nr 1",
                "day": DAY,
                "who": "Anna Przykładowa",
                "reason": "Powód",
                "text": "Treść.",
            }
        ],
    },
    parts=(
        p.Title("Notatka służbowa nr {{ number }}", "dla członków {{ team }}"),
        p.Facts(
            {
                "Dzień rozmowy": "held_on",
                "Sposób": "channel",
                "Temat": "subject",
                "Autor notatki": "author",
                "W imieniu": "of",
                "Podpisano": "signed_on",
            }
        ),
        p.Heading("Uczestnicy"),
        p.Table(
            "person in people",
            p.Column("Imię i nazwisko", "person.name", 75),
            p.Column("Instytucja", "person.institution", 90),
        ),
        p.Heading("Treść rozmowy"),
        p.Prose("content"),
        p.Heading("Wpływ na osiągnięcie celu"),
        p.Prose("effect"),
        p.Cases(
            p.Case(
                "arrangements",
                p.Heading("Ustalenia"),
                p.Table(
                    "one in arrangements",
                    p.Column("Nr", "one.number", 22),
                    p.Column("Treść", "one.text", 65),
                    p.Column("Wykonawca", "one.owner", 45),
                    p.Column("Termin", "one.due", 33),
                ),
            )
        ),
        p.Text("Notatkę przesłano wszystkim członkom {{ team }} (§ 6 ust. 1 regulaminu)."),
        p.Each(
            "one in supplements",
            p.Heading("{{ one.name }}"),
            p.Text("{{ one.day }}, {{ one.who }}. Powód: {{ one.reason }}"),
            p.Prose("one.text"),
        ),
    ),
)


def issue_note(*, by: Actor, note: Note) -> None:
    """The signed note, frozen; with each supplement anew."""
    title = f"Notatka służbowa nr {note.number} z {note.year} r."
    issue(by=by, paper=OFFICIAL_NOTE, subject=note.pk, title=title, context=note_context(note))


def note_context(note: Note) -> dict[str, Any]:
    """The note as it is printed."""
    assert note.signed_at is not None  # a draft has no paper
    return {
        "lead": lead_of(Partnership.objects.get()),
        "number": note.serial,
        "team": note.team.law.genitive,
        "held_on": pl_date(note.held_on),
        "channel": note.get_channel_display(),
        "author": note.author,
        "of": note.of,
        "signed_on": pl_date(localtime(note.signed_at).date()),
        "people": [{"name": name, "institution": of} for name, of in note.people()],
        "subject": note.subject,
        "content": note.content,
        "effect": note.effect,
        "arrangements": [_arranged(task) for task in note.tasks.select_related("arrangement")],
        "supplements": _supplements(note),
    }


def _arranged(task: NoteTask) -> dict[str, str]:
    row = task.arrangement
    assert row is not None  # signing made it
    return {
        "number": row.serial,
        "text": row.text,
        "owner": row.owner,
        "due": pl_date(row.due_on),
    }


def _supplements(note: Note) -> list[dict[str, str]]:
    return [
        {
            "name": f"{row.get_kind_display().capitalize()} nr {row.number}",
            "day": pl_date(localtime(row.added_at).date()),
            "who": row.who,
            "reason": row.reason,
            "text": row.text,
        }
        for row in note.supplements.all()
    ]
