"""The exit package's part of what is said between meetings, disputes left out."""

from collections.abc import Iterator
from typing import Any

from kooperacja.offers import Pack
from tenants.dialogue.models.activities import PlanActivity
from tenants.dialogue.models.contacts import Contact
from tenants.dialogue.models.correspondence import Message, Thread
from tenants.dialogue.models.materials import Material
from tenants.dialogue.models.notes import Note
from tenants.dialogue.models.risks import Risk
from tenants.dialogue.models.undertakings import ProgressNote

_HEADER = [
    "numer", "zespół", "zgłosił", "rodzaj", "pilność", "co się dzieje", "kogo albo czego dotyczy",
    "co zrobiono", "zgłoszono", "wiadomość do wszystkich", "stan", "zakończono", "przebieg",
]  # fmt: skip


def write_risks(pack: Pack) -> None:
    """Every risk that was reported, with its steps."""
    pack.sheet("ryzyka/zgłoszenia", _HEADER, _rows())


def _rows() -> Iterator[list[Any]]:
    rows = Risk.objects.select_related("team", "organisation").order_by("reported_at", "pk")
    for risk in rows:
        who = [risk.serial, str(risk.team), risk.reporter]
        what = [risk.get_kind_display(), risk.get_urgency_display()]
        said = [risk.text, risk.concerns, risk.done]
        when = [risk.reported_at, risk.queued_at, risk.get_state_display(), risk.ended_on]
        yield [*who, *what, *said, *when, "\n".join(_steps(risk))]


def _steps(risk: Risk) -> Iterator[str]:
    for step in risk.steps.all():
        yield f"{step.get_kind_display()}, {step.who}. {step.text}".rstrip()


_MESSAGE_HEADER = [
    "numer", "zespół", "temat", "stan", "zamknięto", "wiadomość", "kto", "w imieniu", "wysłano",
    "treść", "załączniki", "czego nie przyjęto", "dlaczego wysłano",
]  # fmt: skip


def write_correspondence(pack: Pack) -> None:
    """Every message of every thread."""
    pack.sheet("korespondencja/wiadomości", _MESSAGE_HEADER, _messages())


def _messages() -> Iterator[list[Any]]:
    threads = Thread.objects.select_related("team", "organisation").order_by("year", "number", "pk")
    for thread in threads:
        about = [f"{thread.number}/{thread.year}", str(thread.team), thread.subject]
        about += [thread.get_state_display(), thread.ended_on]
        rows = thread.messages.select_related("person", "organisation")
        for message in rows.order_by("position"):
            yield [*about, *_message(message)]


def _message(message: Message) -> list[Any]:
    names = ", ".join(
        one.name for one in message.attachments.select_related("message__thread__team")
    )
    who = message.person.full_name if message.person else ""
    said = [message.text, names, message.refused, message.let_in]
    return [message.position, who, message.of, message.sent_at, *said]


_NOTE_HEADER = [
    "numer", "zespół", "stan", "autor", "w imieniu", "dzień rozmowy", "sposób", "uczestnicy",
    "temat", "treść", "wpływ na cel", "ustalenia", "podpisano", "uzupełnienia i sprostowania",
]  # fmt: skip


def write_notes(pack: Pack) -> None:
    """Every signed note with what was added to it; a draft is its author's alone."""
    pack.sheet("notatki/notatki", _NOTE_HEADER, _note_rows())


def _note_rows() -> Iterator[list[Any]]:
    rows = Note.objects.filter(number__isnull=False)
    whole = rows.select_related("team", "person", "organisation").order_by("signed_at", "pk")
    for note in whole:
        who = [note.serial, str(note.team), note.get_state_display(), note.author, note.of]
        people = "\n".join(", ".join(filter(None, one)) for one in note.people())
        talk = [note.held_on, note.get_channel_display(), people]
        said = [note.subject, note.content, note.effect, "\n".join(_tasks(note))]
        yield [*who, *talk, *said, note.signed_at, "\n".join(_added(note))]


