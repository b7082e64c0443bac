"""The outcome of a decision by the voices of institutions (REG §2.5, §2.7, §2.10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

# An institution; None is the Lider.
Key = UUID | None


class Way(StrEnum):
    """The ways in which a team decides."""

    AGREEMENT = "AGREEMENT"  # a common position of those who meet
    MAJORITY = "MAJORITY"
    CIRCULATION = "CIRCULATION"  # a common position in writing, without a meeting


class Base(StrEnum):
    """The institutions whose voices count, and by whose number they are measured."""

    PRESENT = "PRESENT"  # who came, or in writing who answered: any composition is valid (§2.7)
    ALL = "ALL"  # every institution of the team, where the regulation says so


class Choice(StrEnum):
    """The voices; in an agreement they mean: agrees, objects, abstains."""

    YES = "YES"
    NO = "NO"
    ABSTAIN = "ABSTAIN"


class Result(StrEnum):
    """The results; one is open as long as a voice is waited for that may change it."""

    OPEN = "OPEN"
    PASSED = "PASSED"
    NOT_PASSED = "NOT_PASSED"


@dataclass(frozen=True, slots=True)
class Voice:
    """An institution in one decision, with its voice if it gave one.

    It has one, however many seats it has. Of an excluded institution none counts.
    """

    key: Key
    choice: Choice | None = None
    reason: str = ""
    is_present: bool = True
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision with what the minutes say of it."""

    result: Result
    base: int
    yes: int
    abstained: int
    against: tuple[Voice, ...]  # in an agreement: the objections
    silent: tuple[Key, ...]  # may give a voice and have not


def objection_error(way: Way, choice: Choice, reason: str) -> str:
    """The reason against a voice, or "": who objects to an agreement says why."""
    if choice == Choice.NO and way != Way.MAJORITY and not reason.strip():
        return "Podaj powód sprzeciwu: zapisuje się go obok wspólnego stanowiska."
    return ""


def outcome(
    voices: Iterable[Voice], way: Way, base: Base = Base.PRESENT, *, is_closed: bool = False
) -> Outcome:
    """Count the voices of one decision, closed or as it stands until then.

    Agreement: everyone in the base agrees, abstains or objects. It is reached when nobody objects
    and somebody agrees: a position that nobody holds is not a common one.
    Majority: more than half of the base is for it, so a tie fails; who abstains or says nothing
    is not for it.
    Circulation: an agreement in writing. Silence is no voice, neither for nor against, so the
    base are those who answered, as at a meeting those who came. Where the regulation sets all as
    the base, each must have answered.
    """
    asked = _asked(voices, way, base)
    given = [one for one in asked if one.choice]
    silent = tuple(one.key for one in asked if not one.choice)
    choices = [one.choice for one in given]
    may_be_silent = way == Way.CIRCULATION and base == Base.PRESENT
    yes, against = choices.count(Choice.YES), [one for one in given if one.choice == Choice.NO]
    counted = len(given) if may_be_silent else len(asked)
    if way == Way.MAJORITY:
        result = _by_majority(counted, yes, len(silent), is_closed)
    elif against:
        result = Result.NOT_PASSED
    elif silent and not (may_be_silent and is_closed):
        result = Result.NOT_PASSED if is_closed else Result.OPEN
    else:
        result = Result.PASSED if yes else Result.NOT_PASSED
    abstained = choices.count(Choice.ABSTAIN)
    return Outcome(result, counted, yes, abstained, tuple(against), silent)


def _asked(voices: Iterable[Voice], way: Way, base: Base) -> list[Voice]:
    """The institutions whose voices count, in an order that doesn't hang on who spoke first."""
    every = sorted(voices, key=lambda one: str(one.key))
    if len({one.key for one in every}) < len(every):
        raise ValueError("an institution has one voice")
    everybody = base == Base.ALL or way == Way.CIRCULATION
    return [one for one in every if not one.is_excluded and (everybody or one.is_present)]


def _by_majority(base: int, yes: int, silent: int, is_closed: bool) -> Result:
    if yes * 2 > base:
        return Result.PASSED
    if is_closed or (yes + silent) * 2 <= base:
        return Result.NOT_PASSED
    return Result.OPEN
