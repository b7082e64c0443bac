"""Permissions for teams; a closed one is not read here (security.md)."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from kooperacja.permissions import permission
from kooperacja.tenancy.facts import fact
from tenants.people.models import Person, holds
from tenants.people.perms import is_member, may_have_open_team, takes_part
from tenants.registry.roles import Role
from tenants.teams import closed
from tenants.teams.kinds import KINDS
from tenants.teams.models import Team
from tenants.teams.sides import seats_of


@permission("Zespoły i ich skład widzą osoby, które do nich należą.", "§ 1 ust. 8 regulaminu")
def see_teams(person: Person | None) -> bool:
    """Open the list; it holds the teams of which one may know, so never a closed one."""
    return may_have_open_team(person)


def open_teams() -> "QuerySet[Team]":
    """Teams whose members one may know; of the others nobody learns here."""
    return Team.objects.filter(
        kind__in=[code for code, kind in KINDS.items() if not kind.is_closed]
    )


def known_to(person: Person | None) -> "QuerySet[Team]":
    """Open teams whose members the person may know: all, or those of one's agreement alone."""
    if is_member(person):
        return open_teams()
    seats = seats_of(person) if person else ()
    return open_teams().filter(pk__in={seat.team_id for seat in seats})


@permission("Treść prac zespołu czytają osoby, które należą do tego zespołu.", "§ 8 regulaminu")
def read(person: Person | None, team: Team) -> bool:
    """Read what a team does: members of the partnership, and of an agreement whose party sits there.

    Of a closed one whom its own app lets in.
    """
    if person is None:
        return False
    if not team.law.is_closed:
        return is_member(person) or (takes_part(person) and sits(person, team))
    offered = closed.offered(team.kind)
    return offered is not None and offered.may_read(person, team)


def sits(person: Person, team: Team) -> bool:
    """The person, or an institution for which the person acts, has a seat there today."""
    return any(seat.team_id == team.pk for seat in seats_of(person))


@permission(
    "Spotkania zespołu zwołuje i prowadzi ten, kto nim kieruje: w PZK Lider albo "
    "wyznaczony przez niego pracownik ds. sieci.",
    "§ 2 ust. 1 i 5 regulaminu",
)
def run(person: Person | None, team: Team) -> bool:
    """Convene and hold its meetings, take the minutes."""
    return read(person, team) and _holds(person, team, team.law.leads | team.law.helps)


@permission(
    "Zespołem kieruje ten, kogo wskazuje jego regulamin: w PZK osoba reprezentująca Lidera.",
    "§ 2 ust. 1 regulaminu",
)
def lead(person: Person | None, team: Team) -> bool:
    """Chair it and approve its minutes."""
    return read(person, team) and _holds(person, team, team.law.leads)


def _holds(person: Person | None, team: Team, roles: frozenset[Role]) -> bool:
    """One of the roles, or what the app of a closed team goes by."""
    if holds(person, roles):
        return True
    leading = {one.pk for one in closed.leaders(team, timezone.localdate())}
    return person is not None and not leading.isdisjoint(person.entries)


def runs_closed(person: Person | None) -> bool:
    """Run the meetings of a closed team."""
    return any(run(person, team) for team in _every() if team.law.is_closed)


def readable(person: Person | None) -> list[Team]:
    """Teams whose content the person reads, by the very rule of `read`."""
    return [team for team in _every() if read(person, team)]


def readable_on(person: Person | None, day: date) -> list[Team]:
    """Those of them that there are on a day."""
    return [team for team in readable(person) if team.holds_on(day)]


@fact
def _every() -> tuple[Team, ...]:
    return tuple(Team.objects.order_by("from_on", "pk"))
