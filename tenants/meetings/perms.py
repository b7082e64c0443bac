"""Permissions for meetings: those of their team (REG §2)."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kooperacja.permissions import permission
from tenants.meetings.models.arrangements import Arrangement
from tenants.meetings.models.guests import GuestInvitation
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.minutes import Minutes
from tenants.meetings.models.papers import AgendaTemplate, ItemPaper
from tenants.meetings.models.polls import DatePoll, PollRespondent
from tenants.meetings.models.recipients import MinutesRecipient
from tenants.meetings.models.requests import MeetingRequest
from tenants.meetings.present import people_at
from tenants.meetings.voices import Key
from tenants.meetings.workflow import MinutesState
from tenants.people.models import Person, holds
from tenants.people.perms import is_member, spoken_organisations, takes_part
from tenants.teams import perms as teams
from tenants.teams.kinds import KINDS
from tenants.teams.models import Seat, Team
from tenants.teams.sides import own_sides, sides_among


@permission("Spotkania widzą osoby, które należą do zespołu.", "§ 2 ust. 6 regulaminu")
def see_meetings(person: Person | None) -> bool:
    """Open the list; it holds the meetings of the teams that one reads."""
    return takes_part(person)


@permission(teams.read.why, "§ 2 ust. 6 regulaminu")
def see_meeting(person: Person | None, meeting: Meeting) -> bool:
    """Members; one that was never convened, those who prepare it."""
    if not meeting.is_announced:
        return teams.run(person, meeting.team)
    return teams.read(person, meeting.team)


@permission(teams.run.why, "§ 2 ust. 1 i 5 regulaminu")
def convene(person: Person | None, team: Team) -> bool:
    """Prepare a meeting of a team and convene it."""
    return teams.run(person, team)


@permission(teams.run.why, "§ 2 ust. 1 i 5 regulaminu")
def run(person: Person | None, meeting: Meeting) -> bool:
    """Change its time and agenda, hold it, take the minutes."""
    return teams.run(person, meeting.team)


@permission(teams.read.why, "§ 2 ust. 9 regulaminu")
def see_minutes(person: Person | None, minutes: Minutes) -> bool:
    """Members; a draft is of those who write it."""
    if minutes.state == MinutesState.DRAFT:
        return teams.run(person, minutes.team)
    return teams.read(person, minutes.team)


@permission(
    "Protokół pisze osoba od Lidera: ta, która go reprezentuje, albo pracownik ds. sieci.",
    "§ 2 ust. 9 regulaminu",
)
def write_minutes(person: Person | None, minutes: Minutes) -> bool:
    return teams.run(person, minutes.team)


@permission(
    "Protokół zatwierdza osoba, która przewodniczy zespołowi: w PZK reprezentuje Lidera.",
    "§ 2 ust. 1 i 9 regulaminu",
)
def approve_minutes(person: Person | None, minutes: Minutes) -> bool:
    return teams.lead(person, minutes.team)


@permission("Uwagi do protokołu zgłaszają osoby, które były na spotkaniu.", "§ 2 ust. 9 regulaminu")
def remark(person: Person | None, minutes: Minutes) -> bool:
    """Whoever was at the meeting: for a seat of their own, or as the deputy that has an account."""
    if person is None or not teams.read(person, minutes.team):
        return False
    there = people_at([minutes.meeting_id])[minutes.meeting_id]
    return not person.entries.isdisjoint(there)


@permission(
    "Odpowiada osoba zaproszona, a za instytucję jej koordynator albo osoba, która nią kieruje.",
    "§ 2 ust. 6 regulaminu",
)
def answer(person: Person | None, invitation: SeatInvitation) -> bool:
    """Say whether a seat will be kept at a meeting."""
    if person is None or not see_meeting(person, invitation.meeting):
        return False
    seat = invitation.seat
    return seat.person_id in person.entries or seat.organisation_id in spoken_organisations(person)


@permission(
    "W turze e-mailowej głosuje osoba, która ma miejsce w zespole.", "§ 2 ust. 2 regulaminu"
)
def voice(person: Person | None, meeting: Meeting) -> bool:
    """Give the voice of one's own institution by circulation."""
    seats = voicing(meeting).filter(person=person)
    return see_meeting(person, meeting) and seats.exists()


