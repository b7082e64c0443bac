"""The log of contacts: its list, one entry, how it is written (REG §6.1 s.1; POR §3.2)."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kooperacja.guard.passing import guarded
from kooperacja.pages import form_page, list_page, page, sent, step
from kooperacja.ui.search import is_matching
from kooperacja.ui.tables import Column, Table
from tenants.dialogue.actions import contacts as acts
from tenants.dialogue.forms.contacts import (
    AddToContactForm,
    ContactsFilter,
    CorrectContactForm,
    NewContactForm,
)
from tenants.dialogue.models.contacts import Contact
from tenants.dialogue.perms import notes as perms
from tenants.dialogue.perms.sides import member_for
from tenants.people.identity import PersonRequest, visible
from tenants.teams import perms as teams
from tenants.teams.models import Team
from tenants.teams.perms import readable_on
from tenants.teams.sides import in_words

LIST = ("Rejestr kontaktów", "dialogue:contacts")
_COLUMNS = (
    Column("kontakt", "Temat", "subject", is_link=True),
    Column("dnia", "Dnia", "held_on", sort="held_on"),
    Column("kto", "Kto", lambda row: f"{row.person}, {row.of}", sort="of"),
    Column("z_kim", "Z kim", "with_whom", sort="with_whom"),
    Column("sposob", "Sposób", "get_channel_display", sort="channel"),
    Column("krotko", "Krótko", "summary"),
)
_ROWS = Contact.objects.select_related("team", "person", "organisation")
find = visible(_ROWS, perms.see_contact, "Nie ma takiego wpisu")
find_team = visible(Team, teams.read, "Nie ma takiego zespołu")


def crumbs_of(contact: Contact) -> list[tuple[str, str]]:
    return [LIST, (str(contact), contact.url)]


@page(perms.see_contacts)
def listing(request: PersonRequest) -> HttpResponse:
    form = ContactsFilter(request.GET)
    today = readable_on(request.person, timezone.localdate())
    table = Table(
        request,
        _chosen(request, form.chosen) if form.is_valid() else [],
        _COLUMNS,
        LIST[0],
        default="-dnia",
        empty="Żaden wpis nie odpowiada wybranym warunkom.",
        nothing="Nikt jeszcze nie wpisał kontaktu.",
    )
    return list_page(
        request,
        table,
        form,
        template="dialogue/contacts.html",
        lead="Rozmowy między spotkaniami, z których nie trzeba notatki (§ 6 ust. 1 regulaminu). "
        "Widzą je członkowie zespołu.",
        teams=[team for team in today if perms.log_contact(request.person, team)],
        is_taken=True,
    )


def _chosen(request: PersonRequest, chosen: dict[str, Any]) -> list[Contact]:
    """The entries as they were chosen; their texts are sealed, so words are looked for in memory."""
    rows = Contact.objects.read_by(request.person)
    if channel := chosen.get("sposob"):
        rows = rows.filter(channel=channel)
    if since := chosen.get("od"):
        rows = rows.filter(held_on__gte=since)
    if until := chosen.get("do"):
        rows = rows.filter(held_on__lte=until)
    whole = rows.select_related("team", "person", "organisation").order_by("-held_on", "-pk")
    words = chosen.get("szukaj") or ""
    return [
        row
        for row in whole
        if is_matching(words, row.subject, row.with_whom, row.summary, row.of, str(row.person))
    ]


@page(perms.see_contact, find)
def show(request: PersonRequest, contact: Contact) -> HttpResponse:
    person = request.person
    is_mine = perms.correct_contact(person, contact)
    notes = contact.notes.select_related("team", "person").order_by("pk")
    context = {
        "contact": contact,
        "additions": list(contact.additions.all()),
        "notes": [note for note in notes if perms.see_note(person, note)],
        "can_correct": is_mine and contact.is_of_day(request.actor.today),
        "can_add": perms.add_to_contact(person, contact),
        "can_note": perms.note_of_contact(person, contact),
    }
    return render(request, "dialogue/contact.html", context)


@step(perms.log_contact, find_team)
def new(request: PersonRequest, team: Team) -> HttpResponse:
    return form_page(
        request,
        NewContactForm(**sent(request), speaks_for=in_words(member_for(request.person, team))),
        partial(guarded(acts.log), by=request.actor, team_id=team.pk),
        said="Wpisano kontakt.",
        to=lambda contact: contact.url,
        back=LIST[1],
        title="Wpisz kontakt",
        lead="Dla rozmowy, która ma wpływ na osiągnięcie celu, sporządź notatkę służbową: można ją "
        "zrobić także później, z tego wpisu.",
        crumbs=[LIST],
        submit="Wpisz",
    )


@step(perms.correct_contact, find)
def correct(request: PersonRequest, contact: Contact) -> HttpResponse:
    return form_page(
        request,
        CorrectContactForm(**sent(request), row=contact),
        partial(guarded(acts.correct), by=request.actor, contact_id=contact.pk),
        ready=partial(acts.require_day, contact, request.actor),
        said="Poprawiono wpis.",
        to=contact.url,
        title="Popraw wpis",
        lead="Wpis można poprawić tylko dziś. Później można do niego dopisać.",
        crumbs=crumbs_of(contact),
    )


@step(perms.add_to_contact, find)
def add(request: PersonRequest, contact: Contact) -> HttpResponse:
    return form_page(
        request,
        AddToContactForm(**sent(request)),
        partial(guarded(acts.add), by=request.actor, contact_id=contact.pk),
        said="Dopisano.",
        to=lambda _: contact.url,
        back=contact.url,
        title="Dopisz do wpisu",
        crumbs=crumbs_of(contact),
        submit="Dopisz",
    )
