"""Sides for which a person may say something in a team: institutions with a seat, the Lider."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tenants.people.models import Person, roles_of
from tenants.people.perms import voiced_organisations
from tenants.registry.roles import Role
from tenants.teams import perms as teams
from tenants.teams.models import Seat, Team
from tenants.teams.sides import Side

_Ask = Callable[[Person, Team], set[Side]]


def _sides(ask: _Ask) -> Callable[[Person | None, Team], set[Side]]:
    """Sides of an open team that the person reads, asked of the database once; else none."""

    @wraps(ask)
    def asked(person: Person | None, team: Team) -> set[Side]:
        if person is None or team.law.is_closed or not teams.read(person, team):
            return set()
        known: dict[Any, set[Side]] = vars(person).setdefault("_sides", {})
        key = (ask.__name__, team.pk)
        if key not in known:
            known[key] = ask(person, team)
        return known[key]

    return asked


@_sides
def member_for(person: Person, team: Team) -> set[Side]:
    """Institutions with a seat in the team for which the person acts there."""
    own = Q(person__in=person.entries) | Q(organisation__in=_acted_for(person))
    if teams.lead(person, team):
        own |= Q(organisation=None)
    return _of_seats(team, own)


def _of_seats(team: Team, chosen: Q) -> set[Side]:
    seats = Seat.objects.on(timezone.localdate()).filter(chosen, team=team)
    return set(seats.values_list("organisation", flat=True))


def _acted_for(person: Person) -> set[UUID]:
    held = (row for row in roles_of(person) if row.role != Role.APPLICANT)
    return {row.organisation_id for row in held if row.organisation_id}


@_sides
def writes_for(person: Person, team: Team) -> set[Side]:
    """Institutions in whose seats the person sits in the team."""
    own = _of_seats(team, Q(person__in=person.entries))
    return own | {None} if teams.run(person, team) else own


@_sides
def sides_of(person: Person, team: Team) -> set[Side]:
    """Institutions of the team for which the person speaks in a dispute."""
    own = _of_seats(team, Q(organisation__in=voiced_organisations(person)))
    return own | {None} if teams.lead(person, team) else own