def _tasks(note: Note) -> Iterator[str]:
    for task in note.tasks.select_related("seat__person", "seat__organisation"):
        yield f"{task.owner}, {task.due_on}: {task.text}"


def _added(note: Note) -> Iterator[str]:
    for row in note.supplements.all():
        yield f"{row}, {row.who}. {row.reason}. {row.text}"


_CONTACT_HEADER = [
    "zespół", "kto", "w imieniu", "dnia", "sposób", "z kim", "temat", "krótko", "wpisano", "dopiski",
]  # fmt: skip


def write_contacts(pack: Pack) -> None:
    """Every entry of the log of contacts."""
    pack.sheet("kontakty/rejestr", _CONTACT_HEADER, _contact_rows())


def _contact_rows() -> Iterator[list[Any]]:
    rows = Contact.objects.select_related("team", "person", "organisation")
    for row in rows.order_by("held_on", "pk"):
        later = "\n".join(f"{one.who}: {one.text}" for one in row.additions.all())
        who = [str(row.team), str(row.person), row.of, row.held_on, row.get_channel_display()]
        yield [*who, row.with_whom, row.subject, row.summary, row.logged_at, later]


_PLANS = [
    "zespół", "plan od", "plan do", "wersja", "stan planu", "przyjęto", "obowiązuje od", "cel",
    "działanie", "co zostanie zrobione", "wykonawca", "partnerzy", "termin od", "termin do",
    "zasoby", "koszt", "wskaźnik", "stan działania", "zakończono", "postęp",
]  # fmt: skip


def write_plans(pack: Pack) -> None:
    """Every activity of every plan, with its progress."""
    pack.sheet("plany/działania", _PLANS, _activities())


def _activities() -> Iterator[list[Any]]:
    rows = PlanActivity.objects.select_related("goal__plan__team", "organisation", "undertaking")
    order = ("goal__plan__from_on", "goal__plan__created_at", "goal__position", "position", "pk")
    for row in rows.prefetch_related("partners__organisation").order_by(*order):
        plan, done = row.plan, row.undertaking
        of = [str(row.team), plan.from_on, plan.until_on, plan.number, plan.get_state_display()]
        what = [plan.adopted_on, plan.in_force_from, row.goal.title, row.serial, row.text]
        who = [row.owner, row.partner_names, row.from_on, row.until_on, row.resources]
        how = [row.cost_said, row.measure, done.get_state_display(), done.ended_on]
        yield [*of, *what, *who, *how, "\n".join(_progress(row))]


def _progress(row: PlanActivity) -> Iterator[str]:
    for note in ProgressNote.objects.filter(undertaking=row.undertaking_id):
        note.undertaking = row.undertaking
        row.undertaking.team = row.team  # texts are opened with the key of the team
        value = "" if note.value is None else f", wskaźnik: {note.value}"
        yield f"{note.on}: {note.get_state_display()}{value}. {note.text}".rstrip()


_MATERIAL_HEADER = [
    "numer", "zespół", "temat", "tytuł", "do czego się przyda", "adres strony", "pliki",
    "aktualne do", "kto", "w imieniu", "udostępniono", "stan", "wycofano", "dlaczego wycofano",
]  # fmt: skip


def write_materials(pack: Pack) -> None:
    """Every material, with the names of its files."""
    pack.sheet("materiały/lista", _MATERIAL_HEADER, _materials())


def _materials() -> Iterator[list[Any]]:
    rows = Material.objects.select_related("team", "organisation", "person", "topic__team")
    for one in rows.order_by("year", "number", "pk"):
        versions = one.versions.select_related("material__team").order_by("position")
        names = "\n".join(f"wersja {each.position}: {each.name}" for each in versions)
        what = [f"{one.number}/{one.year}", str(one.team), one.topic_name, one.title, one.text]
        who = [one.person.full_name, one.of, one.shared_at]
        ended = [one.get_state_display(), one.ended_on, one.reason]
        yield [*what, one.link, names, one.until, *who, *ended]
