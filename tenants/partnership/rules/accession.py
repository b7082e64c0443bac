"""Rules of joining: days, what a declaration lacks (REG §1.3–1.5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from kooperacja.ui.polish import pl_date

# The regulation sets no deadline for the decision; it only warns (REG §1.5, a setting).
DECISION_DAYS = 30


def decision_due(received_on: date, days: int = DECISION_DAYS) -> date:
    return received_on + timedelta(days=days)


def annotation(decided_on: date) -> str:
    """What the Lider writes on the declaration (REG §1.5 s.2)."""
    return f"przyjęto do Partnerstwa w dniu {pl_date(decided_on)}"


def declaration_dates_error(
    signed_on: date | None, received_on: date | None, today: date
) -> tuple[str, str] | None:
    """The first field whose date can't be and why; signed ≤ received ≤ today."""
    if signed_on and signed_on > today:
        return "signed_on", "Data podpisania nie może być z przyszłości."
    if received_on and received_on > today:
        return "received_on", "Data wpływu nie może być z przyszłości."
    if signed_on and received_on and received_on < signed_on:
        return "received_on", (
            f"Deklaracja nie mogła wpłynąć przed podpisaniem ({pl_date(signed_on)})."
        )
    return None


def decision_date_error(
    decided_on: date, received_on: date, last_ended_on: date | None, today: date
) -> str:
    """Why an institution can't be accepted as of a day, or ""."""
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


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a declaration needs before the Lider may decide, with its clause."""

    text: str
    clause: str
    is_met: bool


def completeness(
    *,
    has_coordinator: bool,
    has_signatory: bool,
    has_signatory_function: bool,
    accepts_regulation_in_force: bool,
    has_signed_file: bool,
) -> list[Check]:
    return [
        Check("wskazano osobę, która ją podpisuje", "§ 1 ust. 5 regulaminu", has_signatory),
        Check(
            "podano funkcję, z której wynika prawo podpisu",
            "§ 1 ust. 5 regulaminu",
            has_signatory_function,
        ),
        Check(
            "wskazano koordynatora Partnerstwa",
            "§ 1 ust. 3 lit. a regulaminu",
            has_coordinator,
        ),
        Check(
            "zaakceptowano obowiązujący regulamin",
            "§ 1 ust. 5 regulaminu",
            accepts_regulation_in_force,
        ),
        Check("dołączono podpisany dokument", "§ 1 ust. 5 regulaminu", has_signed_file),
    ]
