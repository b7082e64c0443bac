"""The links of those who have no seat, and a guest's event for a calendar (REG §2.8-2.9)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from kooperacja import ical
from tenants.meetings.invited import organiser_of, place_of, title_of
from tenants.meetings.models.guests import GuestInvitation

_GUESTS = Signer(salt="tenants.meetings.guest")
_MINUTES = Signer(salt="tenants.meetings.minutes")


def guest_token(guest_id: UUID) -> str:
    """Whoever has it sees this one meeting as its guest, and nothing else."""
    return _GUESTS.sign(guest_id.hex)


def guest_by_token(token: str) -> GuestInvitation | None:
    try:
        pk = _GUESTS.unsign(token)
    except BadSignature:
        return None
    return GuestInvitation.objects.select_related("meeting__team").filter(pk=pk).first()


def minutes_token(recipient_id: UUID, minutes_id: UUID) -> str:
    """Whoever has it opens these minutes as this recipient, as long as they are on the list."""
    return _MINUTES.sign(f"{recipient_id.hex}.{minutes_id.hex}")


def named_in(token: str) -> tuple[str, str] | None:
    """The ids of the recipient and of the minutes; None of what was not signed here."""
    try:
        recipient, _, minutes = _MINUTES.unsign(token).partition(".")
    except BadSignature:
        return None
    return recipient, minutes


def guest_event(guest: GuestInvitation, method: ical.Method, stamped: datetime) -> ical.Event:
    """The meeting as an event for the calendar of a guest; their answer is not asked for."""
    meeting, sender = guest.meeting, settings.DEFAULT_FROM_EMAIL
    host = settings.SITE_URL.rpartition("/")[2]
    link = f"{settings.SITE_URL}{reverse('meetings:guest_link', args=[guest_token(guest.pk)])}"
    return ical.Event(
        # Not the meeting's own: a shared mailbox may have it of a seat.
        uid=f"{guest.pk}@{host}",
        sequence=meeting.sequence,
        stamped=stamped,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        summary=title_of(meeting),
        description=f"Zaproszenie: {link}",
        place=place_of(meeting),
        url=link,
        organizer=(organiser_of(meeting), sender),
        attendees=[ical.Attendee(guest.name, guest.email or sender)],
        method=method,
    )
