"""Two years of meetings of a demo's team: some in time, some late, one team that never meets."""

from datetime import date, time, timedelta

from uuid6 import uuid7

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Via
from tenants.meetings import times
from tenants.meetings.actions import agenda, past, planning
from tenants.meetings.models.meetings import ItemKind, Meeting, MeetingMode
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tenants.teams.kinds import PZK
from tenants.teams.models import Team

_NEVER_MEETS = "Krapkowice"
_YEARS = timedelta(days=730)
# Days from one meeting to the next: a quarter, with a late one among them.
_PACE = (84, 91, 140, 88)
_REASON = "Spotkanie odbyło się, zanim ośrodek zaczął prowadzić spotkania na platformie (pokaz)."
_ITEMS = (
    ("Sprawy bieżące Partnerstwa", ItemKind.INFORMATION, 15),
    ("Wsparcie osób starszych zimą", ItemKind.DISCUSSION, 30),
    ("Dyżury instytucji w wakacje", ItemKind.DECISION, 20),
)


def write(unit: str, today: date) -> None:
    """Meetings of the past as they were entered, one convened and one in preparation."""
    team = Team.objects.on(today).filter(kind=PZK).first()
    role = RoleAssignment.objects.filter(role=Role.LEAD, ended_on=None).first()
    if team is None or role is None or _NEVER_MEETS in unit or team.meetings.exists():
        return
    by = Actor(None, role.person.full_name, role=Role.LEAD, via=Via.TASK, person_id=role.person_id)
    for day in _days(max(team.from_on, today - _YEARS), today):
        _held(by, team, day)
    coming = _planned(by, team, today + timedelta(days=16))
    planning.convene(by=by, meeting_id=coming.pk, version=coming.version)
    _planned(by, team, today + timedelta(days=110))


def _days(first: date, today: date) -> list[date]:
    days, day = [], first + timedelta(days=30)
    while day < today - timedelta(days=5):
        days.append(_workday(day))
        day += timedelta(days=_PACE[len(days) % len(_PACE)])
    return days


def _workday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _values(day: date, at: time, place: str) -> dict[str, object]:
    starts, ends = times.span(day, at, time(at.hour + 2))
    return {
        "mode": MeetingMode.DIRECT,
        "starts_at": starts,
        "ends_at": ends,
        "place": place,
        "place_reason": "",
        "link": "",
    }


def _place(team: Team, day: date) -> str:
    terms = team.terms_on(day)
    return (terms.place if terms else "") or "sala narad Lidera, ul. Przykładowa 1"


def _held(by: Actor, team: Team, day: date) -> None:
    meeting = past.enter_meeting(
        by=by,
        team_id=team.pk,
        key=uuid7(),
        values=_values(day, time(10), _place(team, day)),
        reason=_REASON,
    )
    _agenda(by, meeting)


def _planned(by: Actor, team: Team, day: date) -> Meeting:
    day = _workday(day)
    values = _values(day, time(10), _place(team, day))
    meeting = planning.plan_meeting(by=by, team_id=team.pk, key=uuid7(), values=values)
    _agenda(by, meeting)
    return meeting


def _agenda(by: Actor, meeting: Meeting) -> None:
    for title, kind, minutes in _ITEMS:
        values = {"title": title, "kind": kind, "minutes": minutes, "text": "", "presenter": ""}
        agenda.add_item(by=by, meeting_id=meeting.pk, key=uuid7(), values=values)