def voicing(meeting: Meeting) -> "QuerySet[Seat]":
    """Seats of people today, of the institutions that sat in the team when it began."""
    began = Seat.objects.on(meeting.day).filter(team=meeting.team_id)
    same = began.filter(organisation=OuterRef("organisation"))
    seats = Seat.objects.on(timezone.localdate()).filter(team=meeting.team_id)
    return seats.exclude(person=None).filter(Q(organisation=None) | Exists(same))


_RUNNERS = frozenset[str]().union(*(kind.leads | kind.helps for kind in KINDS.values()))


@permission(teams.run.why, "§ 2 ust. 1 i 5 regulaminu")
def runs_somewhere(person: Person | None) -> bool:
    """Run the meetings of a team of some kind; `run` says of which."""
    return holds(person, _RUNNERS) or teams.runs_closed(person)


@permission(teams.read.why, "§ 2 ust. 6 regulaminu")
def see_paper(person: Person | None, paper: ItemPaper) -> bool:
    """Those who read the meeting of its item."""
    return see_meeting(person, paper.item.meeting)


@permission(teams.run.why, "§ 2 ust. 1 i 5 regulaminu")
def keep_template(person: Person | None, template: AgendaTemplate) -> bool:
    """Change a template or delete it: whoever runs teams of its kind; closed ones have none."""
    law = template.law
    return not law.is_closed and is_member(person) and holds(person, law.leads | law.helps)


@permission(teams.read.why, "§ 2 regulaminu")
def see_arrangement(person: Person | None, arrangement: Arrangement) -> bool:
    return teams.read(person, arrangement.team)


@permission(
    "Ustalenie zamyka osoba, która je wykonuje, osoba, która mówi w imieniu jej instytucji, "
    "albo ten, kto prowadzi spotkania zespołu.",
    "§ 2 ust. 3 pkt 3 porozumienia",
)
def report(person: Person | None, arrangement: Arrangement) -> bool:
    """Say that it was done, or why it was not."""
    if person is None or not see_arrangement(person, arrangement):
        return False
    is_own = arrangement.person_id in person.entries
    return is_own or (
        arrangement.organisation_id in spoken_organisations(person)
        or teams.run(person, arrangement.team)
    )


@permission(teams.run.why, "§ 2 ust. 1 i 5 regulaminu")
def pass_on(person: Person | None, arrangement: Arrangement) -> bool:
    """Give it to another institution or person."""
    return teams.run(person, arrangement.team)


_ASKING = "§ 2 ust. 5 regulaminu"


def asks_for(person: Person | None, team: Team) -> set[UUID]:
    """Institutions of a team in whose name the person may ask for a meeting."""
    own = spoken_organisations(person)
    return own & sides_among(person, team, own) if person else set()


@permission(
    "O spotkanie prosi koordynator Partnerstwa albo kierujący instytucją, która należy do zespołu.",
    _ASKING,
)
def ask(person: Person | None, team: Team) -> bool:
    """Ask for a meeting of a team in the name of an institution."""
    return teams.read(person, team) and bool(asks_for(person, team))


@permission(
    "Prośby o spotkanie widzą ten, kto prowadzi zespół, oraz koordynatorzy i kierujący instytucjami.",
    _ASKING,
)
def see_requests(person: Person | None) -> bool:
    """Open the list; it holds those that one sees."""
    return see_meetings(person) and (runs_somewhere(person) or bool(spoken_organisations(person)))


@permission("Prośbę widzą instytucja, która ją złożyła, i ten, kto prowadzi zespół.", _ASKING)
def see_request(person: Person | None, request: MeetingRequest) -> bool:
    return teams.run(person, request.team) or withdraw_request(person, request)


@permission(teams.run.why, _ASKING)
def answer_request(person: Person | None, request: MeetingRequest) -> bool:
    """Answer with a meeting or a reason."""
    return teams.run(person, request.team)


