"""The text of an agreement with what aneksy change in it: numbers and references are computed."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tenants.agreements import citations
from tenants.agreements.citations import marked, marking, pointed_at, read
from tenants.agreements.clauses import REFERENCE, TEXTS
from tenants.agreements.numbering import AFTER, DUTY, END, Line, Row, counted, punctuated

TEXT, ADDED, REMOVED = "TEXT", "ADDED", "REMOVED"  # kinds of a change
OWN, HEADING = "own:", ":heading"  # in the keys of what was added
_OUTSIDE = -1
_TAIL = frozenset({"support", "annex", "signatures"})


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one clause; `key` is that of the clause, also of a new one."""

    kind: str
    key: str
    text: str = ""
    place: str = ""
    heading: str = ""
    mark: str = ""


Lines = Sequence[Line]


def unnumbered(variant: str, lines: Lines) -> list[Line]:
    """A frozen text whose references point at clauses again, and no longer at numbers."""
    founding = {clause.ref: clause.text for clause in TEXTS[variant]}
    names = {line.key: line.name for line in lines}
    pointing = [
        _pointing(one, REFERENCE.findall(founding.get(one.key, "")), names) for one in lines
    ]
    own = {line.key for line in lines if line.key.startswith(OWN)}
    return [replace(one, depth=_depth(one)) for one in _following(pointing, own, names)]


def _following(lines: Lines, those: Collection[str], names: Mapping[str, str]) -> list[Line]:
    """Those clauses cite others by their numbers in this text: each follows its clause."""
    keys = {name: key for key, name in names.items() if name and not key.endswith(HEADING)}
    return [
        replace(one, text=citations.pointing(one.text, keys, names[one.key]))
        if one.key in those
        else one
        for one in lines
    ]


def _depth(line: Line) -> int:
    """The only clause of a paragraph has no number, and is counted by a depth of its own."""
    return 3 if line.depth == 1 and not line.number else line.depth


def _pointing(line: Line, refs: Iterable[str], names: Mapping[str, str]) -> Line:
    done, rest = "", line.text
    for ref in refs:
        cited = re.escape(_cited(names.get(ref, ""), line.name))
        found = re.search(rf"{cited}(?!\d)", rest) if ref in names else None
        if found:
            done += f"{rest[: found.start()]}{marked(ref)}"
            rest = rest[found.end() :]
    return replace(line, text=f"{done}{rest}")


def _cited(name: str, here: str) -> str:
    """Inside a paragraph one cites "ust. 3" alone."""
    return name.removeprefix(f"{' '.join(here.split()[:2])} ")


def with_changes(lines: Lines, changes: Iterable[Change]) -> list[Line]:
    """A text that is not numbered yet, with all that one aneks changes in it."""
    changes = list(changes)
    text = list(lines)
    for one in reversed([one for one in changes if one.place.startswith(f"{AFTER}:")]):
        _insert_after(text, one)
    for one in changes:
        if one.kind == ADDED and not one.place.startswith(f"{AFTER}:"):
            _append(text, one)
    keys, new = {line.key for line in text}, {one.key for one in changes if one.kind == ADDED}
    text = [_marked(line, keys) if line.key in new else line for line in text]
    for one in changes:
        if one.kind == TEXT:
            text = [_reworded(line, one, keys) if line.key == one.key else line for line in text]
        elif one.kind == REMOVED:
            text = _without(text, one.key)
    changed = new | {one.key for one in changes if one.kind == TEXT}
    return _following(text, changed, _names_of(text))


def _names_of(lines: Lines) -> dict[str, str]:
    return {line.key: line.name for line, _ in counted((line, None) for line in lines)}


def _insert_after(text: list[Line], new: Change) -> None:
    """After the whole clause, its points among it."""
    at = _index(text, new.place.partition(":")[2])
    if at is not None:
        text.insert(_end_of(text, at), Line(new.key, new.text, 1, is_own=True, mark=new.mark))


def _append(text: list[Line], new: Change) -> None:
    """A point at the end of its list, or a paragraph at the end of all."""
    if new.place == END:
        last = next((at for at, one in enumerate(text) if one.key in _TAIL), len(text))
        heading = Line(f"{new.key}{HEADING}", new.heading, 0, is_own=True)
        text[last:last] = [heading, Line(new.key, new.text, 3, is_own=True, mark=new.mark)]
    elif new.place.startswith(f"{DUTY}:"):
        at = _index(text, new.place.partition(":")[2])
        if at is not None:
            text.insert(_end_of(text, at), Line(new.key, new.text, 2, is_own=True, mark=new.mark))


def _index(text: Lines, key: str) -> int | None:
    return next((at for at, line in enumerate(text) if line.key == key), None)


def _end_of(text: Lines, at: int) -> int:
    """The place behind a clause and its points."""
    end = at + 1
    while end < len(text) and text[end].depth == 2 and text[at].depth < 2:
        end += 1
    return end


def _without(text: Lines, key: str) -> list[Line]:
    """Take a clause out with its points, and with the heading of which it was all."""
    at = _index(text, key)
    if at is None:
        return list(text)
    end = _end_of(text, at) if text[at].depth == 1 else at + 1
    begin = at - 1 if text[at].depth == 3 else at
    return [*text[:begin], *text[end:]]


def _reworded(line: Line, change: Change, keys: set[str]) -> Line:
    return _marked(replace(line, text=change.text, mended="", mark=change.mark), keys)


def _marked(line: Line, keys: set[str]) -> Line:
    return replace(line, text=marking(line.text, keys))


def renumbered(lines: Lines, cites: Mapping[str, str] | None = None) -> list[Line]:
    """The text as it is read: each clause by its number, each reference by that of its clause.

    With `cites` the references are those of another numbering, where that has the clause.
    """
    rows: list[Row] = [(replace(line, number="", name=_kept_name(line)), None) for line in lines]
    named = {line.key: line.name for line, _ in counted(rows)}
    named |= cites or {}
    return [_read(line, named) for line, _ in counted(punctuated(rows))]


def _kept_name(line: Line) -> str:
    return line.name if line.depth == _OUTSIDE else ""


def _read(line: Line, named: Mapping[str, str]) -> Line:
    return replace(line, text=read(line.text, lambda name: _cited(name, line.name), named))


def astray(lines: Lines) -> list[tuple[str, str]]:
    """Clauses that cite what is no longer there: the key of each, and of what it cites."""
    keys = {line.key for line in lines}
    return [(line.key, one) for line in lines for one in pointed_at(line.text) if one not in keys]


def emptied(lines: Lines) -> list[Line]:
    """Headings of paragraphs in which no clause is left."""
    following = [line.depth for line in lines[1:]] + [_OUTSIDE]
    return [
        line
        for line, depth in zip(lines, following, strict=True)
        if line.depth == 0 and depth in (0, _OUTSIDE)
    ]
