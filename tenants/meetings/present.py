"""Whoever was at a meeting themselves, for a seat of their own or as a deputy (REG §2.7, §2.9)."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from tenants.meetings.models.attendance import Attendance, Presence
from tenants.meetings.rules import same
from tenants.people.models import Person, RoleAssignment

_Named = tuple[UUID | None, str]


def people_at(meetings: Collection[UUID]) -> dict[UUID, dict[UUID, Person]]:
    """The people who were at each meeting, by their id.

    A deputy is known by a role for the same institution and an account. For one who is only a
    name whoever has the seat answers: somebody must be able to.
    """
    there = Attendance.objects.filter(meeting__in=meetings, presence=Presence.PRESENT)
    rows = list(there.exclude(seat=None).select_related("meeting__team", "seat__person"))
    known = _known({row.organisation_id for row in rows if row.deputy})
    found: dict[UUID, dict[UUID, Person]] = defaultdict(dict)
    for row in rows:
        deputy = known.get((row.organisation_id, same(row.deputy))) if row.deputy else None
        holder = row.seat.person if row.seat else None
        if person := deputy or holder:
            found[row.meeting_id][person.pk] = person
    return found


def _known(institutions: set[UUID | None]) -> dict[_Named, Person]:
    """People with an account who work for these institutions, by institution and name."""
    if not institutions:
        return {}
    roles = RoleAssignment.objects.filter(ended_on=None).exclude(person__account_id=None)
    held = roles.select_related("person").order_by("-pk")
    return {
        (role.organisation_id, same(role.person.full_name)): role.person
        for role in held
        if role.organisation_id in institutions
    }
