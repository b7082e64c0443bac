"""Clauses of an agreement numbered and filled, with whatever was added anywhere (POR)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kooperacja.ui.polish import paragraph
from tenants.agreements.blanks import BLANK, CONTACTS, DUTIES
from tenants.agreements.clauses import REFERENCE, TEXTS, Clause

EMPTY = "…………"
_BLANK_AND_STOP = re.compile(rf"{BLANK.pattern}(\.?)")
_SHORT_WORD = re.compile(r"\b\w{1,3}\.$")  # itp., r., o.o.
# Kinds of the places for what is added: a further duty of a list, an own clause after another, an
# own paragraph at the end.
DUTY, AFTER, END = "duty", "after", "end"


@dataclass(frozen=True, slots=True)
class Added:
    """A text that was added to the founding one; its place is "duty:2.3", "after:1.2" or "end"."""

    id: str
    place: str
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One clause as it is read; `key` stays the same when its number moves."""

    key: str
    text: str
    depth: int
    number: str = ""  # as it is printed before the text: "2.", "1)"
    name: str = ""  # as it is cited: § 2 ust. 3 pkt 1
    mended: str = ""
    is_own: bool = False
    mark: str = ""  # the aneks that it comes from: w brzmieniu aneksu nr 1 z …

    @property
    def heading(self) -> str:
        """The line above a paragraph: § 1. Cel Porozumienia."""
        return paragraph(self.name, self.text) if self.text else self.name


@dataclass(frozen=True, slots=True)
class Filling:
    """The words that fill the text: of each blank, of each list, of the place of meetings."""

    values: Mapping[str, str] = field(default_factory=dict)
    contacts: Sequence[tuple[str, str]] = ()  # key and text of each party
    is_rotating: bool = False

    def fill(self, text: str) -> str:
        """A founding text with its blanks; what fills them is never read again."""
        return _BLANK_AND_STOP.sub(self._word, text)

    def _word(self, blank: re.Match[str]) -> str:
        word = self.values.get(blank[1], "") or EMPTY
        return word if word.endswith(".") else f"{word}{blank[2]}"


def blanks_of(variant: str) -> dict[str, str]:
    """The blanks of a variant with the ref of the clause in which each comes first."""
    found: dict[str, str] = {}
    for clause in TEXTS[variant]:
        for name in BLANK.findall(clause.text):
            found.setdefault(name, clause.ref)
    return found


def lists_of(variant: str) -> list[str]:
    """The refs of the lists that take further duties: "2.3"."""
    return [one.ref.rpartition(".")[0] for one in TEXTS[variant] if one.text == DUTIES]


def places_of(variant: str) -> list[str]:
    """All places of a variant to which something may be added."""
    after = [f"{AFTER}:{one.ref}" for one in TEXTS[variant] if one.is_numbered and one.depth == 1]
    return [*(f"{DUTY}:{ref}" for ref in lists_of(variant)), *after, END]


def numbered(
    variant: str, added: Iterable[Added] = (), filling: Filling | None = None
) -> list[Line]:
    """The paragraphs as they are read, what stands outside them without a number at its place."""
    filling = filling or Filling()
    rows = [*_arranged(variant, list(added), filling)]
    named = {line.key: line for line, _ in counted(rows)}
    return [
        replace(line, text=_text_of(line, named, fill)) for line, fill in counted(punctuated(rows))
    ]


Fill = Callable[[str], str]
Row = tuple[Line, Fill | None]  # without a way to fill it, the text is taken as it is


def _arranged(variant: str, added: list[Added], filling: Filling) -> Iterator[Row]:
    """All clauses in their order: own ones after the whole clause that they follow."""
    waiting: list[Row] = []
    is_ended = False
    for clause in TEXTS[variant]:
        begins_next = clause.depth < 2
        if begins_next:
            yield from waiting
            waiting = []
        if clause.ref in {"support", "annex", "signatures"} and not is_ended:
            is_ended = True
            yield from _own_paragraphs(added)
        yield from _rows_of(clause, added, filling)
        if clause.is_numbered and clause.depth == 1:
            waiting = [_own(one, 1) for one in added if one.place == f"{AFTER}:{clause.ref}"]


def _rows_of(clause: Clause, added: list[Added], filling: Filling) -> Iterator[Row]:
    parent = clause.ref.rpartition(".")[0]
    if clause.text == DUTIES:
        yield from (_own(one, 2) for one in added if one.place == f"{DUTY}:{parent}")
    elif clause.text == CONTACTS:
        yield from ((Line(key, text, 2), None) for key, text in filling.contacts)
    else:
        text = clause.rotating if filling.is_rotating and clause.rotating else clause.text
        depth = clause.depth if clause.is_numbered else -1
        yield Line(clause.ref, text, depth, mended=clause.mended), filling.fill


def _own(one: Added, depth: int) -> Row:
    return Line(f"own:{one.id}", one.text, depth, is_own=True), None


def _own_paragraphs(added: list[Added]) -> Iterator[Row]:
    """Each a paragraph of one clause, which therefore has no number."""
    for one in added:
        if one.place == END:
            yield Line(f"own:{one.id}:heading", one.heading, 0, is_own=True), None
            yield Line(f"own:{one.id}", one.text, 3, is_own=True), None


def punctuated(rows: list[Row]) -> list[Row]:
    """A point of a list ends with a semicolon, its last one with a stop."""
    following = [line.depth for line, _ in rows[1:]] + [-1]
    return [
        (replace(line, text=_ended(line.text, ";" if after == 2 else ".")), fill)
        if line.depth == 2
        else (line, fill)
        for (line, fill), after in zip(rows, following, strict=True)
    ]


def _ended(text: str, sign: str) -> str:
    bare = text.rstrip(" ;,")
    if not _SHORT_WORD.search(bare):
        bare = bare.rstrip(".")
    return bare if sign == "." and bare.endswith(".") else f"{bare}{sign}"


def counted(rows: Iterable[Row]) -> Iterator[tuple[Line, Fill | None]]:
    """Each with its number: of the paragraph, of the clause in it, of the point in that."""
    section = clause = point = 0
    for line, fill in rows:
        if line.depth == 0:
            section, clause, point = section + 1, 0, 0
            yield replace(line, name=f"§ {section}"), fill
        elif line.depth == 1:
            clause, point = clause + 1, 0
            name = f"§ {section} ust. {clause}"
            yield replace(line, number=f"{clause}.", name=name), fill
        elif line.depth == 2:
            point += 1
            name = f"§ {section} ust. {clause} pkt {point}"
            yield replace(line, number=f"{point})", name=name), fill
        elif line.depth == 3:
            yield replace(line, depth=1, name=f"§ {section}"), fill
        else:
            yield line, fill


def _text_of(line: Line, named: Mapping[str, Line], fill: Fill | None) -> str:
    """The text with its references and blanks; inside a paragraph one cites "ust. 3" alone."""
    if fill is None:
        return line.text
    here = " ".join(line.name.split()[:2])

    def cited(found: re.Match[str]) -> str:
        return named[found[1]].name.removeprefix(f"{here} ")

    return fill(REFERENCE.sub(cited, line.text))
