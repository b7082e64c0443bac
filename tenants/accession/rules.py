"""Rules of joining, resigning and dissolving (REG §1.3–1.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from kooperacja.ui.parts import Check
from kooperacja.ui.polish import pl_date
from tenants.people.rules import holds_on
from tenants.regulation.rules import DECISION_DAYS

REMIND_AFTER = timedelta(days=14)  # without a step, a declaration is long in coming
MOST_ANNEXES = 10  # files beside the signed declaration


def decision_due(received_on: date, days: int = DECISION_DAYS) -> date:
    return received_on + timedelta(days=days)


def annotation(decided_on: date) -> str:
    """The words that the Lider writes on the declaration (REG §1.5 s.2)."""
    return f"przyjęto do Partnerstwa w dniu {pl_date(decided_on)}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The version of the regulation that a declaration accepts, and its days (REG §1.5, §9)."""

    number: int
    adopted_on: date
    from_on: date
    replaced_on: date | None = None  # the next version is in force from that day

    def in_force_error(self, day: date) -> str:
        """The reason why it is not in force on a day, or ""."""
        if day < self.from_on:
            return f"Wersja {self.number} regulaminu obowiązuje dopiero od {pl_date(self.from_on)}"
        if self.replaced_on and day >= self.replaced_on:
            return (
                f"Wersja {self.number} regulaminu, którą akceptuje deklaracja, obowiązywała do "
                f"{pl_date(self.replaced_on - timedelta(days=1))}"
            )
        return ""

    def signed_error(self, signed_on: date | None) -> str:
        """The reason against a day as that of a signature under its acceptance, or "".

        What is adopted may be accepted before it is in force; what isn't yet does not exist.
        """
        if signed_on and signed_on < self.adopted_on:
            return (
                f"Deklaracja akceptuje wersję {self.number} regulaminu, którą przyjęto dopiero "
                f"{pl_date(self.adopted_on)}"
            )
        return ""


@dataclass(frozen=True, slots=True)
class Declared:
    """All days that bind the day of a decision: version adopted ≤ signed ≤ received ≤ decided."""

    accepted: Accepted
    signed_on: date
    received_on: date
    last_ended_on: date | None = None  # the end of an earlier membership

    def decision_error(self, decided_on: date, today: date) -> str:
        """The reason against a day as that of the acceptance, or ""."""
        wrong = decision_date_error(decided_on, self.received_on, self.last_ended_on, today)
        return wrong or self.acceptance_error(decided_on)

    def acceptance_error(self, day: date) -> str:
        """The reason why the declaration does not accept the regulation of a day, or ""."""
        return self.accepted.signed_error(self.signed_on) or self.accepted.in_force_error(day)

    def last_day(self, today: date) -> date | None:
        """The last day that the decision can have; none if the declaration must go back."""
        replaced_on = self.accepted.replaced_on
        day = min(today, replaced_on - timedelta(days=1)) if replaced_on else today
        return None if self.decision_error(day, today) else day


def declaration_dates_error(
    signed_on: date | None, received_on: date | None, accepted: Accepted, today: date
) -> tuple[str, str] | None:
    """The first field whose date can't be and why; version adopted ≤ signed ≤ received ≤ today."""
    if wrong := _received_error("Deklaracja", signed_on, received_on, today):
        return wrong
    wrong_day = accepted.signed_error(signed_on)
    return ("signed_on", wrong_day) if wrong_day else None


def _received_error(
    paper: str, signed_on: date | None, received_on: date | None, today: date
) -> tuple[str, str] | None:
    if signed_on and signed_on > today:
        return "signed_on", "Data podpisania nie może być z przyszłości."
    if received_on and received_on > today:
        return "received_on", "Data wpływu nie może być z przyszłości."
    if signed_on and received_on and received_on < signed_on:
        return "received_on", (
            f"{paper} nie mogła wpłynąć przed podpisaniem ({pl_date(signed_on)})."
        )
    return None


def decision_date_error(
    decided_on: date, received_on: date, last_ended_on: date | None, today: date
) -> str:
    """The reason against a day as that of the acceptance, or ""."""
    if decided_on > today:
        return "Data decyzji nie może być z przyszłości."
    if decided_on < received_on:
        return f"Decyzja nie może być wcześniejsza niż wpływ deklaracji ({pl_date(received_on)})."
    if last_ended_on and decided_on < last_ended_on:
        return (
            "Instytucja była już członkiem Partnerstwa; poprzednie członkostwo ustało dopiero "
            f"{pl_date(last_ended_on)}"
        )
    return ""


def completeness(
    *,
    has_coordinator: bool,
    has_signatory: bool,
    has_signatory_function: bool,
    accepts_regulation_in_force: bool,
    has_signed_file: bool,
    in_force: int | None = None,
) -> list[Check]:
    """All that filing asks for; `in_force` is the number of the version to be accepted."""
    clause, coordinators = "§ 1 ust. 5 regulaminu", "§ 1 ust. 3 lit. a regulaminu"
    function = "funkcja osoby podpisującej, z której wynika prawo podpisu"
    regulation = "akceptacja obowiązującego regulaminu"
    if in_force is not None:
        regulation += f" (wersja {in_force})"
    return [
        Check("osoba, która podpisuje deklarację", clause, has_signatory),
        Check(function, clause, has_signatory_function),
        Check("koordynator Partnerstwa", coordinators, has_coordinator),
        Check(regulation, clause, accepts_regulation_in_force),
        Check("podpisany dokument", clause, has_signed_file),
    ]


def resignation_dates_error(
    signed_on: date | None, received_on: date | None, joined_on: date, today: date
) -> tuple[str, str] | None:
    """The first field whose date can't be and why; joined ≤ received, signed ≤ received ≤ today."""
    if wrong := _received_error("Rezygnacja", signed_on, received_on, today):
        return wrong
    if received_on and received_on < joined_on:
        return "received_on", (
            f"Rezygnacja nie mogła wpłynąć przed przystąpieniem ({pl_date(joined_on)})."
        )
    return None


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
    """A count of resignations from a day (None: among all who ever joined)."""

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
    if majority_base == "EVER_JOINED":
        everybody = frozenset(stay.organisation_id for stay in known)
        return [ResignationTally(None, everybody, frozenset(gone))] if everybody else []
    return [_from(day, known, gone) for day in sorted(set(gone.values()))]


def best(stays: Iterable[Stay], majority_base: str) -> ResignationTally | None:
    """The count closest to a majority or furthest above it; the earliest of equals."""
    return max(tallies(stays, majority_base), key=_share, default=None)


def _share(tally: ResignationTally) -> Fraction:
    return Fraction(len(tally.counted), len(tally.base))


def _gone(stays: list[Stay]) -> dict[UUID, date]:
    """Institutions that resigned and have not joined again, with the day of the resignation."""
    by_age = sorted(stays, key=lambda stay: (stay.from_on, stay.ended_on or date.max))
    last = {stay.organisation_id: stay for stay in by_age}
    return {key: stay.resigned_on for key, stay in last.items() if stay.resigned_on}


def _from(day: date, stays: list[Stay], gone: dict[UUID, date]) -> ResignationTally:
    base = frozenset(stay.organisation_id for stay in stays if stay.counts_on(day))
    return ResignationTally(
        day, base, frozenset(key for key in base if key in gone and gone[key] >= day)
    )
