"""Whoever is invited hears that the papers of a meeting changed after it was convened (REG §2.5)."""

from uuid import UUID

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import send, settle_all
from tenants.meetings.addressed import title_of
from tenants.meetings.invited import accounts_invited
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.notifications import PapersChanged
from tenants.meetings.workflow import MeetingState


def tell_papers(by: Actor, meeting: Meeting, *, cause: UUID) -> None:
    """Put one line of it into each inbox, in place of an earlier one; the daily mail tells of it.

    Whoever has no account opens no paper, and is not mailed for each.
    """
    if meeting.state != MeetingState.CONVENED:
        return
    settle_papers(meeting)
    message = PapersChanged(meeting.pk, what=title_of(meeting.team), when=meeting.when)
    send(message, to=accounts_invited(meeting, by), dedupe=f"{_begin(meeting)}{cause}")


def settle_papers(meeting: Meeting) -> None:
    """Nothing of it waits any more: the meeting is over, or a newer line says the same."""
    settle_all(begin=_begin(meeting))


def _begin(meeting: Meeting) -> str:
    return f"papers-changed:{meeting.pk}:"
