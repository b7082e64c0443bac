"""Permissions for meetings: those of their team (REG §2)."""

from kooperacja.permissions import permission
from tenants.meetings.models.meetings import Meeting
from tenants.people.models import Person
from tenants.people.perms import is_member
from tenants.teams import perms as teams
from tenants.teams.models import Team


@permission("Spotkania widzą osoby, które należą do zespołu.", "§ 2 ust. 6 regulaminu")
def see_meetings(person: Person | None) -> bool:
    """Open the list; it holds the meetings of the teams that one reads."""
    return is_member(person)


@permission(teams.read.why, "§ 2 ust. 6 regulaminu")
def see_meeting(person: Person | None, meeting: Meeting) -> bool:
    return teams.read(person, meeting.team)


@permission(teams.run.why, "§ 2 ust. 1 i 5 regulaminu")
def convene(person: Person | None, team: Team) -> bool:
    """Prepare a meeting of a team and convene it."""
    return teams.run(person, team)


@permission(teams.run.why, "§ 2 ust. 1 i 5 regulaminu")
def run(person: Person | None, meeting: Meeting) -> bool:
    """Change its time and agenda, hold it, take the minutes."""
    return teams.run(person, meeting.team)
