"""Numbers of institutions, and days from which and until which something holds."""

import re
from collections.abc import Callable
from datetime import date

from stdnum.exceptions import InvalidChecksum, InvalidFormat, ValidationError
from stdnum.pl import nip as nip_number
from stdnum.pl import regon as regon_number

from kooperacja.ui.polish import pl_date, quoted


def holds_on(day: date, from_on: date, ended_on: date | None) -> bool:
    """True if what began on one day and ended on another holds on a third.

    It holds on its first day and no longer on the day it ended: a resignation takes effect
    on the day it was received (REG §1.6).
    """
    return from_on <= day and (ended_on is None or day < ended_on)


_FUTURE = "Ten dzień jeszcze nie nadszedł. Wpisz dzisiejszą datę albo wcześniejszą."


def start_error(from_on: date, today: date, not_before: date | None = None) -> str:
    """The reason against this day as the first one; empty where there is none."""
    if from_on > today:
        return _FUTURE
    if not_before is not None and from_on < not_before:
        return f"Ten dzień nie może być wcześniejszy niż {pl_date(not_before)}"
    return ""


def end_error(ended_on: date, from_on: date, today: date) -> str:
    """The reason against this day as the one on which it ended; empty where there is none."""
    if ended_on > today:
        return _FUTURE
    if ended_on < from_on:
        return f"Koniec nie może być przed początkiem ({pl_date(from_on)})."
    return ""


def compact(number: str, name: str = "") -> str:
    """The number without the spaces, hyphens, dots and its own name that people write."""
    digits = re.sub(r"[\s.\-–—/]", "", number)
    return re.sub(rf"^(PL|{name}:?)", "", digits, flags=re.IGNORECASE) if name else digits


def nip_error(number: str) -> str:
    return _error("NIP", number, "10 cyfr", nip_number.validate)


def regon_error(number: str) -> str:
    return _error("REGON", number, "9 albo 14 cyfr", regon_number.validate)


def krs_error(number: str) -> str:
    """KRS has no check digit: ten digits, not all zeros."""
    if not number:
        return ""
    if len(number) != 10 or not number.isascii() or not number.isdigit() or not int(number):
        return f"Numer KRS {quoted(number)} jest nieprawidłowy: powinien mieć 10 cyfr."
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
            f"Numer {name} {quoted(number)} jest nieprawidłowy: nie zgadza się cyfra kontrolna. "
            "Sprawdź, czy żadna cyfra nie jest przestawiona."
        )
    except ValidationError:
        return f"Numer {name} {quoted(number)} jest nieprawidłowy: powinien mieć {length}."
    return ""
