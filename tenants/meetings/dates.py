"""Polls of dates: which of the proposed ones is agreed (REG §2.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID


class Answer(StrEnum):
    """The answers of somebody asked to one date."""

    YES = "YES"
    IF_NEEDED = "IF_NEEDED"
    NO = "NO"


@dataclass(frozen=True, slots=True)
class Option:
    """A date that was proposed, and the answers by those who gave one."""

    key: UUID
    starts_at: datetime
    answers: Mapping[UUID, Answer]

    @property
    def begins(self) -> datetime:
        """The instant: Python compares two of one zone by what their clocks show."""
        return self.starts_at.astimezone(UTC)

    def of(self, answer: Answer) -> frozenset[UUID]:
        return frozenset(who for who, given in self.answers.items() if given == answer)

    @property
    def suits_nobody(self) -> bool:
        return not self.of(Answer.YES) and not self.of(Answer.IF_NEEDED)

    @property
    def place(self) -> tuple[int, int, datetime, str]:
        """The most yes first, then the most "if need be", then the earliest."""
        yes, if_needed = (len(self.of(one)) for one in (Answer.YES, Answer.IF_NEEDED))
        return -yes, -if_needed, self.begins, str(self.key)


def in_order(options: Iterable[Option]) -> tuple[Option, ...]:
    """The dates from the one that suits best."""
    return tuple(sorted(options, key=lambda one: one.place))


def agreed(options: Iterable[Option], now: datetime) -> Option | None:
    """The date that a poll closed now agrees on: the best one that is still to come.

    A date on which somebody can't come may be agreed, since any composition is valid (REG §2.7);
    one that suits nobody may not.
    """
    to_come = (one for one in in_order(options) if one.begins > now.astimezone(UTC))
    return next((one for one in to_come if not one.suits_nobody), None)
