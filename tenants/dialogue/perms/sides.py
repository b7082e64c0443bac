"""Sides for which a person may say something in a team: institutions with a seat, the Lider."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.utils import timezone

from kooperacja.tenancy.facts import fact
from tenants.people.models import Person
from tenants.people.perms import spoken_organisations
from tenants.registry.roles import Role
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tenants.teams.sides import Side, own_sides, sides_among

_Ask = Callable[[Person, Team], set[Side]]


def _sides(ask: _Ask) -> Callable[[Person | None, Team], set[Side]]:
    """Sides of an open team that the person reads; else none."""

    @wraps(ask)
    def asked(person: Person | None, team: Team) -> set[Side]:
        if person is None or team.law.is_closed or not teams.read(person, team):
            return set()
        return ask(person, team)

    return asked


@_sides
def member_for(person: Person, team: Team) -> set[Side]:
    """Institutions with a seat in the team for which the person acts there."""
    own = own_sides(person, team, _acted_for(person))
    return own | {None} if teams.lead(person, team) and _lead_sits(team) else own


def _lead_sits(team: Team) -> bool:
    return team.pk in _teams_of_the_lead()


@fact
def _teams_of_the_lead() -> frozenset[UUID]:
    seats = Seat.objects.on(timezone.localdate()).filter(organisation=None)
    return frozenset(seats.order_by("team").values_list("team", flat=True))


def _acted_for(person: Person) -> set[UUID]:
    held = (row for row in person.roles_today if row.role != Role.APPLICANT)
    return {row.organisation_id for row in held if row.organisation_id}


@_sides
def writes_for(person: Person, team: Team) -> set[Side]:
    """Institutions in whose seats the person sits in the team."""
    own = own_sides(person, team)
    return own | {None} if teams.run(person, team) else own


@_sides
def sides_of(person: Person, team: Team) -> set[Side]:
    """Institutions of the team for which the person speaks in a dispute."""
    own = sides_among(person, team, spoken_organisations(person))
    return own | {None} if teams.lead(person, team) and _lead_sits(team) else own
