"""The sides of a team, its institutions and the Lider: whose seats, and how a form names them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from kooperacja.tenancy.facts import fact
from kooperacja.ui.polish import polish_order
from tenants.people.models import Organisation, Person, RoleAssignment
from tenants.people.perms import own_organisations
from tenants.teams.closed import leaders
from tenants.teams.models import Seat, Team

Side = UUID | None  # an institution; None is the Lider
LEAD = "lider"


def code_of(side: Side) -> str:
    """The value that stands for an institution where one is chosen, or for the Lider (None)."""
    return str(side) if side else LEAD


def chosen(code: str, sides: Collection[Side]) -> Side:
    """The side of a code; a fault of the field `of` where it is none of those."""
    for side in sides:
        if code == code_of(side):
            return side
    raise ValidationError({"of": "Wybierz instytucję, za którą możesz tu występować."})


def leading(team: Team, day: date, *, with_helpers: bool = False) -> list[Person]:
    """People who lead a team on a day: by a role of its kind, or as the app of a closed one says.

    With its helpers, all who run its meetings.
    """
    law = team.law
    roles = law.leads | law.helps if with_helpers else law.leads
    held = RoleAssignment.objects.on(day).filter(role__in=roles, organisation=None)
    people = [row.person for row in held.select_related("person").order_by("pk")]
    return list(dict.fromkeys([*people, *leaders(team, day)]))


@fact
def seats_of(person: Person) -> tuple[Seat, ...]:
    """Seats of today that are the person's own, or of institutions the person acts for."""
    mine = Q(person__in=person.entries) | Q(organisation__in=own_organisations(person))
    rows = Seat.objects.on(timezone.localdate()).filter(mine)
    return tuple(rows.only("team", "person", "organisation").order_by("pk"))


def teams_of(person: Person) -> set[UUID]:
    """Teams in which the person sits."""
    return {seat.team_id for seat in seats_of(person) if seat.person_id in person.entries}


def own_sides(person: Person, team: Team, also: Collection[UUID] = ()) -> set[Side]:
    """Sides in whose seats the person sits in a team, and those of some institutions."""
    seats = (seat for seat in seats_of(person) if seat.team_id == team.pk)
    return {
        seat.organisation_id
        for seat in seats
        if seat.person_id in person.entries or seat.organisation_id in also
    }


def sides_among(person: Person, team: Team, institutions: Collection[UUID]) -> set[Side]:
    """Those of the person's institutions that have a seat in a team."""
    if not institutions:
        return set()
    seats = (seat for seat in seats_of(person) if seat.team_id == team.pk)
    return {seat.organisation_id for seat in seats if seat.organisation_id in institutions}


def in_words(sides: Collection[Side], lead_said: str = "Lider") -> list[tuple[str, str]]:
    """Sides to choose from, by their codes; the Lider first."""
    rows = Organisation.objects.filter(pk__in=[one for one in sides if one])
    lead = [(LEAD, lead_said)] if None in sides else []
    return [*lead, *((str(one.pk), one.name) for one in rows.order_by(polish_order("name"), "pk"))]
