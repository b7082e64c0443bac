"""Permissions for teams; a closed one is not read here (security.md)."""

from django.db.models import QuerySet

from kooperacja.permissions import permission
from tenants.people.models import Person
from tenants.people.perms import is_member
from tenants.teams.kinds import KINDS
from tenants.teams.models import Team


@permission("Zespoły i ich skład widzą członkowie Partnerstwa.", "§ 1 ust. 8 regulaminu")
def see_teams(person: Person | None) -> bool:
    return is_member(person)


@permission("Skład tego zespołu widzą tylko osoby, które do niego należą.")
def see_team(person: Person | None, team: Team) -> bool:
    """Members see a team whose content is open to them; of another nobody learns here."""
    return is_member(person) and not team.law.is_closed


def teams_seen_by(person: Person | None) -> "QuerySet[Team]":
    """All that `see_team` lets the person see."""
    is_open = [code for code, kind in KINDS.items() if not kind.is_closed]
    teams: QuerySet[Team] = Team.objects.filter(kind__in=is_open)
    return teams if is_member(person) else teams.none()
