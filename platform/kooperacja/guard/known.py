"""Public knowledge: numbers, addresses and names of institutions and of people of the register."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Self, TypeVar

from kooperacja.ui.polish import fold

_EXTENSION = re.compile(r"(?:,| )+(?:wew|w\.).*\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[0-9]{1,4} ?[a-z]?(?: ?/ ?[0-9]{1,4} ?[a-z]?)?", re.IGNORECASE)
_OF_STREETS = {"ul", "ulica", "al", "aleja", "aleje", "os", "osiedle", "pl", "plac"}


def phone_digits(number: str) -> str:
    """The digits of a number without its extension, the country and the trunk's zero."""
    digits = re.sub("[^0-9]", "", _EXTENSION.sub("", number))
    if len(digits) > 9:
        digits = digits.removeprefix("0048") if digits.startswith("0048") else digits
    if len(digits) == 11:
        digits = digits.removeprefix("48")
    return digits[1:] if len(digits) == 10 and digits[0] == "0" else digits


def address_number(text: str) -> str:
    return re.sub(r"\s", "", text).lower()


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The beginnings of the words of a street, which no case changes."""
    plain = [fold(word) for word in words]
    return tuple(word[: max(3, len(word) - 3)] for word in plain if word not in _OF_STREETS)


@dataclass(frozen=True, slots=True)
class Place:
    """A street with the code of its town, if that is known."""

    stems: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Known:
    """All that is public: it passes, else every signature would warn and all would click through."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)  # by number
    codes: frozenset[str] = frozenset()
    people: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)  # by word
    institutions: frozenset[tuple[str, str]] = frozenset()  # neighbours among a name's words

    @classmethod
    def of(
        cls,
        *,
        phones: Iterable[str] = (),
        emails: Iterable[str] = (),
        addresses: Iterable[tuple[str, str]] = (),
        people: Iterable[str] = (),
        institutions: Iterable[str] = (),
    ) -> Self:
        """Gathered from texts as they are kept; an address is street with number, and code."""
        given = list(addresses)
        return cls(
            phones=frozenset(map(phone_digits, phones)) - {""},
            emails=frozenset(one.lower() for one in emails) - {""},
            places=_places(given),
            codes=frozenset(code for _, code in given if code),
            people=_people(people),
            institutions=frozenset(pair for name in institutions for pair in _pairs(name)),
        )

    def with_more(self, other: Self) -> Self:
        """All that either of the two has."""
        return replace(
            self,
            phones=self.phones | other.phones,
            emails=self.emails | other.emails,
            places=_joined(self.places, other.places),
            codes=self.codes | other.codes,
            people=_joined(self.people, other.people),
            institutions=self.institutions | other.institutions,
        )

    def has_place(self, words: Iterable[str], number: str, code: str) -> bool:
        """The street with this very number is public; a flat in the same house is not."""
        wanted = stems(words)
        return any(
            len(place.stems) == len(wanted)
            and all(
                one.startswith(other) or other.startswith(one)
                for one, other in zip(place.stems, wanted, strict=True)
            )
            and (not code or not place.code or code == place.code)
            for place in self.places.get(address_number(number), ())
        )

    def has_person(self, *words: frozenset[str]) -> bool:
        """Somebody of the register bears all of these names, each given in its possible forms."""
        wanted = [frozenset(map(fold, forms)) for forms in words]
        bearers = (names for form in wanted[-1] for names in self.people.get(form, ()))
        return any(all(forms & names for forms in wanted) for names in bearers)

    def has_institution(self, one: str, other: str) -> bool:
        """An institution has these words beside each other in its name."""
        return (fold(one), fold(other)) in self.institutions


T = TypeVar("T")
_ByKey = Mapping[str, tuple[T, ...]]


def _joined(one: _ByKey[T], other: _ByKey[T]) -> _ByKey[T]:
    return {key: one.get(key, ()) + other.get(key, ()) for key in {**one, **other}}


def _pairs(name: str) -> Iterable[tuple[str, str]]:
    words = _WORD.findall(fold(name))
    return pairwise(words)


def _people(names: Iterable[str]) -> Mapping[str, tuple[frozenset[str], ...]]:
    by_word: dict[str, tuple[frozenset[str], ...]] = defaultdict(tuple)
    for name in names:
        words = frozenset(_WORD.findall(fold(name)))
        for word in words:
            by_word[word] += (words,)
    return dict(by_word)


def _places(addresses: Iterable[tuple[str, str]]) -> Mapping[str, tuple[Place, ...]]:
    by_number: dict[str, tuple[Place, ...]] = defaultdict(tuple)
    for street, code in addresses:
        numbers = list(_NUMBER.finditer(street))
        if not numbers:
            continue
        last = numbers[-1]
        words = re.findall(r"[^\W_]+", street[: last.start()])
        by_number[address_number(last[0])] += (Place(stems(words), code),)
    return dict(by_number)
