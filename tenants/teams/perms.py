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


def open_teams() -> "QuerySet[Team]":
    """Teams whose members one may know; of the others nobody learns here."""
    return Team.objects.filter(
        kind__in=[code for code, kind in KINDS.items() if not kind.is_closed]
    )
