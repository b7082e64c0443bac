"""The difference between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\n|\S+")
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stay, come or go; kinds: same, added, removed."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in their order, as `{% difference pieces %}` shows them."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        piece for _, i, j, k, m in matcher.get_opcodes() for piece in _pieces(old[i:j], new[k:m])
    ]


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    if old == new:
        yield Piece(SAME, " ".join(old))
        return
    if old:
        yield Piece(REMOVED, " ".join(old))
    if new:
        yield Piece(ADDED, " ".join(new))
