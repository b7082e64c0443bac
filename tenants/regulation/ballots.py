"""The ballots of a vote on the regulation, with what was written on them (REG §9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kooperacja.documents.sigreport import Claim, Report, along, report_of
from kooperacja.ui.polish import sort_key
from tenants.partnership.models import Membership
from tenants.regulation import rules
from tenants.regulation.models import RegulationBallot, RegulationVersion, RegulationVote


@dataclass(frozen=True, slots=True)
class Seat:
    """A ballot, its vote if there is one, and whether it still may be cast on the day."""

    ballot: RegulationBallot
    vote: RegulationVote | None
    may_vote: bool

    @property
    def voice(self) -> rules.Voice:
        choice = self.vote.choice if self.vote else ""
        return rules.Voice(self.ballot.organisation_id is None, choice, self.may_vote)


def seats(version: RegulationVersion, day: date) -> list[Seat]:
    """Every ballot of the version, the Lider's first; two queries."""
    ballots = version.ballots.select_related("vote__person", *along("vote__file"))
    in_order = sorted(
        ballots, key=lambda ballot: (ballot.organisation_id is not None, sort_key(ballot.name))
    )
    is_time = version.voting_until is not None and day <= version.voting_until
    # The Lider's own ballot leans on no membership.
    may_vote = {None, *entitled(version, day)} if is_time else set()
    return [
        Seat(ballot, getattr(ballot, "vote", None), ballot.organisation_id in may_vote)
        for ballot in in_order
    ]


def signed(seats: Iterable[Seat]) -> list[tuple[str, Report]]:
    """The reports on votes that were signed electronically, each with whose it is."""
    return [
        (seat.ballot.name, report)
        for seat in seats
        if seat.vote and (report := report_of(seat.vote.file, Claim(day=seat.vote.cast_on)))
    ]


def entitled(version: RegulationVersion, day: date) -> set[UUID]:
    """Institutions that were members when the voting began and have been ever since."""
    members = Membership.objects.on(day).filter(from_on__lte=version.voting_from)
    return set(members.values_list("organisation_id", flat=True))


def count(version: RegulationVersion, day: date) -> rules.Tally:
    return rules.tally(seat.voice for seat in seats(version, day))
