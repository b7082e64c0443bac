"""A poll of dates ends: nobody is asked any more (REG §2.5)."""

from typing import Any

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import settle
from kooperacja.workflow import move
from tenants.meetings.models.meetings import Meeting
from tenants.meetings.models.polls import DatePoll, PollRespondent
from tenants.meetings.workflow import PollState

ASKS, REMINDS = "ask", "remind"


def end_open(by: Actor, reason: str, **of: Any) -> None:
    """End without a date what is open of a meeting or a request, while their team is locked."""
    polls = DatePoll.objects.filter(state=PollState.OPEN, **of).select_related("team")
    for poll in polls.select_for_update(of=("self",)).order_by("pk"):
        move(poll, PollState.ENDED, by=by, on=by.today, reason=reason)
        settle_all(poll)


def settle_all(poll: DatePoll) -> None:
    """Whatever it asked for waits no longer, of anybody."""
    for row in poll.respondents.order_by("pk"):
        settle_of(row)


def settle_agreed(meeting: Meeting) -> None:
    """The result waits no longer once the meeting is convened or given up: another message tells."""
    for poll in meeting.polls.filter(state=PollState.AGREED).order_by("pk"):
        settle(dedupe=agreed_dedupe(poll))


def agreed_dedupe(poll: DatePoll) -> str:
    return f"poll-agreed:{poll.pk}"


def settle_of(row: PollRespondent) -> None:
    for what in (ASKS, REMINDS):
        settle(dedupe=dedupe_of(row, what))


def dedupe_of(row: PollRespondent, what: str) -> str:
    """Names what was sent to one of those asked."""
    return f"poll:{row.poll_id}:{row.pk}:{what}"
