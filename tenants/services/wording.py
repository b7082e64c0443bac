"""Words of institutions, found inflected, without diacritics, mistyped (REG §3.4)."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property, lru_cache

from kooperacja.ui.polish import fold
from kooperacja.ui.search import MAX_WORDS

_WORD = re.compile(r"[^\W_]+")
# Endings change the last letters of a word, never more than this many, and leave this many alone.
_ENDING, _STEM = 3, 4
_NEAR = 0.8

Words = frozenset[str]


@lru_cache(maxsize=2_000)
def words_in(*texts: str) -> Words:
    """The words of texts as they are compared."""
    return Words(_WORD.findall(fold(" ".join(texts))))


class Phrase:
    """Words that a reader looks for, read with those that are there to be found."""

    def __init__(self, phrase: str, written: Iterable[Words]) -> None:
        self._asked = list(dict.fromkeys(_WORD.findall(fold(phrase))))[:MAX_WORDS]
        self._written = Words().union(*written)

    def is_in(self, words: Words) -> bool:
        """Each of its words stands there in some form."""
        return all(known & words for known in self._known) if self._asked else False

    def count_in(self, words: Words) -> int:
        """How many of its words stand there."""
        return sum(1 for known in self._known if known & words)

    @cached_property
    def _known(self) -> list[Words]:
        return [self._same(word) for word in self._asked]

    def _same(self, word: str) -> Words:
        """Written words that are this one, with another ending; where there are none, those it resembles."""
        same = Words(one for one in self._written if word in one or _is_inflected(word, one))
        if same or len(word) < _STEM:
            return same
        near = [one for one in self._written if len(one) >= _STEM and abs(len(one) - len(word)) < 3]
        return Words(get_close_matches(word, sorted(near), cutoff=_NEAR))


def _is_inflected(word: str, other: str) -> bool:
    longest = max(len(word), len(other))
    least = max(min(_STEM, longest - 1), longest - _ENDING)
    return word[:least] == other[:least]
