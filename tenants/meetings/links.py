"""A guest: the link of the mail, and the event for a calendar (REG §2.8)."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from kooperacja import ical
from tenants.meetings.addressed import GUEST_LINKS, title_of
from tenants.meetings.invited import organiser_of, place_of
from tenants.meetings.models.guests import GuestInvitation


def guest_by_token(token: str) -> GuestInvitation | None:
    """The guest that a link of a mail stands for; it shows this one meeting."""
    rows = GuestInvitation.objects.select_related("meeting__team")
    return rows.filter(pk__in=GUEST_LINKS.ids(token)).first()


def guest_event(guest: GuestInvitation, method: ical.Method, stamped: datetime) -> ical.Event:
    """The meeting as an event for the calendar of a guest; their answer is not asked for."""
    meeting, sender = guest.meeting, settings.DEFAULT_FROM_EMAIL
    host = settings.SITE_URL.rpartition("/")[2]
    link = (
        f"{settings.SITE_URL}{reverse('meetings:guest_link', args=[GUEST_LINKS.token(guest.pk)])}"
    )
    return ical.Event(
        # Not the meeting's own: a shared mailbox may have it of a seat.
        uid=f"{guest.pk}@{host}",
        sequence=meeting.sequence,
        stamped=stamped,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        summary=title_of(meeting.team),
        description=f"Zaproszenie: {link}",
        place=place_of(meeting),
        url=link,
        organizer=(organiser_of(meeting), sender),
        attendees=[ical.Attendee(guest.name, guest.email or sender)],
        method=method,
    )
