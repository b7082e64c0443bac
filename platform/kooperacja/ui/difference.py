"""The difference between two texts, word by word."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WORDS = re.compile(r"\n|\S+")
SAME, ADDED, REMOVED = "same", "added", "removed"
# More words that go and come than this are shown as paragraphs, or as the whole text: whoever
# compares two texts waits no longer than for so many, whatever the texts are.
MOST_CHANGES = 150
BY_WORDS, BY_PARAGRAPHS, WHOLE = "words", "paragraphs", "whole"
_JOINTS = {BY_WORDS: " ", BY_PARAGRAPHS: "\n", WHOLE: ""}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stay, come or go; kinds: same, added, removed."""

    kind: str
    text: str


def difference(before: str, after: str, kept: Mapping[str, Any] | None = None) -> tuple[Piece, ...]:
    """The pieces of both texts in their order, as `{% difference pieces %}` shows them.

    Where the comparison of the two was kept, they are not compared again.
    """
    unit, lengths = (kept or {}).get(key(before, after)) or compared(before, after)
    old, new = _parts(before, unit), _parts(after, unit)
    found: list[Piece] = []
    i = k = 0
    for gone, come in lengths:
        found += _pieces(old[i : i + gone], new[k : k + come], _JOINTS[unit])
        i, k = i + gone, k + come
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Line:
    """One field as it was and as it shall be, and the words that come and go."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def changed_lines(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Line, ...]:
    """The fields, by their labels, that read otherwise, as `components/_changed_lines.html` shows them."""
    return tuple(
        Line(label, was, now, difference(was, now))
        for label in dict.fromkeys([*new, *old])
        if (was := old.get(label, "")) != (now := new.get(label, ""))
    )


def key(before: str, after: str) -> str:
    """The name under which the comparison of two texts is kept: no other two have it."""
    return hashlib.sha256(f"{len(before)}:{before}{after}".encode()).hexdigest()


def compared(before: str, after: str) -> tuple[str, list[list[int]]]:
    """The comparison as it is kept: by what, and how many of the old become how many of the new.

    Numbers alone, at most twice MOST_CHANGES pairs of them, whatever the texts are.
    """
    for unit in (BY_WORDS, BY_PARAGRAPHS):
        old, new = _parts(before, unit), _parts(after, unit)
        steps = edits(old, new) if old or new else None
        if steps is not None:
            return unit, [[j - i, m - k] for i, j, k, m in steps if j > i or m > k]
    return WHOLE, [[len(_parts(before, WHOLE)), len(_parts(after, WHOLE))]]


def _parts(text: str, unit: str) -> list[str]:
    if unit == BY_WORDS:
        return _WORDS.findall(text)
    if unit == BY_PARAGRAPHS:
        return text.splitlines()
    return [text] if text else []


def _pieces(old: Sequence[str], new: Sequence[str], joint: str) -> Iterator[Piece]:
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
