"""The host of the next meeting where the place rotates (REG §2.4; POR §2.2)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tenants.meetings.hosting import Hosting, Partner, propose
from tenants.meetings.models.meetings import Meeting, MeetingMode
from tenants.meetings.workflow import MeetingState
from tenants.partnership.models import Partnership
from tenants.people.models import Organisation
from tenants.regulation.parameters import PlacePolicy
from tenants.teams.models import Seat, Team, Terms

_COUNTED = (MeetingState.CONVENED, MeetingState.HELD, MeetingState.CLOSED)


@dataclass(frozen=True, slots=True)
class Host:
    """A partner who may host: an institution, or the Lider (none), with its place in words."""

    id: UUID | None
    name: str
    place: str


def hosts(team: Team, terms: Terms | None, day: date) -> list[Host]:
    """Partners of the team in the order of their turns; nobody where the place doesn't rotate."""
    if terms is None or terms.place_policy != PlacePolicy.ROTATING:
        return []
    seats = team.seats.filter(person=None).select_related("organisation").order_by("pk")
    known = {seat.organisation_id: _host(seat) for seat in seats}
    partners = [
        Partner(seat.organisation_id, known[seat.organisation_id].name, seat.from_on, seat.ended_on)
        for seat in seats
    ]
    turn = propose(partners, _past(team), day)
    return [known[one.key] for one in (turn.host, *turn.then) if one]


def _host(seat: Seat) -> Host:
    of = seat.organisation
    if isinstance(of, Organisation):
        return Host(of.pk, of.name, f"{of.name}, {of.address}")
    lead = Partnership.objects.values_list("lead_name", flat=True).first() or "Lider"
    return Host(None, f"Lider: {lead}", lead)


def _past(team: Team) -> list[Hosting]:
    """Meetings at a partner's; one elsewhere says why and names no host."""
    rows = team.meetings.filter(mode=MeetingMode.DIRECT, state__in=_COUNTED)
    return [Hosting(one.host_id, one.day) for one in rows if _is_hosted(one)]


def _is_hosted(meeting: Meeting) -> bool:
    return meeting.host_id is not None or not meeting.place_reason
