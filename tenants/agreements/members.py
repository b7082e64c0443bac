"""People who act here for the parties of an agreement, and how far each has come in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from tenants.agreements.models import Party
from tenants.people.invited import standings
from tenants.people.models import Person, RoleAssignment
from tenants.people.perms import SPEAKERS, is_adviser
from tenants.registry.roles import Role
from tenants.registry.standing import Standing
from tenants.teams.models import Seat, Team


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who speaks for a party here."""

    role: RoleAssignment
    standing: Standing

    @property
    def is_for_agreement(self) -> bool:
        """Let in for the party, and not as a kooperant: ended here."""
        return self.role.role == Role.PARTY


def acting_for(parties: Iterable[Party]) -> dict[UUID, list[Acting]]:
    """By party, who speaks for it here today: invited for the agreement, or as a kooperant."""
    parties = list(parties)
    institutions = [party.organisation_id for party in parties if party.organisation_id]
    held = RoleAssignment.objects.on(timezone.localdate()).filter(role__in=SPEAKERS)
    rows = list(
        held.filter(organisation__in=institutions)
        .select_related("person", "organisation")
        .in_order()
    )
    standing, found = standings(rows), defaultdict(list)
    for row in rows:
        found[row.organisation_id].append(Acting(row, standing[row.pk]))
    return {party.pk: found.get(party.organisation_id, []) for party in parties}


def team_shown(person: Person | None, team: Team | None) -> dict[str, Any]:
    """The people of an agreement's team today, for an adviser, to whom its own page is closed."""
    is_advising = is_adviser(person)
    seats = Seat.objects.taken(timezone.localdate()).filter(team=team).in_order()
    return {"is_advising": is_advising, "composition": list(seats) if is_advising and team else []}
