"""Permissions for risks and threats (REG §7.2)."""

from kooperacja.permissions import permission
from tenants.dialogue.models.contacts import Contact
from tenants.dialogue.models.notes import Note
from tenants.dialogue.models.risks import Risk
from tenants.dialogue.perms.sides import member_for
from tenants.people.models import Person
from tenants.people.perms import is_member
from tenants.teams import perms as teams
from tenants.teams.models import Team

_INFORMING = "§ 7 ust. 2 regulaminu"
_WATCHING = "§ 7 ust. 1 regulaminu"


@permission("Zgłoszenia ryzyk i zagrożeń widzą osoby, które należą do zespołu.", _INFORMING)
def see_risks(person: Person | None) -> bool:
    """Open the list; it holds the risks of the teams that one reads."""
    return is_member(person)


@permission(teams.read.why, _INFORMING)
def see_risk(person: Person | None, risk: Risk) -> bool:
    return teams.read(person, risk.team)


@permission(
    "Ryzyko albo zagrożenie zgłasza osoba, która ma miejsce w zespole albo działa za instytucję, "
    "która je ma.",
    _INFORMING,
)
def report(person: Person | None, team: Team) -> bool:
    """Report a risk to all members of a team."""
    return bool(member_for(person, team))


@permission(report.why, _INFORMING)
def add_to(person: Person | None, risk: Risk) -> bool:
    """Add what was done about it."""
    return report(person, risk.team)


@permission(
    "Zgłoszeniem zajmuje się ten, kto kieruje zespołem: w PZK Lider albo wyznaczony przez niego "
    "pracownik ds. sieci.",
    _WATCHING,
)
def handle(person: Person | None, risk: Risk) -> bool:
    """Say that something is done about it, put it on an agenda, close it."""
    return teams.run(person, risk.team)


@permission(
    "Zgłoszenie wycofuje osoba, która je złożyła, albo ten, kto mówi za jej instytucję.",
    _INFORMING,
)
def withdraw(person: Person | None, risk: Risk) -> bool:
    """Its author, or whoever acts for the institution that reported it."""
    return risk.organisation_id in member_for(person, risk.team)


@permission("Dziennik wysyłki widzą ten, kto kieruje zespołem, i autor zgłoszenia.", _INFORMING)
def see_delivery(person: Person | None, risk: Risk) -> bool:
    """See whom the message reached and how."""
    return handle(person, risk) or withdraw(person, risk)


_TALKING = "§ 6 ust. 1 regulaminu"


@permission("Notatki służbowe widzą osoby, które należą do zespołu.", _TALKING)
def see_notes(person: Person | None) -> bool:
    """Open the list; it holds the signed notes of the teams that one reads, and one's own drafts."""
    return is_member(person)


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
    return is_member(person)


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
