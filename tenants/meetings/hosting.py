"""The turns of partners at hosting, where the place of meetings rotates (REG §2.4; POR-B §2.2)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kooperacja.ui.polish import sort_key
from tenants.people.rules import holds_on

# An institution; None is the Lider, who is a partner like any other.
Key = UUID | None


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner from a day until, not including, another; one who comes back is a second one."""

    key: Key
    name: str
    joined_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hosting:
    """A meeting that a partner hosted, or that is convened at its seat."""

    key: Key
    day: date


@dataclass(frozen=True, slots=True)
class Skip:
    """The reason why a partner does not host the meeting that is being convened."""

    key: Key
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The partner whose turn it is, those skipped before it, and those who come after it."""

    host: Partner | None  # nobody where every partner is skipped
    skipped: tuple[Skip, ...]
    then: tuple[Partner, ...]


def propose(
    partners: Sequence[Partner], past: Iterable[Hosting], day: date, skips: Iterable[Skip] = ()
) -> Proposal:
    """Propose the host of a meeting: in each round every partner hosts once.

    They take turns by the day on which they joined, then by name, so that whoever joins in a
    round comes at its end. A skip is of this one meeting and keeps the turn: whoever did not
    host still waits, and is the next one proposed.
    """
    turns = _turns(partners, past, day)
    present = _present(partners, day)
    queue = sorted(present, key=lambda one: turns[one.key])  # stable: equal ones stay in order
    why = {skip.key: skip for skip in skips}
    host = next((one for one in queue if one.key not in why), None)
    before = queue[: queue.index(host)] if host else queue
    return Proposal(
        host=host,
        skipped=tuple(why[one.key] for one in before),
        then=tuple(one for one in queue if one != host),
    )


def _present(partners: Sequence[Partner], day: date) -> list[Partner]:
    """The partners of a day in the order of their turns."""
    present = [one for one in partners if holds_on(day, one.joined_on, one.left_on)]
    return sorted(present, key=lambda one: (one.joined_on, sort_key(one.name), str(one.key)))


def _turns(partners: Sequence[Partner], past: Iterable[Hosting], day: date) -> Counter[Key]:
    """How many times each hosted in the round of a day; two where it has hosted ahead.

    A round ends once everybody present has hosted, so also when the last one who had not leaves.
    """
    hosted = [*past]
    ends = {one.left_on for one in partners if one.left_on}
    days = {one.joined_on for one in partners} | {one.day for one in hosted} | ends
    turns: Counter[Key] = Counter()
    for now in sorted(days):
        present = [one.key for one in _present(partners, min(now, day))]
        turns.update(one.key for one in hosted if one.day == now)
        turns = _round_of(turns, present)
    return turns


def _round_of(turns: Counter[Key], present: Sequence[Key]) -> Counter[Key]:
    """The same in the next round, if this one is over; of all hosted ahead one time stays."""
    while present and all(turns[key] for key in present):
        turns = Counter({key: min(count - 1, 1) for key, count in turns.items()})
    return turns
