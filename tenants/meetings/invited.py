"""The invitation of a seat: its link, its address and its event for a calendar (REG §2.6)."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from kooperacja import ical
from kooperacja.audit.actor import Actor
from kooperacja.incoming.address import reply_address
from kooperacja.notifications.base import MAIL, Recipient
from kooperacja.notifications.models import Outgoing
from kooperacja.notifications.returned import returned_of
from kooperacja.ui.polish import pl_datetime
from tenants.meetings.addressed import INVITATION_LINKS, recipient_of, title_of
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.people.actions.invitations import recipients
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tenants.teams.sides import leading

ANSWERS = "udzial"  # the kind of the address to which calendars answer
LETTERS = "MEETING_LETTERS"  # in an outbox: letters that are still to be written


def by_token(token: str) -> SeatInvitation | None:
    """The invitation that a link of a mail stands for; its seat may answer."""
    rows = SeatInvitation.objects.select_related(
        "meeting__team", "seat__person", "seat__organisation"
    )
    return rows.filter(pk__in=INVITATION_LINKS.ids(token)).first()


def recipients_in(team: Team, day: date) -> list[Recipient]:
    """Everybody who sits in a team on a day, as far as they have an address."""
    seats = Seat.objects.taken(day).filter(team=team).select_related("person", "organisation")
    return [to for seat in seats.order_by("pk") if (to := recipient_of(seat))]


def accounts_invited(meeting: Meeting, by: Actor) -> list[Recipient]:
    """Whoever is invited and signs in, but for the one who acts."""
    rows = SeatInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    people = [row.seat.person for row in rows.select_related("seat__person").order_by("pk")]
    others = [one for one in people if one and one.account_id and one.pk != by.person_id]
    return recipients(one for one in others if teams.read(one, meeting.team))


def runners_of(team: Team, by: Actor) -> list[Recipient]:
    """Whoever runs a team and reads it, but for the one who acts."""
    people = leading(team, by.today, with_helpers=True)
    others = (person for person in people if person.pk != by.person_id)
    return recipients(person for person in others if teams.read(person, team))


def dedupe_of(invitation: SeatInvitation, sequence: int, method: ical.Method) -> str:
    """Names what was sent to one seat of one version of a meeting."""
    return f"meeting:{invitation.meeting_id}:{sequence}:{invitation.pk}:{method}"


def reached_of(meeting: Meeting, invitations: Iterable[SeatInvitation]) -> dict[UUID, str]:
    """By invitation: how its newest message went, for whoever runs the meeting."""
    begin = f"meeting:{meeting.pk}:{meeting.sequence}:"
    found = Outgoing.objects.filter(kind__in=(MAIL, LETTERS), dedupe__startswith=begin)
    rows = list(found.order_by("id").defer("payload"))
    mails = [row for row in rows if row.kind == MAIL]
    back = returned_of(row.pk for row in mails)
    ways = {
        row.dedupe.removeprefix(begin).partition(":")[0]: back.get(row.pk) or way_of(row)
        for row in mails
    }
    is_writing = any(row.kind == LETTERS and row.done_at is None for row in rows)
    without = WAITS if is_writing else _NO_ADDRESS
    return {one.pk: ways.get(str(one.pk), without) for one in invitations}


def way_of(row: Outgoing) -> str:
    """How a mail went, in words."""
    if row.done_at:
        return f"e-mail wysłany {pl_datetime(row.done_at)}"
    return "e-mail nie dochodzi, ponawiamy" if row.attempts else WAITS


WAITS, _NO_ADDRESS = "e-mail czeka na wysłanie", "nie ma adresu, pod który można wysłać"


def address_of(invitation: SeatInvitation) -> str:
    """The e-mail address that a calendar of the invited knows; empty where there is none."""
    person, of = invitation.seat.person, invitation.seat.organisation
    return (person.email if person else "") or (of.email if of else "")


def event_of(invitation: SeatInvitation, method: ical.Method, stamped: datetime) -> ical.Event:
    """The meeting as an event for the calendar of one seat; of a closed team it gives nothing away."""
    meeting = invitation.meeting
    sender = reply_address(ANSWERS, invitation.pk) or settings.DEFAULT_FROM_EMAIL
    link = f"{settings.SITE_URL}{reverse('meetings:answer', args=[INVITATION_LINKS.token(invitation.pk)])}"
    return ical.Event(
        uid=f"{meeting.pk}@{settings.SITE_URL.rpartition('/')[2]}",
        sequence=meeting.sequence,
        stamped=stamped,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        summary=title_of(meeting.team),
        description=f"Porządek obrad i odpowiedź: {link}",
        place=place_of(meeting),
        url=link,
        organizer=(organiser_of(meeting), sender),
        attendees=[ical.Attendee(invitation.seat.who, address_of(invitation) or sender)],
        method=method,
    )


def organiser_of(meeting: Meeting) -> str:
    return "Kooperacja" if meeting.team.law.is_closed else meeting.team.law.name


def how_of(meeting: Meeting) -> str:
    """The place and the way to take part, in words; of a closed team nothing."""
    if meeting.team.law.is_closed:
        return ""
    if meeting.mode == MeetingMode.REMOTE:
        return f"Spotkanie zdalne. Połączenie: {meeting.link or 'adres poda zaproszenie'}"
    return f"Spotkanie na miejscu: {meeting.place or 'adres poda zaproszenie'}"


def place_of(meeting: Meeting) -> str:
    if meeting.team.law.is_closed:
        return ""
    is_remote = meeting.mode == MeetingMode.REMOTE
    return str(meeting.link if is_remote else meeting.place)
