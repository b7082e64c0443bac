"""The ballots of a vote on the regulation, with what was written on them (REG §9)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from kooperacja.documents.sigreport import Claim, Report, along, report_of
from kooperacja.ui.polish import pl_date, quoted, sort_key
from tenants.partnership.models import EndCause, Membership
from tenants.people.merged import staying_for, stood_for_by
from tenants.people.models import Organisation
from tenants.regulation import rules
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote
from tenants.regulation.workflow import RegulationState


@dataclass(frozen=True, slots=True)
class Seat:
    """A ballot and its vote, the day since which its member is none, and how it counts."""

    ballot: RegulationBallot
    vote: RegulationVote | None
    left_on: date | None = None
    may_vote: bool = False
    is_counted: bool = True

    @property
    def paper(self) -> rules.Ballot:
        choice, cast_on = (self.vote.choice, self.vote.cast_on) if self.vote else ("", None)
        return rules.Ballot(self.ballot.organisation_id is None, choice, cast_on, self.left_on)

    @property
    def is_void(self) -> bool:
        return self.paper.is_void


def seats(version: RegulationVersion, day: date) -> list[Seat]:
    """Every ballot of the version, the Lider's first; two queries."""
    if version.voting_from is None or version.voting_until is None:
        return []
    ballots = version.ballots.select_related("vote__person", *along("vote__file"))
    in_order = sorted(
        ballots, key=lambda ballot: (ballot.organisation_id is not None, sort_key(ballot.name))
    )
    left = _left(version.voting_from, [ballot.organisation_id for ballot in in_order])
    found = (
        # The Lider's own ballot leans on no membership.
        Seat(ballot, getattr(ballot, "vote", None), left.get(ballot.organisation_id))
        for ballot in in_order
    )
    return [
        replace(
            seat,
            may_vote=seat.paper.may_be_cast(day, version.voting_until),
            is_counted=seat.paper.counts(version.voting_from),
        )
        for seat in found
    ]


def _left(opened_on: date, of: Iterable[UUID | None]) -> dict[UUID | None, date | None]:
    """Institution → the first day since the opening on which it was no member, if there is one."""
    voters = [key for key in of if key]
    stays = _stays(voters)
    # A ballot stays as it was written; the memberships are those of the entry that stays.
    if merged := [key for key in voters if key not in stays]:
        now = staying_for(Organisation, merged)
        moved = _stays(now.values())
        stays |= {key: moved.get(now[key], []) for key in merged}
    return {key: rules.left_on(stays[key], opened_on) for key in voters}


def _stays(of: Iterable[UUID]) -> dict[UUID, list[rules.Stay]]:
    """The memberships of each institution that has one."""
    stays: dict[UUID, list[rules.Stay]] = {}
    for member in Membership.objects.filter(organisation__in=[*of]).order_by("from_on", "pk"):
        stays.setdefault(member.organisation_id, []).append(_stay(member))
    return stays


def _stay(member: Membership) -> rules.Stay:
    """Whoever is dissolved with the others was a member for the whole of that day."""
    ended_on = member.ended_on
    if ended_on is not None and member.end_cause == EndCause.DISSOLUTION:
        ended_on += timedelta(days=1)
    return rules.Stay(member.from_on, ended_on)


def signed(seats: Iterable[Seat]) -> list[tuple[str, Report]]:
    """The reports on votes that were signed electronically, each with whose it is."""
    return [
        (seat.ballot.name, report)
        for seat in seats
        if seat.vote and (report := report_of(seat.vote.file, Claim(day=seat.vote.cast_on)))
    ]


def left_on(version: RegulationVersion, organisation_id: UUID) -> date | None:
    """The first day since the voting began on which the institution was no member."""
    assert version.voting_from is not None  # a version that is voted on has it
    return _left(version.voting_from, [organisation_id])[organisation_id]


def count(version: RegulationVersion, day: date) -> rules.Tally:
    return count_of(version, seats(version, day), day)


def count_of(version: RegulationVersion, seats: Iterable[Seat], day: date) -> rules.Tally:
    """The count of a version that is or was voted on."""
    assert version.voting_from is not None
    assert version.voting_until is not None
    papers = (seat.paper for seat in seats)
    return rules.recount(papers, version.voting_from, version.voting_until, day)


def last_vote_on(version: RegulationVersion) -> date:
    """The day of the last vote that is good, or of the opening."""
    assert version.voting_from is not None  # a version that is voted on has it
    every = seats(version, date.max)
    days = (seat.vote.cast_on for seat in every if seat.vote and not seat.is_void)
    return max(days, default=version.voting_from)


def votes_from(organisation_id: UUID, day: date) -> list[RegulationVote]:
    """Votes of an institution that are void if its membership, still open, ends on the day."""
    open_ones = Membership.objects.filter(organisation=organisation_id, ended_on=None)
    votes = RegulationVote.objects.filter(
        Exists(open_ones.filter(from_on__lte=OuterRef("cast_on"))),
        ballot__organisation__in=stood_for_by(Organisation, organisation_id),
        cast_on__gte=day,
    )
    return list(votes.select_related("ballot__regulation").order_by("cast_on", "pk"))


def closed_without(day: date) -> RegulationVersion | None:
    """A voting opened after the day and closed, so that a member of that day had no ballot in it."""
    closed = (RegulationState.ADOPTED, RegulationState.REJECTED)
    later = RegulationVersion.objects.filter(voting_from__gt=day, state__in=closed)
    return later.order_by("voting_from", "pk").first()


def named(vote: RegulationVote) -> str:
    """A vote in the words of whoever is asked about it."""
    voted_on = vote.ballot.regulation
    version = (
        f"wersja {voted_on.number}"
        if voted_on.number
        else f"zmiana, głosowanie od {pl_date(voted_on.voting_from)}"
    )
    return (
        f"regulamin ({version}): głos {quoted(vote.get_choice_display())} z {pl_date(vote.cast_on)}"
    )
