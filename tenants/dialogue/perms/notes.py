"""Permissions for official notes and the log of contacts (REG §6.1)."""

from kooperacja.permissions import permission
from tenants.dialogue.models.contacts import Contact
from tenants.dialogue.models.notes import Note
from tenants.dialogue.perms.sides import member_for
from tenants.people.models import Person
from tenants.people.perms import takes_part
from tenants.teams import perms as teams
from tenants.teams.models import Team

_TALKING = "§ 6 ust. 1 regulaminu"


@permission("Notatki służbowe widzą osoby, które należą do zespołu.", _TALKING)
def see_notes(person: Person | None) -> bool:
    """Open the list; it holds the signed notes of the teams that one reads, and one's own drafts."""
    return takes_part(person)


@permission("Notatkę widzą osoby, które należą do zespołu; projekt tylko jego autor.", _TALKING)
def see_note(person: Person | None, note: Note) -> bool:
    return teams.read(person, note.team) and (note.is_signed or _is_author(person, note))


def _is_author(person: Person | None, row: Note | Contact) -> bool:
    return person is not None and row.person_id in person.entries


@permission(
    "Notatkę służbową sporządza osoba, która ma miejsce w zespole albo działa za instytucję, "
    "która je ma.",
    _TALKING,
)
def write_note(person: Person | None, team: Team) -> bool:
    """Write a note that goes to all members of a team."""
    return bool(member_for(person, team))


@permission(
    "Projekt notatki zmienia i podpisuje jego autor, dopóki ma miejsce w zespole albo działa za "
    "instytucję, która je ma.",
    _TALKING,
)
def change_note(person: Person | None, note: Note) -> bool:
    """Change, sign or discard one's own note."""
    return _is_author(person, note) and note.organisation_id in member_for(person, note.team)


@permission("Notatkę uzupełnia jej autor albo ten, kto działa za jego instytucję.", _TALKING)
def supplement(person: Person | None, note: Note) -> bool:
    """Add to a note or set it right."""
    return note.organisation_id in member_for(person, note.team)


@permission("Dziennik wysyłki widzą ten, kto kieruje zespołem, i autor notatki.", _TALKING)
def see_sending(person: Person | None, note: Note) -> bool:
    """See whom the note reached and how."""
    return teams.run(person, note.team) or supplement(person, note)


@permission("Rejestr kontaktów widzą osoby, które należą do zespołu.", _TALKING)
def see_contacts(person: Person | None) -> bool:
    """Open the log of contacts of the teams that one reads."""
    return takes_part(person)


@permission(see_contacts.why, _TALKING)
def see_contact(person: Person | None, contact: Contact) -> bool:
    return teams.read(person, contact.team)


@permission(
    "Do rejestru wpisuje osoba, która ma miejsce w zespole albo działa za instytucję, która je ma.",
    _TALKING,
)
def log_contact(person: Person | None, team: Team) -> bool:
    """Write a contact down, or make a note of one."""
    return bool(member_for(person, team))


@permission(log_contact.why, _TALKING)
def note_of_contact(person: Person | None, contact: Contact) -> bool:
    return log_contact(person, contact.team)


@permission("Wpis poprawia jego autor w dniu wpisu.", _TALKING)
def correct_contact(person: Person | None, contact: Contact) -> bool:
    """Correct one's own entry."""
    mine = contact.organisation_id in member_for(person, contact.team)
    return _is_author(person, contact) and mine


@permission("Do wpisu dopisuje jego autor albo ten, kto działa za jego instytucję.", _TALKING)
def add_to_contact(person: Person | None, contact: Contact) -> bool:
    """Add to an entry."""
    return contact.organisation_id in member_for(person, contact.team)
