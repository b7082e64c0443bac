"""The duty to meet as it stands for each team: its terms and its meetings (REG §2.3; POR-C §2.2)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.rhythm import Facts, Rhythm, Span, Standing, spans, standing
from tenants.meetings.workflow import MeetingState
from tenants.teams.models import Team, Terms

_HELD = (MeetingState.HELD, MeetingState.CLOSED)
# Its texts are sealed, and no duty asks for them.
_LIGHT = ("team_id", "state", "mode", "starts_at", "ends_at")


@dataclass(frozen=True, slots=True)
class Duty:
    """A team that was ever asked to meet, the terms that ask for it, and its meetings."""

    team: Team
    terms: tuple[Terms, ...]
    meetings: tuple[Meeting, ...]

    @property
    def facts(self) -> Facts:
        held = [one for one in self.meetings if one.state in _HELD and self._counts(one)]
        coming = [one for one in self.meetings if one.state == MeetingState.CONVENED]
        return Facts(
            rhythms=tuple(_rhythm(terms) for terms in self.terms),
            from_on=self.team.from_on,
            ended_on=self.team.ended_on,
            held=frozenset(one.day for one in held),
            planned=frozenset(one.day for one in coming if self._counts(one)),
        )

    def on(self, day: date) -> Terms | None:
        """The terms in force on a day."""
        return next((one for one in reversed(self.terms) if one.holds_on(day)), None)

    def standing(self, day: date) -> Standing:
        return standing(self.facts, day)

    def spans(self, day: date) -> tuple[Span, ...]:
        return spans(self.facts, day)

    def convened(self, day: date) -> Meeting | None:
        """The next meeting that is convened and would count."""
        return self._next(MeetingState.CONVENED, day)

    def prepared(self, day: date) -> Meeting | None:
        """The next one in preparation."""
        return self._next(MeetingState.PLANNED, day)

    def _next(self, state: str, day: date) -> Meeting | None:
        ahead = [one for one in self.meetings if one.state == state and one.day >= day]
        return min(filter(self._counts, ahead), key=lambda one: one.starts_at, default=None)

    def _counts(self, meeting: Meeting) -> bool:
        """A session by e-mail is a meeting only where the regulation says so (REG §2.2)."""
        if meeting.mode != MeetingMode.EMAIL:
            return True
        terms = self.on(meeting.day)
        return terms is not None and terms.email_is_meeting


def _rhythm(terms: Terms) -> Rhythm:
    return Rhythm(terms.meetings_count, terms.meetings_period, terms.from_on, terms.ended_on)


def duties(teams: "QuerySet[Team]") -> list[Duty]:
    """The duty of each of these teams, in two queries."""
    terms: dict[UUID, list[Terms]] = defaultdict(list)
    meetings: dict[UUID, list[Meeting]] = defaultdict(list)
    asked = Terms.objects.filter(team__in=teams).select_related("team")
    for one in asked.order_by("team__from_on", "team", "from_on", "pk"):
        terms[one.team_id].append(one)
    known = Meeting.objects.filter(team__in=[*terms]).exclude(state=MeetingState.CANCELLED)
    for meeting in known.only(*_LIGHT):
        meetings[meeting.team_id].append(meeting)
    return [
        Duty(each[0].team, tuple(each), tuple(meetings[team_id])) for team_id, each in terms.items()
    ]
