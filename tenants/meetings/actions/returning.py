"""The outcome of a matter that was passed to another team comes back (REG §2.5; POR §2)."""

from collections.abc import Iterator

from kooperacja.audit.actor import Actor
from kooperacja.notifications.base import send
from tenants.meetings.addressed import title_of
from tenants.meetings.invited import runners_of
from tenants.meetings.models.meetings import AgendaItem, Meeting, Outcome
from tenants.meetings.notifications import MatterEnded
from tenants.teams.models import Team

_FINAL = (Outcome.DECIDED, Outcome.NOTED, Outcome.WITHDRAWN)


def return_results(by: Actor, meeting: Meeting) -> list[Team]:
    """Write at the items that were passed here how they ended; the teams from which they came."""
    teams = []
    for item in meeting.items.filter(outcome__in=_FINAL).exclude(carries=None):
        for origin in _origins(item):
            origin.result = item
            origin.save(update_fields=["result"])
            message = MatterEnded(origin.meeting_id, what=title_of(origin.meeting.team))
            to = runners_of(origin.team, by)
            send(message, to=to, dedupe=f"matter-ended:{origin.pk}:{item.pk}")
            teams.append(origin.team)
    return list(dict.fromkeys(teams))


def _origins(item: AgendaItem) -> Iterator[AgendaItem]:
    """The items of other teams with which it goes on, however often it was put off meanwhile."""
    rows = AgendaItem.objects.select_related("meeting__team")
    here = item
    while here.carries_id:
        there = rows.get(pk=here.carries_id)
        if there.outcome == Outcome.PASSED_ON and there.passed_to_id == here.meeting.team_id:
            yield there
        elif there.outcome != Outcome.POSTPONED:
            return
        here = there
