"""Whatever changes in a team changes one after another: its row is locked first."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from tenants.teams.models import Team

M = TypeVar("M", bound=Model)


def lock_in_team(rows: "QuerySet[M]", pk: UUID, team: str = "team") -> M:
    """A row, locked after everybody who changes something of its team; `team` is the way to it."""
    of = rows.values_list(f"{team}_id", flat=True).get(pk=pk)
    Team.objects.select_for_update().get(pk=of)
    return rows.select_for_update(of=("self",)).get(pk=pk)
