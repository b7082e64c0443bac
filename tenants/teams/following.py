"""The PZK, its seats and its terms follow the partnership by themselves (REG §1.3, §2)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tenants.partnership.models import Membership, Partnership
from tenants.people.models import RoleAssignment
from tenants.registry.roles import Role
from tenants.regulation.models import RegulationVersion
from tenants.teams.bringing import bring, days_of, within
from tenants.teams.kinds import COORDINATES, OF_THE_LEAD, PZK
from tenants.teams.models import Seat, Team, Terms

_COPIED = (
    *("meetings_count", "meetings_period", "place_policy", "place"),
    *("email_is_meeting", "guest_consent", "guest_days"),
    *("minutes_approval", "voices_base"),
)


def follow_partnership() -> None:
    """Bring the PZK of this tenant up to date, its seats and its terms."""
    if team := _pzk():
        bring(team.seats.all(), _seats(team))
        bring(team.terms.all(), _terms(team))


def follow_seats() -> None:
    """Bring the PZK and its seats up to date."""
    if team := _pzk():
        bring(team.seats.all(), _seats(team))


def follow_terms() -> None:
    """Bring the PZK and its terms up to date."""
    if team := _pzk():
        bring(team.terms.all(), _terms(team))


def _pzk() -> Team | None:
    """The PZK as the partnership wants it; there is none before the partnership begins."""
    lives = Partnership.objects.exclude(established_on=None)
    found = lives.values_list("pk", "established_on", "dissolved_on").first()
    if found is None:
        return None
    partnership, begun, dissolved = found
    assert begun is not None  # just chosen so
    days = days_of((begun, dissolved))
    wanted = Team(kind=PZK, rests_on_kind="partnership", rests_on=partnership, **days)
    teams = Team.objects.filter(kind=PZK)
    return teams.get() if bring(teams, [wanted]) else wanted


def _seats(team: Team) -> Iterator[Seat]:
    """The Lider's own and those of its people; of each kooperant its own and its coordinators'."""
    life = team.from_on, team.ended_on
    yield Seat(team=team, rests_on_kind="partnership", rests_on=team.rests_on, **days_of(life))
    for role in RoleAssignment.objects.filter(role__in=[*OF_THE_LEAD], organisation=None):
        yield Seat(
            team=team,
            rests_on_kind="role",
            rests_on=role.pk,
            person_id=role.person_id,
            function=OF_THE_LEAD[Role(role.role)],
            **days_of(within((role.from_on, role.ended_on), life)),
        )
    for member in Membership.objects.prefetch_related("coordinators"):
        yield from _of_member(team, member)


def _of_member(team: Team, member: Membership) -> Iterator[Seat]:
    stay = within((member.from_on, member.ended_on), (team.from_on, team.ended_on))
    why = member.get_end_cause_display()
    common: dict[str, Any] = {"team": team, "organisation_id": member.organisation_id}
    yield Seat(
        rests_on_kind="membership",
        rests_on=member.pk,
        end_reason=why,
        **common,
        **days_of(stay),
    )
    for row in member.coordinators.all():
        days = within((row.from_on, row.ended_on), stay)
        yield Seat(
            rests_on_kind="coordinator",
            rests_on=row.pk,
            person_id=row.person_id,
            function=COORDINATES,
            end_reason=why if days[1] == stay[1] else "",
            **common,
            **days_of(days),
        )


def _terms(team: Team) -> Iterator[Terms]:
    """The words of each adopted regulation, until the next one was in force."""
    adopted = RegulationVersion.objects.exclude(number=None).order_by("number")
    versions = list(adopted.only("number", "in_force_from", *_COPIED))
    for version, later in pairwise([*versions, None]):
        assert version is not None
        assert version.in_force_from is not None  # an adopted version has it
        days = version.in_force_from, later.in_force_from if later else None
        held = within(days, (team.from_on, team.ended_on))
        said = {name: getattr(version, name) for name in _COPIED}
        yield Terms(team=team, rests_on=version.pk, **said, **days_of(held))
