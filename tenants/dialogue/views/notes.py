"""Official notes: their list, one of them, how it is written, signed and added to (REG §6.1)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kooperacja.documents.models import Document
from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, list_page, page, question, sent, step
from kooperacja.tenancy.middleware import public
from kooperacja.tenancy.request import TenantRequest
from kooperacja.ui.forms import SeenForm
from kooperacja.ui.problems import Missing
from kooperacja.ui.search import is_matching
from kooperacja.ui.tables import Column, Table
from kooperacja.workflow import require_may
from tenants.dialogue.actions import notes as acts
from tenants.dialogue.everyone import delivered, notices_of, reached
from tenants.dialogue.forms.notes import (
    EditNoteForm,
    NewNoteForm,
    NotesFilter,
    SignNoteForm,
    SupplementForm,
)
from tenants.dialogue.links import NOTE_LINKS, notice_by_token
from tenants.dialogue.models.contacts import Contact
from tenants.dialogue.models.notes import Note, NoteSupplement
from tenants.dialogue.papers.notes import OFFICIAL_NOTE
from tenants.dialogue.perms import notes as perms
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.views import contacts
from tenants.dialogue.workflow import NoteState
from tenants.people.identity import PersonRequest, visible
from tenants.people.models import Person
from tenants.teams.models import Team
from tenants.teams.perms import readable_on
from tenants.teams.sides import in_words

LIST = ("Notatki służbowe", "dialogue:notes")
KINDS = {NoteState.DRAFT: "wait", NoteState.SIGNED: "ok"}
_WHY = (
    "Po podpisaniu notatka idzie od razu do wszystkich członków {}: nie ma listy, z której można "
    "kogoś pominąć, bo tak mówi § 6 ust. 1 regulaminu. Dlatego nie może w niej być danych rodzin."
)
_COLUMNS = (
    Column("notatka", "Notatka", str, sort="begun_at", is_link=True),
    Column("temat", "Temat", "subject", sort="subject"),
    Column("autor", "Autor", lambda row: f"{row.author}, {row.of}", sort="author"),
    Column("dnia", "Dzień rozmowy", "held_on", sort="held_on"),
    Column("sposob", "Sposób", "get_channel_display", sort="channel"),
    Column("podpis", "Podpisano", "signed_at", sort="signed_at"),
)
_ROWS = Note.objects.select_related("team", "person", "organisation", "contact")
find = visible(_ROWS, perms.see_note, "Nie ma takiej notatki")


def _crumbs(note: Note) -> list[tuple[str, str]]:
    return [LIST, (str(note), note.url)]


@page(perms.see_notes)
def listing(request: PersonRequest) -> HttpResponse:
    form = NotesFilter(request.GET)
    today = readable_on(request.person, timezone.localdate())
    table = Table(
        request,
        _chosen(request, form.chosen) if form.is_valid() else [],
        _COLUMNS,
        LIST[0],
        default="-notatka",
        empty="Żadna notatka nie odpowiada wybranym warunkom.",
        nothing="Nie ma jeszcze żadnej notatki służbowej.",
    )
    return list_page(
        request,
        table,
        form,
        template="dialogue/notes.html",
        lead="Z rozmów, które mają wpływ na osiągnięcie celu, sporządza się notatkę i przesyła "
        "wszystkim członkom (§ 6 ust. 1 regulaminu). Projekt widzi tylko jego autor.",
        teams=[team for team in today if perms.write_note(request.person, team)],
        is_taken=True,
    )


def _chosen(request: PersonRequest, chosen: dict[str, Any]) -> list[Note]:
    """The notes as they were chosen; their texts are sealed, so words are looked for in memory."""
    rows = Note.objects.read_by(request.person)
    if channel := chosen.get("sposob"):
        rows = rows.filter(channel=channel)
    whole = rows.select_related("team", "person", "organisation").order_by("-begun_at", "-pk")
    words = chosen.get("szukaj") or ""
    if not words:
        return list(whole)
    texts = (
        (row, (str(row), row.subject, row.content, row.effect, row.others, row.author, row.of))
        for row in whole
    )
    return [row for row, inside in texts if is_matching(words, *inside)]


@page(perms.see_note, find)
def show(request: PersonRequest, note: Note) -> HttpResponse:
    person = request.person
    supplements = list(note.supplements.all())
    paper = Document.objects.filter(kind=OFFICIAL_NOTE.kind, subject=note.pk)
    context = {
        **_shown(note, supplements),
        "why": _WHY.format(note.team.law.genitive),
        "document": paper.order_by("-version").first() if note.is_signed else None,
        "delivery": _delivery(person, note, supplements),
        "can_change": not note.is_signed and perms.change_note(person, note),
        "can_supplement": note.is_signed and perms.supplement(person, note),
    }
    return render(request, "dialogue/note.html", context)


def _shown(note: Note, supplements: list[NoteSupplement]) -> dict[str, Any]:
    """The words of a note, on its page and behind the link of a mail."""
    tasks = note.tasks.select_related("seat__person", "seat__organisation", "arrangement__team")
    return {
        "note": note,
        "kind": KINDS[NoteState(note.state)],
        "people": list(note.people()),
        "tasks": list(tasks),
        "supplements": supplements,
    }


def _delivery(person: Person, note: Note, supplements: list[NoteSupplement]) -> list[Any]:
    """The log of whom the note and each supplement reached, for those who may read it."""
    if not note.is_signed or not perms.see_sending(person, note):
        return []
    logs = [(str(row), notices_of(row.pk)) for row in (note, *supplements)]
    taken = delivered([one for _, notices in logs for one in notices])
    return [(what, list(reached(notices, taken))) for what, notices in logs]


@step(perms.write_note, contacts.find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    return _begun(request, team)


@step(perms.note_of_contact, contacts.find)
def from_contact(request: PersonRequest, contact: Contact) -> HttpResponse:
    """A note that begins with what an entry of the log says."""
    return _begun(request, contact.team, contact)


def _begun(request: PersonRequest, team: Team, contact: Contact | None = None) -> HttpResponse:
    known = in_words(member_for(request.person, team))
    form = NewNoteForm(
        **sent(request), author=request.person, team=team, speaks_for=known, contact=contact
    )
    return form_page(
        request,
        form,
        partial(
            guarded(acts.begin),
            by=request.actor,
            team_id=team.pk,
            contact_id=contact.pk if contact else None,
        ),
        said="Zapisano projekt. Widzisz go tylko Ty, dopóki go nie podpiszesz.",
        to=lambda note: note.url,
        back=contact.url if contact else LIST[1],
        title="Nowa notatka służbowa",
        lead=_WHY.format(team.law.genitive),
        crumbs=contacts.crumbs_of(contact) if contact else [LIST],
        submit="Zapisz projekt",
    )


@step(perms.change_note, find)
def edit(request: PersonRequest, note: Note) -> HttpResponse:
    acts.require_draft(note)
    known = in_words(member_for(request.person, note.team))
    return form_page(
        request,
        EditNoteForm(**sent(request), row=note, team=note.team, speaks_for=known),
        partial(guarded(acts.edit), by=request.actor, note_id=note.pk),
        said="Zapisano projekt.",
        to=note.url,
        title="Zmień projekt notatki",
        lead=_WHY.format(note.team.law.genitive),
        crumbs=_crumbs(note),
        submit="Zapisz projekt",
    )


@step(perms.change_note, find)
def sign(request: PersonRequest, note: Note) -> HttpResponse:
    return question(
        request,
        SignNoteForm(**sent(request), row=note),
        partial(acts.sign, by=request.actor, note_id=note.pk),
        ready=partial(require_may, note, NoteState.SIGNED, request.actor),
        question="Podpisać notatkę i przesłać wszystkim?",
        consequence=f"Notatka dostanie numer i od razu pójdzie do wszystkich członków "
        f"{note.team.law.genitive}. Jej ustalenia dostaną wykonawcy. Potem można ją tylko uzupełnić "
        "albo sprostować.",
        clause=perms.change_note.clause,
        button="Podpisz i prześlij wszystkim",
        said="Podpisano. Notatka idzie do wszystkich członków zespołu.",
        to=note.url,
        crumbs=_crumbs(note),
        danger=False,
    )


@step(perms.change_note, find)
def discard(request: PersonRequest, note: Note) -> HttpResponse:
    return question(
        request,
        SeenForm(**sent(request), row=note),
        partial(acts.discard, by=request.actor, note_id=note.pk),
        ready=partial(acts.require_draft, note),
        question="Wyrzucić projekt notatki?",
        consequence="Projekt zniknie. Nikt poza Tobą go nie widział.",
        button="Wyrzuć projekt",
        said="Wyrzucono projekt.",
        to=LIST[1],
        crumbs=_crumbs(note),
    )


@step(perms.supplement, find)
def supplement(request: PersonRequest, note: Note) -> HttpResponse:
    return form_page(
        request,
        SupplementForm(**sent(request)),
        partial(acts.supplement, by=request.actor, note_id=note.pk),
        ready=partial(acts.require_signed, note),
        said="Dopisano. Wiadomość idzie do wszystkich członków zespołu.",
        to=lambda _: note.url,
        back=note.url,
        title="Uzupełnij albo sprostuj notatkę",
        lead=f"{note}. Dopisek dostanie numer i od razu pójdzie do wszystkich członków "
        f"{note.team.law.genitive}; treść notatki zostaje.",
        crumbs=_crumbs(note),
        submit="Dopisz i prześlij wszystkim",
    )


@public
@require_safe
def by_link(request: TenantRequest, token: str) -> HttpResponse:
    """One note, as a member without an account reads it by the link of the mail."""
    notice = notice_by_token(token, NOTE_LINKS)
    note = None
    if notice:
        rows = NoteSupplement.objects.filter(pk=notice.about)
        of = rows.values_list("note_id", flat=True).first() or notice.about
        note = _ROWS.filter(pk=of, state=NoteState.SIGNED).first()
    if note is None:
        raise Missing(
            "Ten odnośnik niczego nie otwiera",
            "Działa przez 90 dni, dopóki adresat ma miejsce w zespole. Sprawdź też, czy jest cały.",
        )
    return render(request, "dialogue/note_link.html", _shown(note, list(note.supplements.all())))
