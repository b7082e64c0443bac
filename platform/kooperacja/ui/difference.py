"""The difference between two texts, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_WORDS = re.compile(r"\n|\S+")
SAME, ADDED, REMOVED = "same", "added", "removed"
# More words that go and come than this are shown as paragraphs, or as the whole text: whoever
# compares two texts waits no longer than for so many, whatever the texts are.
MOST_CHANGES = 150
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stay, come or go; kinds: same, added, removed."""

    kind: str
    text: str


@lru_cache(maxsize=_KEPT)
def difference(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in their order, as `{% difference pieces %}` shows them.

    It is kept by the texts themselves, as the same two are compared at every look.
    """
    whole = _pieces([before] if before else [], [after] if after else [])
    return tuple(_by_words(before, after) or _by_paragraphs(before, after) or whole)


def _by_words(before: str, after: str) -> list[Piece]:
    return _compared(_WORDS.findall(before), _WORDS.findall(after), " ")


def _by_paragraphs(before: str, after: str) -> list[Piece]:
    return _compared(before.splitlines(), after.splitlines(), "\n")


def _compared(old: Sequence[str], new: Sequence[str], joint: str) -> list[Piece]:
    """Empty where too much changed."""
    steps = edits(old, new)
    if steps is None:
        return []
    return [piece for i, j, k, m in steps for piece in _pieces(old[i:j], new[k:m], joint)]


def _pieces(old: Sequence[str], new: Sequence[str], joint: str = " ") -> Iterator[Piece]:
    if old == new:
        if old:
            yield Piece(SAME, joint.join(old))
        return
    if old:
        yield Piece(REMOVED, joint.join(old))
    if new:
        yield Piece(ADDED, joint.join(new))


Span = tuple[int, int, int, int]  # [i:j] of the old becomes [k:m] of the new
Run = tuple[int, int, int]  # where words stay: in the old, in the new, how many


def edits(old: Sequence[str], new: Sequence[str], most: int = MOST_CHANGES) -> list[Span] | None:
    """The spans that stay and those that change, by turns; None beyond so many changes.

    The greedy way of Myers (1986): the work grows with the changes, whatever the texts are.
    """
    # On each diagonal: how far into the old, and the runs on the way there, the last one first.
    ends: dict[int, tuple[int, Any]] = {1: (0, None)}
    for changes in range(most + 1):
        for diagonal in range(-changes, changes + 1, 2):
            begun, runs = _begun(ends, diagonal, changes)
            x = begun
            while x < len(old) and x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            if x > begun:
                runs = ((begun, begun - diagonal, x - begun), runs)
            ends[diagonal] = (x, runs)
            if x >= len(old) and x - diagonal >= len(new):
                return list(_spans(runs, len(old), len(new)))
    return None


def _begun(ends: dict[int, tuple[int, Any]], diagonal: int, changes: int) -> tuple[int, Any]:
    """Where one more change leads to on a diagonal: past a word of the new, or of the old."""
    is_lowest, is_highest = diagonal == -changes, diagonal == changes
    if is_lowest or (not is_highest and ends[diagonal - 1][0] < ends[diagonal + 1][0]):
        return ends[diagonal + 1]
    x, runs = ends[diagonal - 1]
    return x + 1, runs


def _spans(runs: Any, old: int, new: int) -> Iterator[Span]:
    """The runs and what lies between them, in order."""
    ordered: list[Run] = [(old, new, 0)]
    while runs:
        run, runs = runs
        ordered.append(run)
    i = k = 0
    for j, m, length in reversed(ordered):
        yield i, j, k, m
        yield j, j + length, m, m + length
        i, k = j + length, m + length
