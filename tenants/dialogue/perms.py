"""Permissions for what is said between meetings: those of its team (REG §6, §7.2, §10)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kooperacja.permissions import permission
from tenants.dialogue.models.correspondence import (
    Attachment,
    HeldAnswer,
    HeldReason,
    Message,
    Thread,
)
from tenants.dialogue.models.disputes import Dispute, Mediation
from tenants.dialogue.models.risks import Risk
from tenants.meetings.perms import runs_somewhere
from tenants.people.models import Person, holds, roles_of
from tenants.people.perms import is_member, voiced_organisations
from tenants.registry.roles import Role
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tenants.teams.sides import Side

_INFORMING = "§ 7 ust. 2 regulaminu"
_WATCHING = "§ 7 ust. 1 regulaminu"


@permission("Zgłoszenia ryzyk i zagrożeń widzą osoby, które należą do zespołu.", _INFORMING)
def see_risks(person: Person | None) -> bool:
    """Open the list; it holds the risks of the teams that one reads."""
    return is_member(person)


@permission(teams.read.why, _INFORMING)
def see_risk(person: Person | None, risk: Risk) -> bool:
    return teams.read(person, risk.team)


_Ask = Callable[[Person, Team], set[Side]]


def _sides(ask: _Ask) -> Callable[[Person | None, Team], set[Side]]:
    """Sides of an open team that the person reads, asked of the database once; else none."""

    @wraps(ask)
    def asked(person: Person | None, team: Team) -> set[Side]:
        if person is None or team.law.is_closed or not teams.read(person, team):
            return set()
        known: dict[Any, set[Side]] = vars(person).setdefault("_sides", {})
        key = (ask.__name__, team.pk)
        if key not in known:
            known[key] = ask(person, team)
        return known[key]

    return asked


@_sides
def member_for(person: Person, team: Team) -> set[Side]:
    """Institutions with a seat in the team for which the person acts there."""
    own = Q(person__in=person.entries) | Q(organisation__in=_acted_for(person))
    if teams.lead(person, team):
        own |= Q(organisation=None)
    return _of_seats(team, own)


def _of_seats(team: Team, chosen: Q) -> set[Side]:
    seats = Seat.objects.on(timezone.localdate()).filter(chosen, team=team)
    return set(seats.values_list("organisation", flat=True))


def _acted_for(person: Person) -> set[UUID]:
    held = (row for row in roles_of(person) if row.role != Role.APPLICANT)
    return {row.organisation_id for row in held if row.organisation_id}


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


_WRITING = "§ 6 ust. 2 regulaminu"


@permission("Korespondencję zespołu widzą osoby, które należą do tego zespołu.", _WRITING)
def see_threads(person: Person | None) -> bool:
    """Open the list; it holds the threads of the teams that one reads."""
    return is_member(person)


@permission(teams.read.why, _WRITING)
def see_thread(person: Person | None, thread: Thread) -> bool:
    return teams.read(person, thread.team)


@permission(teams.read.why, _WRITING)
def see_attachment(person: Person | None, attachment: Attachment) -> bool:
    """Open a file of a message; one of a held answer, whoever decides about it."""
    if attachment.message_id is None:
        return attachment.held is not None and decide(person, attachment.held)
    return see_thread(person, attachment.thread)


@_sides
def writes_for(person: Person, team: Team) -> set[Side]:
    """Institutions in whose seats the person sits in the team."""
    own = _of_seats(team, Q(person__in=person.entries))
    return own | {None} if teams.run(person, team) else own


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
    "O odpowiedzi, która czeka, decyduje ten, kto kieruje zespołem; jeśli może zawierać dane "
    "osobowe, także osoba, która ją napisała.",
    _WRITING,
)
def decide(person: Person | None, held: HeldAnswer) -> bool:
    """Send a held answer to all, or discard it."""
    if teams.run(person, held.team):
        return True
    # Whoever wrote from another address, or has no seat any more, is not known to be its author.
    is_own = person is not None and held.seat.person_id in person.entries
    return is_own and held.reason in _OF_AUTHOR and write(person, held.team)


@permission("Odpowiedzi, które czekają, widzi ten, kto kieruje zespołem.", _WRITING)
def see_held(person: Person | None) -> bool:
    """Open the list of answers that wait."""
    return runs_somewhere(person)


_OF_AUTHOR = (HeldReason.GUARD, HeldReason.LONG, HeldReason.EMPTY)


@permission(
    "Czas przechowywania korespondencji widzą osoby, które należą do Partnerstwa.",
    "§ 6 ust. 2 regulaminu",
)
def see_retention(person: Person | None) -> bool:
    return is_member(person)


@permission("Czas przechowywania korespondencji ustala osoba reprezentująca Lidera.", _WRITING)
def set_retention(person: Person | None) -> bool:
    """Say for how long correspondence is kept."""
    return person is not None and holds(person, {Role.LEAD})


_SETTLING = "§ 10 regulaminu"
_PARTIES = "Spór widzą tylko jego strony i mediator."


@permission("Spory widzą osoby, które mówią za swoją instytucję albo mediują.", _SETTLING)
def see_disputes(person: Person | None) -> bool:
    """Open the list; it holds the disputes that concern oneself."""
    return is_member(person)


@permission(_PARTIES, _SETTLING)
def see_dispute(person: Person | None, dispute: Dispute) -> bool:
    return Dispute.objects.read_by(person).filter(pk=dispute.pk).exists()


@_sides
def sides_of(person: Person, team: Team) -> set[Side]:
    """Institutions of the team for which the person speaks in a dispute."""
    own = _of_seats(team, Q(organisation__in=voiced_organisations(person)))
    return own | {None} if teams.lead(person, team) else own


@permission(
    "Spór zgłasza koordynator Partnerstwa albo kierujący instytucją, która należy do zespołu, "
    "a w imieniu Lidera osoba, która go reprezentuje.",
    _SETTLING,
)
def report_dispute(person: Person | None, team: Team) -> bool:
    return bool(sides_of(person, team))


@permission("Odpowiada ten, kto mówi za stronę sporu.", _SETTLING)
def speak_in(person: Person | None, dispute: Dispute) -> bool:
    """Speak for a party: agree to what is proposed, or say why not."""
    return bool(sides_of(person, dispute.team) & dispute.keys)


@permission(
    "Mediacji podejmuje się osoba, która reprezentuje Lidera.", "§ 5 ust. 1 lit. c regulaminu"
)
def take_on(person: Person | None, dispute: Dispute) -> bool:
    """Mediate as the Lider; not where the Lider is a party."""
    return teams.lead(person, dispute.team) and not dispute.has_lead


@permission("Prowadzi mediację mediator, a gdy jest spoza zespołu, zapisują ją strony.", _SETTLING)
def mediate(person: Person | None, dispute: Dispute) -> bool:
    """Write the course of a mediation and its end."""
    match dispute.mediation:
        case Mediation.LEAD:
            return teams.lead(person, dispute.team)
        case Mediation.AGREED if dispute.mediator_id:
            return person is not None and dispute.mediator_id in person.entries
        case Mediation.AGREED:
            return speak_in(person, dispute)
    return False


@permission("Kroki zapisują strony i mediator.", _SETTLING)
def write_in(person: Person | None, dispute: Dispute) -> bool:
    """Add a step, propose a settlement."""
    return speak_in(person, dispute) or mediate(person, dispute)


@permission("Spór wycofuje strona, która go zgłosiła.", _SETTLING)
def withdraw_dispute(person: Person | None, dispute: Dispute) -> bool:
    reported = {party.organisation_id for party in dispute.parties.all() if party.has_reported}
    return bool(sides_of(person, dispute.team) & reported)
