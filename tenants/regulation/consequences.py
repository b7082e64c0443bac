"""The votes of a member who leaves: given and not given (REG §9)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.writes import found_or_new
from tenants.partnership.consequences import Act, Consequence
from tenants.partnership.models import EndCause, Membership
from tenants.people.merged import stood_for_by
from tenants.people.models import Organisation
from tenants.regulation import ballots, rules
from tenants.regulation.models import (
    RecountRuling,
    RegulationBallot,
    RegulationRecount,
    RegulationVersion,
    RegulationVote,
    VoteMode,
)
from tenants.regulation.workflow import RegulationState

_CLOSED = frozenset({RegulationState.ADOPTED, RegulationState.REJECTED})


def _unvoted(membership: Membership, day: date) -> list[str]:
    unvoted = RegulationBallot.objects.filter(
        organisation=membership.organisation_id,
        regulation__state=RegulationState.VOTING,
        vote=None,
    )
    return [f"{ballot.regulation}: głosu nie oddano" for ballot in unvoted]


def _leave_ballot(by: Actor, membership: Membership, day: date) -> None:
    """Nothing to write: the ballot stays in the count, and nobody is left who could cast it."""


BALLOT = Consequence(
    "Nieoddany głos nad zmianą regulaminu", "§ 9 regulaminu", _unvoted, _leave_ballot, order=70
)


def _given(membership: Membership, day: date) -> list[str]:
    votes = ballots.votes_from(membership.organisation_id, day)
    return [f"{ballots.named(vote)}: nieważny" for vote in votes]


def _recount(by: Actor, membership: Membership, day: date) -> None:
    """Count anew what an ended membership touches; may be repeated."""
    if membership.end_cause == EndCause.DISSOLUTION:
        return  # nothing is voted on any more
    voters = stood_for_by(Organisation, membership.organisation_id)
    own = RegulationBallot.objects.filter(organisation__in=voters).values("regulation")
    versions = RegulationVersion.objects.filter(pk__in=own, voting_from__gte=membership.from_on)
    # A voting that is being closed meanwhile is waited for.
    for version in versions.order_by("voting_from", "pk").select_for_update(of=("self",)):
        _count_anew(by, version, membership, voters)


def _count_anew(
    by: Actor, version: RegulationVersion, membership: Membership, voters: Collection[UUID]
) -> None:
    seats = ballots.seats(version, date.max)
    seat = next(seat for seat in seats if seat.ballot.organisation_id in voters)
    if seat.is_counted and not seat.is_void:
        return
    count = ballots.count_of(version, seats, date.max)
    values = {
        "void_from": seat.left_on,
        "yes": count.yes,
        "ballots": count.ballots,
        "is_overturned": _is_overturned(version, count),
    }
    row, is_new = found_or_new(
        RegulationRecount, regulation=version, membership=membership, defaults=values
    )
    if is_new:
        data = {name: [None, str(value)] for name, value in values.items()}
        organisation = {"organisation": [None, str(membership.organisation_id)]}
        record(by=by, verb="VOTES_RECOUNTED", obj=row, data=data | organisation)


def _is_overturned(version: RegulationVersion, count: rules.Tally) -> bool:
    """The result that was declared is another one now, and no voting has replaced it."""
    if version.state not in _CLOSED or _is_repeated(version):
        return False
    return count.is_passed != (version.state == RegulationState.ADOPTED)


def _is_repeated(version: RegulationVersion) -> bool:
    repeats = RegulationVersion.objects.filter(
        pk__in=RecountRuling.objects.filter(recount__regulation=version).values("repeat")
    )
    return repeats.filter(state__in=[RegulationState.VOTING, RegulationState.ADOPTED]).exists()


VOTES = Consequence(
    "Głosy nad zmianą regulaminu z dnia, w którym ustaje członkostwo, albo późniejsze",
    "§ 9 regulaminu",
    _given,
    _recount,
    order=71,
)


def _cast_by(person_id: UUID, organisation_id: UUID, day: date) -> list[str]:
    of_it = stood_for_by(Organisation, organisation_id)
    votes = RegulationVote.objects.filter(
        person=person_id, mode=VoteMode.HERE, ballot__organisation__in=of_it, cast_on__gte=day
    )
    rows = votes.select_related("ballot__regulation").order_by("cast_on", "pk")
    return [ballots.named(vote) for vote in rows]


CAST = Act(_cast_by, order=10)