@permission("Prośbę wycofuje instytucja, która ją złożyła.", _ASKING)
def withdraw_request(person: Person | None, request: MeetingRequest) -> bool:
    is_own = request.organisation_id in spoken_organisations(person)
    return is_own and teams.read(person, request.team)


def requests_of(person: Person | None) -> "QuerySet[MeetingRequest]":
    """Requests that the person sees, by the very rule of `see_request`."""
    read_by = teams.readable(person)
    run_by = [team for team in read_by if teams.run(person, team)]
    own = Q(team__in=read_by, organisation__in=spoken_organisations(person))
    return MeetingRequest.objects.filter(Q(team__in=run_by) | own)


_GUESTS = "§ 2 ust. 8 regulaminu"


@permission(
    "Gościa albo konsultanta proponuje osoba, która ma miejsce w zespole, albo ten, kto go prowadzi.",
    _GUESTS,
)
def propose_guest(person: Person | None, meeting: Meeting) -> bool:
    """Propose somebody who has no seat for one meeting."""
    if person is None or not see_meeting(person, meeting):
        return False
    return teams.run(person, meeting.team) or bool(own_sides(person, meeting.team))


@permission(see_meeting.why, _GUESTS)
def see_guest(person: Person | None, guest: GuestInvitation) -> bool:
    """Whoever sees the meeting."""
    return see_meeting(person, guest.meeting)


def spoken_for(person: Person | None, team: Team) -> set[Key]:
    """Institutions of a team in whose name the person speaks there; None is the Lider."""
    if person is None or not teams.read(person, team):
        return set()
    keys: set[Key] = own_sides(person, team, spoken_organisations(person))
    return keys | {None} if teams.lead(person, team) else keys


def speaks_for(person: Person | None, guest: GuestInvitation) -> set[Key]:
    """Institutions for which the person answers on a guest."""
    keys = spoken_for(person, guest.team) if see_guest(person, guest) else set()
    return guest.asked(keys)


@permission(
    "O gościu wypowiada się osoba, która ma miejsce w zespole, a za instytucję jej koordynator "
    "albo osoba, która nią kieruje.",
    _GUESTS,
)
def answer_guest(person: Person | None, guest: GuestInvitation) -> bool:
    """Consent or object in the name of an institution."""
    return bool(speaks_for(person, guest))


@permission("Propozycję wycofuje ten, kto ją złożył, albo ten, kto prowadzi zespół.", _GUESTS)
def withdraw_guest(person: Person | None, guest: GuestInvitation) -> bool:
    if person is None or not see_guest(person, guest):
        return False
    return guest.person_id in person.entries or teams.run(person, guest.team)


@permission(teams.run.why, "§ 2 ust. 9 regulaminu")
def keep_recipients(person: Person | None, team: Team) -> bool:
    """Say who gets the approved minutes without having a seat."""
    return teams.run(person, team)


@permission(teams.run.why, "§ 2 ust. 9 regulaminu")
def change_recipient(person: Person | None, recipient: MinutesRecipient) -> bool:
    """Take somebody off that list."""
    return keep_recipients(person, recipient.team)


@permission(teams.read.why, _ASKING)
def see_poll(person: Person | None, poll: DatePoll) -> bool:
    """Members of the team: the dates are asked of all of them."""
    return teams.read(person, poll.team)


@permission(teams.run.why, _ASKING)
def run_poll(person: Person | None, poll: DatePoll) -> bool:
    """See who answered what, and close it."""
    return teams.run(person, poll.team)


@permission(
    "Odpowiada osoba, którą ankieta pyta, a za instytucję bez osoby w zespole jej kierujący.",
    _ASKING,
)
def answer_poll(person: Person | None, row: PollRespondent) -> bool:
    """Say which dates suit, as somebody who has a seat, or for an institution's vacant one."""
    if person is None or not see_poll(person, row.poll):
        return False
    is_own = row.person_id in person.entries
    return is_own or row.organisation_id in spoken_organisations(person)
