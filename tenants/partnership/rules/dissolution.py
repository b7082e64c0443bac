"""Whether a majority of kooperanci resigned, so that the Lider may dissolve (REG §1.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from tenants.partnership.rules.dates import holds_on

FIRST_RESIGNATION, EVER_JOINED = "FIRST_RESIGNATION", "EVER_JOINED"


@dataclass(frozen=True, slots=True)
class Stay:
    """One membership of a kooperant and the day its resignation was received, if it was."""

    organisation_id: UUID
    from_on: date
    ended_on: date | None = None
    resigned_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """A member of that day; whoever resigned on it was one when it began."""
        return holds_on(day, self.from_on, self.ended_on) or self.resigned_on == day


@dataclass(frozen=True, slots=True)
class ResignationTally:
    """How many of how many resigned, counted from a day (None: of all who ever joined)."""

    day: date | None
    base: frozenset[UUID]
    counted: frozenset[UUID]

    @property
    def is_majority(self) -> bool:
        """More than half; exactly half is not enough."""
        return len(self.counted) * 2 > len(self.base)

    @property
    def needed(self) -> int:
        """The smallest number that is a majority."""
        return len(self.base) // 2 + 1

    @property
    def missing(self) -> int:
        return max(self.needed - len(self.counted), 0)


def tallies(stays: Iterable[Stay], majority_base: str) -> list[ResignationTally]:
    """One count for each day on which a resignation was received, or one of all who joined."""
    known = list(stays)
    gone = _gone(known)
    if majority_base == EVER_JOINED:
        everybody = frozenset(stay.organisation_id for stay in known)
        return [ResignationTally(None, everybody, frozenset(gone))] if everybody else []
    return [_from(day, known, gone) for day in sorted(set(gone.values()))]


def best(stays: Iterable[Stay], majority_base: str) -> ResignationTally | None:
    """The count closest to a majority or furthest above it; the earliest of equals."""
    found = tallies(stays, majority_base)
    return max(found, key=_share, default=None)


def _share(tally: ResignationTally) -> Fraction:
    return Fraction(len(tally.counted), len(tally.base))


def _gone(stays: list[Stay]) -> dict[UUID, date]:
    """Who resigned and has not joined again, and when the resignation was received."""
    last: dict[UUID, Stay] = {}
    for stay in sorted(stays, key=lambda one: (one.from_on, one.ended_on or date.max)):
        last[stay.organisation_id] = stay
    return {key: stay.resigned_on for key, stay in last.items() if stay.resigned_on}


def _from(day: date, stays: list[Stay], gone: dict[UUID, date]) -> ResignationTally:
    base = frozenset(stay.organisation_id for stay in stays if stay.counts_on(day))
    return ResignationTally(
        day, base, frozenset(key for key in base if key in gone and gone[key] >= day)
    )
