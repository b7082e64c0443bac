"""Names of people left out of a text that is given to strangers (REG §2.9)."""

import re
from collections.abc import Iterable, Iterator

LEFT_OUT = "(nazwisko pominięto)"
_TITLE = r"\b(?:p\.|pan\w{0,3})\s+"  # "pan", "pani", "panią" …
_ENDING = 2  # letters of a word that may change with the case


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without these people: their full names in any case, and surnames after "pan".

    A bare surname stays: too many of them are words as well.
    """
    for pattern in _patterns(names):
        text = re.sub(pattern, LEFT_OUT, text, flags=re.IGNORECASE)
    return text


def is_name(words: str) -> bool:
    """It reads as the name of a person, not as what somebody is."""
    parts = words.split()
    return len(parts) in (2, 3) and all(part[:1].isupper() for part in parts)


def _patterns(names: Iterable[str]) -> Iterator[str]:
    for name in sorted(set(names), key=len, reverse=True):
        parts = [_in_any_case(part) for part in name.split()]
        if len(parts) > 1:
            *first, last = parts
            yield r"\b" + r"\s+".join(parts)
            yield r"\b" + r"\s+".join([last, *first])
            yield _TITLE + last


def _in_any_case(word: str) -> str:
    return re.escape(word[: max(2, len(word) - _ENDING)]) + r"[\w-]*"
