"""Rules of the day of a signature and of the basis on which somebody signs (POR signatures)."""

from dataclasses import dataclass
from datetime import date

from kooperacja.ui.polish import pl_date

OFFICE, POWER, RESOLUTION = "OFFICE", "POWER", "RESOLUTION"
_DAY = {
    POWER: "Podaj dzień, w którym udzielono pełnomocnictwa.",
    RESOLUTION: "Podaj dzień, w którym podjęto uchwałę.",
}
_FILE = {POWER: "Dołącz pełnomocnictwo w PDF.", RESOLUTION: "Dołącz uchwałę w PDF."}


@dataclass(frozen=True, slots=True)
class Basis:
    """The basis of a signature: its kind, number and days, and if its paper is there."""

    kind: str
    number: str
    on: date | None
    until: date | None
    has_file: bool


def wrong_day(signed_on: date, sent_on: date, sign_by: date | None, today: date, begun: str) -> str:
    """The words for a day on which the party can't have signed, or ""; `begun` says of its first day."""
    if signed_on > today:
        return "Data podpisu nie może być z przyszłości."
    if signed_on < sent_on:
        return f"{begun} dopiero {pl_date(sent_on)}"
    if sign_by is not None and signed_on > sign_by:
        return f"Ostatnim dniem na podpisy był {pl_date(sign_by)}"
    return ""


def wrong_basis(basis: Basis, signed_on: date) -> dict[str, str]:
    """The words for all that is wrong with a basis, by the field; it must cover the day of the signature."""
    found = {}
    if basis.kind == RESOLUTION and not basis.number:
        found["basis_number"] = "Podaj numer uchwały."
    if basis.on is None and basis.kind in _DAY:
        found["basis_on"] = _DAY[basis.kind]
    elif basis.on is not None and basis.on > signed_on:
        found["basis_on"] = f"W dniu podpisu ({pl_date(signed_on)}) tej podstawy jeszcze nie było."
    if basis.until is not None and basis.until < signed_on:
        found["basis_until"] = (
            f"W dniu podpisu ({pl_date(signed_on)}) ta podstawa nie była już ważna."
        )
    if not basis.has_file and basis.kind in _FILE:
        found["basis_file"] = _FILE[basis.kind]
    return found
