"""The cells of a row, read as a form takes them; the reason where that can't be (REG §3.3)."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kooperacja.ui.polish import fold, quoted
from tenants.baskets.columns import OWNER, heading_of
from tenants.services.vocabulary import Vocabulary, vocabulary

_SPOILT = re.compile(r"^\d+([.,]\d+)?E\+\d+$", re.IGNORECASE)
_NUMBERS = ("regon", "nip", "krs", OWNER)
_YES_NO = {"tak": True, "t": True, "1": True, "true": True} | dict.fromkeys(
    ("nie", "n", "0", "false"), False
)


class Wrong(Exception):
    """The reason why a row can't be taken."""


def filled(cells: Mapping[str, Any]) -> dict[str, Any]:
    """An empty cell changes nothing."""
    return {field: value for field, value in cells.items() if value not in ("", [])}


def require_plain(kind: str, cells: Mapping[str, str]) -> None:
    """Refuse a formula, and a number that a spreadsheet has spoilt."""
    for field, text in cells.items():
        heading = quoted(heading_of(kind, field))
        if text.startswith("="):
            raise Wrong(f"W kolumnie {heading} jest formuła. Wklej tam samą wartość.")
        if field in _NUMBERS and _SPOILT.match(text):
            raise Wrong(
                f"W kolumnie {heading} arkusz zamienił numer na {text}. Ustaw dla kolumny format "
                "„Tekst”, wpisz numer jeszcze raz i wczytaj plik ponownie."
            )


def is_yes(text: str, heading: str) -> bool:
    """Neither is guessed: an address that was meant to be protected would be told to all."""
    if (known := _YES_NO.get(fold(text))) is None:
        raise Wrong(f"{heading.capitalize()}: nie znamy {quoted(text)}. Wpisz: tak albo nie.")
    return known


@lru_cache(maxsize=1000)
def code_of(choices: Any, text: str, heading: str) -> str:
    """The code of a choice by its label or by itself."""
    wanted = fold(text)
    for code, label in choices.choices:
        if wanted in (fold(str(label)), fold(str(code))):
            return str(code)
    known = ", ".join(str(label) for _, label in choices.choices)
    raise Wrong(f"{heading.capitalize()}: nie znamy {quoted(text)}. Może być: {known}.")


def type_of(text: str) -> str:
    """The code of a type of service by any of its names."""
    if code := _types(vocabulary()).get(fold(text)):
        return code
    raise Wrong(f"Rodzaj: nie znamy {quoted(text)}. Wybierz nazwę z listy rodzajów w katalogu.")


@lru_cache(maxsize=4)
def _types(known: Vocabulary) -> dict[str, str]:
    """The codes of types by their words; of a word that two have, the first one's."""
    words = [(word, one.code) for one in known.types for word in (one.code, *map(fold, one.words))]
    return dict(reversed(words))


def reasons(kind: str, errors: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """Errors of a form, each with the heading of its column."""
    for field, words in errors.items():
        heading = heading_of(kind, field)
        said = " ".join(words)
        yield f"{heading.capitalize()}: {said}" if heading else said
