"""The team of the GGK and its seats follow the group, its coordinators and delegations (POR-C §3)."""

from collections.abc import Iterator
from typing import Any

from gmina.ggk.models import DelegationRequest, Group, GroupCoordinator
from tenants.teams.bringing import bring, days_of, within
from tenants.teams.kinds import GGK
from tenants.teams.models import Seat, Team

GROUP, COORDINATOR, DELEGATION = "ggk", "ggk_coordinator", "delegation"
COORDINATES = "koordynator GGK"


def follow_groups() -> None:
    """Bring the team of each group up to date, and its seats."""
    for group in Group.objects.order_by("from_on", "pk"):
        team = _team(group)
        bring(team.seats.all(), _seats(group, team))


def _team(group: Group) -> Team:
    days = days_of((group.from_on, group.ended_on))
    wanted = Team(kind=GGK, rests_on_kind=GROUP, rests_on=group.pk, **days)
    teams = Team.objects.filter(kind=GGK, rests_on=group.pk)
    return teams.get() if bring(teams, [wanted]) else wanted


def _seats(group: Group, team: Team) -> Iterator[Seat]:
    """Seats of those who coordinate it, and of each whose delegation was accepted."""
    life = group.from_on, group.ended_on
    for row in GroupCoordinator.objects.filter(group=group).order_by("from_on", "pk"):
        yield Seat(
            team=team,
            rests_on_kind=COORDINATOR,
            rests_on=row.pk,
            person_id=row.person_id,
            function=COORDINATES,
            **days_of(within((row.from_on, row.ended_on), life)),
        )
    accepted = DelegationRequest.objects.filter(group=group).exclude(accepted_on=None)
    for delegation in accepted.order_by("accepted_on", "pk"):
        yield _of_delegate(team, delegation, life)


def _of_delegate(team: Team, delegation: DelegationRequest, life: Any) -> Seat:
    begins = delegation.sits_from
    assert begins is not None  # it was accepted
    return Seat(
        team=team,
        rests_on_kind=DELEGATION,
        rests_on=delegation.pk,
        person_id=delegation.person_id,
        organisation_id=delegation.organisation_id,
        function=delegation.what_they_do,
        end_reason=delegation.get_end_reason_display() if delegation.end_reason else "",
        **days_of(within((begins, delegation.first_day_off), life)),
    )
