"""Permissions for correspondence (REG §6.2)."""

from kooperacja.permissions import permission
from tenants.dialogue.models.correspondence import (
    Attachment,
    HeldAnswer,
    HeldReason,
    Message,
    Thread,
)
from tenants.dialogue.perms.sides import writes_for
from tenants.meetings.perms import runs_somewhere
from tenants.people.models import Person, holds
from tenants.people.perms import takes_part
from tenants.registry.roles import Role
from tenants.teams import perms as teams
from tenants.teams.models import Team

_WRITING = "§ 6 ust. 2 regulaminu"
# Stopped by what they say or how many they are, so that their author may decide, too.
OF_AUTHOR = (HeldReason.GUARD, HeldReason.LONG, HeldReason.EMPTY, HeldReason.MANY)


@permission("Korespondencję zespołu widzą osoby, które należą do tego zespołu.", _WRITING)
def see_threads(person: Person | None) -> bool:
    """Open the list; it holds the threads of the teams that one reads."""
    return takes_part(person)


@permission(teams.read.why, _WRITING)
def see_thread(person: Person | None, thread: Thread) -> bool:
    return teams.read(person, thread.team)


@permission(teams.read.why, _WRITING)
def see_attachment(person: Person | None, attachment: Attachment) -> bool:
    """Open a file of a message; one of a held answer, whoever decides about it."""
    if attachment.message_id is None:
        return attachment.held is not None and decide(person, attachment.held)
    return see_thread(person, attachment.thread)


@permission(
    "Do wszystkich członków zespołu pisze osoba, która ma w nim miejsce, albo ten, kto nim kieruje.",
    _WRITING,
)
def write(person: Person | None, team: Team) -> bool:
    """Write a message to all members of a team."""
    return bool(writes_for(person, team))


@permission(write.why, _WRITING)
def answer(person: Person | None, thread: Thread) -> bool:
    """Answer in a thread, to all."""
    return write(person, thread.team)


@permission(
    "Korespondencję zamyka osoba, która ją zaczęła, albo ten, kto kieruje zespołem.", _WRITING
)
def close_thread(person: Person | None, thread: Thread) -> bool:
    """Its author, while they read it, or whoever runs the team."""
    if teams.run(person, thread.team):
        return True
    is_own = person is not None and thread.person_id in person.entries
    return is_own and see_thread(person, thread)


@permission(
    "To, do kogo wiadomość dotarła i kto ją przeczytał, widzą jej autor i ten, kto kieruje zespołem.",
    _WRITING,
)
def see_reached(person: Person | None, message: Message) -> bool:
    """See whom a message reached and who has read it."""
    is_own = person is not None and message.person_id in person.entries
    return is_own or teams.run(person, message.team)


@permission(
    "O odpowiedzi, która czeka, decyduje ten, kto kieruje zespołem; jeśli zatrzymała ją treść albo "
    "liczba odpowiedzi, także osoba, która ją napisała.",
    _WRITING,
)
def decide(person: Person | None, held: HeldAnswer) -> bool:
    """Send a held answer to all, or discard it."""
    if teams.run(person, held.team):
        return True
    # Whoever wrote from another address, or has no seat any more, is not known to be its author.
    is_own = person is not None and held.seat.person_id in person.entries
    return is_own and held.reason in OF_AUTHOR and write(person, held.team)


@permission("Odpowiedzi, które czekają, widzi ten, kto kieruje zespołem.", _WRITING)
def see_held(person: Person | None) -> bool:
    """Open the list of answers that wait."""
    return runs_somewhere(person)


@permission(
    "Czas przechowywania korespondencji widzą osoby, które należą do zespołu.",
    "§ 6 ust. 2 regulaminu",
)
def see_retention(person: Person | None) -> bool:
    return takes_part(person)


@permission("Czas przechowywania korespondencji ustala osoba reprezentująca Lidera.", _WRITING)
def set_retention(person: Person | None) -> bool:
    """Say for how long correspondence is kept."""
    return person is not None and holds(person, {Role.LEAD})
