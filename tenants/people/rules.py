"""Numbers of institutions, what is known twice, and days between which something holds."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import NamedTuple

from stdnum.exceptions import InvalidChecksum, InvalidFormat, ValidationError
from stdnum.pl import nip as nip_number
from stdnum.pl import regon as regon_number

from kooperacja.ui.polish import fold, pl_date, quoted

NO_BASIS = "Podaj, na jakiej podstawie ta osoba reprezentuje Lidera."


def holds_on(day: date, from_on: date, ended_on: date | None) -> bool:
    """True if what began on one day and ended on another holds on a third.

    It holds on its first day and no longer on the day it ended: a resignation takes effect
    on the day it was received (REG §1.6).
    """
    return from_on <= day and (ended_on is None or day < ended_on)


UNDO_DAYS = 30  # in which two entries that were made one can be made two again


def last_day_to_undo(merged_on: date) -> date:
    return merged_on + timedelta(days=UNDO_DAYS)


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


# --- The same institution or person, known twice ---------------------------------------------

# They say what kind of body it is, or join words; nobody tells one institution from another by them.
_EMPTY_WORDS = {
    *("akcyjna", "cywilna", "jawna", "komandytowa", "oo", "sa", "sc", "sp", "spolka"),
    *("odpowiedzialnoscia", "ograniczona", "im", "imienia", "nr", "numer"),
    *("dla", "i", "na", "o", "oraz", "przy", "sw", "swietego", "swietej", "w", "we", "z", "ze"),
}
_ALIKE = 0.9  # of names with a letter or two wrong


class Described(NamedTuple):
    """An institution as somebody describes it."""

    name: str
    city: str
    nip: str = ""
    regon: str = ""
    krs: str = ""


def why_alike(one: Described, other: Described) -> str:
    """The reason to think that two descriptions are of one institution; empty where there is none."""
    if one.regon and other.regon and one.regon != other.regon:
        return ""  # units of one gmina share its NIP and its place, never a REGON
    if one.regon and one.regon == other.regon:
        return "ten sam numer REGON"
    if one.krs and one.krs == other.krs:
        return "ten sam numer KRS"
    if one.nip and one.nip == other.nip:
        return "ten sam NIP"
    if words_of(one.city) == words_of(other.city) and is_like(one.name, other.name):
        return "podobna nazwa, ta sama miejscowość"
    return ""


def words_of(text: str) -> tuple[str, ...]:
    """The words that tell, in order of the alphabet: without diacritics, stops and legal forms."""
    words = re.findall(r"\w+", re.sub(r"\b(\w)\.(?=\s?\w\.)\s?", r"\1", fold(text)))
    return tuple(sorted(set(words) - _EMPTY_WORDS))


def is_like(one: str, other: str) -> bool:
    """Two names may be of one institution: the same words, some more, or a letter wrong."""
    words, others = words_of(one), words_of(other)
    if not words or not others or _numbers(words) != _numbers(others):
        return False
    fewer, more = sorted((set(words), set(others)), key=len)
    if fewer == more or (len(fewer) > 1 and fewer < more):
        return True
    return SequenceMatcher(None, " ".join(words), " ".join(others)).ratio() >= _ALIKE


def _numbers(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if any(letter.isdigit() for letter in word)]


SAME_ADDRESS = "ten sam adres e-mail"


class Named(NamedTuple):
    """A person as somebody names them."""

    full_name: str
    email: str


def why_same_person(one: Named, other: Named) -> str:
    """The reason to think that two names are of one person; empty where there is none.

    None either where nobody needs to be asked: the same name, and no other address.
    """
    name, address = fold(one.full_name), one.email.lower()
    other_name, other_address = fold(other.full_name), other.email.lower()
    is_other_address = bool(address and other_address and address != other_address)
    if name == other_name and not is_other_address:
        return ""
    if is_like(name, other_name):
        return "podobne imię i nazwisko"
    return SAME_ADDRESS if address and address == other_address else ""
