"""Rules of the partnership as pure functions: days, numbers of institutions, what is missing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.exceptions import InvalidChecksum, InvalidFormat, ValidationError
from stdnum.pl import nip as nip_number
from stdnum.pl import regon as regon_number

from kooperacja.ui.polish import pl_date

# The regulation sets no deadline for the decision; it only warns (REG §1.5, a setting).
DECISION_DAYS = 30


def holds_on(day: date, from_on: date, ended_on: date | None) -> bool:
    """Whether what began on one day and ended on another holds on a third.

    It holds on its first day and no longer on the day it ended: a resignation takes effect
    on the day it was received (REG §1.6).
    """
    return from_on <= day and (ended_on is None or day < ended_on)


def decision_due(received_on: date, days: int = DECISION_DAYS) -> date:
    return received_on + timedelta(days=days)


def adoption_dates_error(
    adopted_on: date | None, in_force_from: date | None, today: date
) -> tuple[str, str] | None:
    """The first field whose date can't be and why; adopted ≤ today, adopted ≤ in force."""
    if adopted_on and adopted_on > today:
        return "adopted_on", "Data przyjęcia nie może być z przyszłości."
    if adopted_on and in_force_from and in_force_from < adopted_on:
        return "in_force_from", (
            f"Regulamin nie może obowiązywać przed przyjęciem ({pl_date(adopted_on)})."
        )
    return None


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


# --- Numbers of institutions -----------------------------------------------------------------


def compact(number: str) -> str:
    """The number without the spaces and hyphens people write."""
    return "".join(sign for sign in number if sign not in " -\N{NO-BREAK SPACE}")


def is_postal_code(code: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{2}-[0-9]{3}", code))


def nip_error(number: str) -> str:
    return _error("NIP", number, "10 cyfr", nip_number.validate)


def regon_error(number: str) -> str:
    return _error("REGON", number, "9 albo 14 cyfr", regon_number.validate)


def krs_error(number: str) -> str:
    """KRS has no check digit: ten digits, not all zeros."""
    if not number:
        return ""
    if len(number) != 10 or not number.isascii() or not number.isdigit() or not int(number):
        return f"Numer KRS „{number}” jest nieprawidłowy: powinien mieć 10 cyfr."
    return ""


def _error(name: str, number: str, length: str, validate: Callable[[str], str]) -> str:
    if not number:
        return ""
    try:
        if not number.isascii():  # other scripts have digits too
            raise InvalidFormat
        validate(number)
    except InvalidChecksum:
        return (
            f"Numer {name} „{number}” jest nieprawidłowy: nie zgadza się cyfra kontrolna. "
            "Sprawdź, czy żadna cyfra nie jest przestawiona."
        )
    except ValidationError:
        return f"Numer {name} „{number}” jest nieprawidłowy: powinien mieć {length}."
    return ""


# --- Completeness of a declaration (REG §1.3.a, §1.5) ----------------------------------------


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
    accepts_regulation_in_force: bool,
    has_signed_file: bool,
) -> list[Check]:
    return [
        Check("podpisała ją osoba uprawniona", "§ 1 ust. 5 regulaminu", has_signatory),
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
