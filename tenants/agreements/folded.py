"""The text of an agreement with what aneksy change in it: numbers and references are computed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tenants.agreements.clauses import REFERENCE, TEXTS
from tenants.agreements.numbering import AFTER, DUTY, END, Line, Row, counted, punctuated

TEXT, ADDED, REMOVED = "TEXT", "ADDED", "REMOVED"  # kinds of a change
OWN, HEADING = "own:", ":heading"  # in the keys of what was added
_OUTSIDE = -1
_TAIL = frozenset({"support", "annex", "signatures"})
# A reference inside a text that is not numbered yet; no form lets these two signs in.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
# A citation that was typed in full keeps its form: § 2 ust. 4 also inside § 2.
_FULL = "="
_CITATION = re.compile(r"§\s?\d+(?:\s+ust\.\s\d+)?(?:\s+pkt\s\d+)?(?!\d)")
_OF_ANOTHER = re.compile(
    r"\s+(?:lit\.|(?:tej |tego |niniejsze\w+ )?(?:ustaw|rozporządz|regulamin|uchwał|statut|zarządz|kodeks|umow)\w*)",
    re.IGNORECASE,
)
_KEYED = re.compile(r"\(\(([^()]+)\)\)")  # as an aneks keeps it
_NAMED = re.compile(r"\[(§[^\[\]]*)\]")  # as it is typed


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
    keys = {name: key for key, name in names.items() if not key.endswith(HEADING)}
    return [
        replace(
            line,
            text=_citing(line.text, keys)
            if line.key.startswith(OWN)
            else _pointing(line, REFERENCE.findall(founding.get(line.key, "")), names),
            depth=_depth(line),
        )
        for line in lines
    ]


def _citing(text: str, keys: Mapping[str, str]) -> str:
    """An own clause that cites others by their numbers of then, in full: each follows its clause."""

    def pointing(found: re.Match[str]) -> str:
        key = _cited_by(found, keys)
        return f"{_OPEN}{_FULL}{key}{_CLOSE}" if key else found[0]

    return _CITATION.sub(pointing, text)


def _cited_by(found: re.Match[str], keys: Mapping[str, str]) -> str:
    """The clause that a citation names; none where it is one of another act."""
    if _OF_ANOTHER.match(found.string, found.end()):
        return ""
    return keys.get(" ".join(found[0].replace("§", "§ ").split()), "")


def _depth(line: Line) -> int:
    """The only clause of a paragraph has no number, and is counted by a depth of its own."""
    return 3 if line.depth == 1 and not line.number else line.depth


def _pointing(line: Line, refs: Iterable[str], names: Mapping[str, str]) -> str:
    done, rest = "", line.text
    for ref in refs:
        cited = re.escape(_cited(names.get(ref, ""), line.name))
        found = re.search(rf"{cited}(?!\d)", rest) if ref in names else None
        if found:
            done += f"{rest[: found.start()]}{_OPEN}{ref}{_CLOSE}"
            rest = rest[found.end() :]
    return f"{done}{rest}"


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
    return text


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
    """The references that an aneks keeps as keys; what names no clause is a text like any other."""

    def pointing(found: re.Match[str]) -> str:
        return f"{_OPEN}{found[1]}{_CLOSE}" if found[1] in keys else found[0]

    return replace(line, text=_KEYED.sub(pointing, line.text))


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
    def cited(found: re.Match[str]) -> str:
        name = named.get(found[1].removeprefix(_FULL), "")
        return (name if found[1].startswith(_FULL) else _cited(name, line.name)) or LOST

    return replace(line, text=_MARKED.sub(cited, line.text))


LOST = "…………"  # where a clause was that is cited and no longer there


def astray(lines: Lines) -> list[tuple[str, str]]:
    """Clauses that cite what is no longer there: the key of each, and of what it cites."""
    keys = {line.key for line in lines}
    cited = ((line.key, one) for line in lines for one in _MARKED.findall(line.text))
    return [(line, key) for line, one in cited if (key := one.removeprefix(_FULL)) not in keys]


def emptied(lines: Lines) -> list[Line]:
    """Headings of paragraphs in which no clause is left."""
    following = [line.depth for line in lines[1:]] + [_OUTSIDE]
    return [
        line
        for line, depth in zip(lines, following, strict=True)
        if line.depth == 0 and depth in (0, _OUTSIDE)
    ]


def keyed(typed: str, named: Mapping[str, str]) -> tuple[str, list[str]]:
    """A typed text with its references, [§ 2 ust. 4], as keys; and those that name no clause.

    A citation without brackets is one too, unless it is of another act.
    """
    wrong: list[str] = []

    def key(found: re.Match[str]) -> str:
        name = " ".join(found[1].split())
        if name not in named:
            wrong.append(name)
        return f"(({named.get(name, name)}))"

    def bare_key(found: re.Match[str]) -> str:
        cited = _cited_by(found, named)
        return f"(({cited}))" if cited else found[0]

    bare = typed.replace(_OPEN, "").replace(_CLOSE, "")
    return _CITATION.sub(bare_key, _NAMED.sub(key, bare)), wrong


def typed(text: str, names: Mapping[str, str]) -> str:
    """A kept text as it was typed."""

    def name(found: re.Match[str]) -> str:
        return f"[{names[found[1]]}]" if found[1] in names else found[0]

    return _KEYED.sub(name, text)
