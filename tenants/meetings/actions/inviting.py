"""Everybody who has a seat is told of a meeting (REG §2.6)."""

from collections.abc import Iterator

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import Notification, Recipient, send, settle
from tenants.meetings.models.invitations import SeatInvitation
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.notifications import MeetingCancelled, MeetingConvened, MeetingMoved
from tenants.teams.models import Seat


def invite(by: Actor, meeting: Meeting) -> None:
    """Invite every seat that is taken on the day of the meeting."""
    seats = Seat.objects.taken(meeting.day).filter(team=meeting.team_id)
    SeatInvitation.objects.bulk_create(
        [SeatInvitation(meeting=meeting, seat=seat) for seat in seats], ignore_conflicts=True
    )
    _tell(meeting, MeetingConvened(meeting.pk, team=meeting.team.law.genitive, when=meeting.when))


def tell_change(by: Actor, meeting: Meeting) -> None:
    """Tell everybody invited of another time or place, and ask them again."""
    _tell(meeting, MeetingMoved(meeting.pk, team=meeting.team.law.genitive, when=meeting.when))


def tell_cancelled(by: Actor, meeting: Meeting) -> None:
    """Tell everybody invited that it does not take place; nothing waits for them any more."""
    for number in range(meeting.sequence + 1):
        settle(dedupe=f"meeting:{meeting.pk}:{number}")
    _tell(meeting, MeetingCancelled(meeting.pk, team=meeting.team.law.genitive, when=meeting.when))


def _tell(meeting: Meeting, notification: Notification) -> None:
    to = [*recipients_of(meeting)]
    send(notification, to=to, dedupe=f"meeting:{meeting.pk}:{meeting.sequence}")


def recipients_of(meeting: Meeting) -> Iterator[Recipient]:
    """The people invited; for a vacant seat the address of its institution."""
    rows = SeatInvitation.objects.filter(meeting=meeting, withdrawn_at=None)
    for row in rows.select_related("seat__person", "seat__organisation").order_by("pk"):
        person, of = row.seat.person, row.seat.organisation
        if person and (person.account_id or person.email):
            email = "" if person.account_id else person.email
            yield Recipient(account_id=person.account_id, email=email)
        elif of and of.email:
            yield Recipient(email=of.email)
