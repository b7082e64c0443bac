"""The parts that a paper is written of; its PDF and its Word form are made of the same ones.

A text may hold fields, {{ organisation.name }}, and conditions, {% if number %}…{% endif %};
**two stars** make words bold, and a new line stays one. A field is a name without braces.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """The title, and in smaller letters what it is about."""

    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A part that is one text."""

    text: str


class Heading(Words):
    """A heading inside the paper."""


class Subheading(Words):
    """A heading below a heading."""


class Note(Words):
    """A small remark on the right, such as which annex this is."""


class Centred(Words):
    """A line below the title."""


class Text(Words):
    """A paragraph."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One line: the case mark on the left, the place and the day on the right."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A field in which people wrote one or more paragraphs."""

    field: str


@dataclass(init=False, slots=True)
class Numbered:
    """A list that is numbered from 1."""

    items: tuple[str, ...]

    def __init__(self, *items: str) -> None:
        self.items = items


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause whose own number hangs before it; the second depth stands further in."""

    number: str
    text: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of facts: a label and a field each; an empty field is a dash."""

    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FactsOf:
    """A table of facts with a row for `each`, "one in parameters", and its clause beside, if any."""

    each: str
    label: str
    value: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class FactPairs:
    """A table with two short facts in a row for `each`: a label and a value, twice."""

    each: str
    first: tuple[str, str]
    second: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """`value` is a field, empty a dash, or a text with fields; the width is in millimetres."""

    label: str
    value: str
    width: int


@dataclass(init=False, slots=True)
class Table:
    """A table with a row for `each`, "person in people"; its head stands on every page."""

    each: str
    columns: tuple[Column, ...]
    is_small: bool

    def __init__(self, each: str, *columns: Column, is_small: bool = False) -> None:
        self.each, self.columns, self.is_small = each, columns, is_small


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on; `person` is a field with a name and a position, printed below it."""

    caption: str
    person: str = ""


@dataclass(init=False, slots=True)
class Signatures:
    """Signatures beside each other where there is room."""

    parts: tuple["Part", ...]

    def __init__(self, *parts: "Part") -> None:
        self.parts = parts


@dataclass(init=False, slots=True)
class Headed:
    """Parts below a heading."""

    heading: str
    parts: tuple["Part", ...]

    def __init__(self, heading: str, *parts: "Part") -> None:
        self.heading, self.parts = heading, parts


class Box(Headed):
    """A framed part with a heading, which stays on one page."""


class Whole(Headed):
    """A part with a heading that stays on one page where it fits; in small letters, unless all are large."""


class NewPage(Headed):
    """A part with a heading that begins a page."""


@dataclass(init=False, slots=True)
class Each:
    """Parts that come once for `each`, "clause in clauses"."""

    each: str
    parts: tuple["Part", ...]

    def __init__(self, each: str, *parts: "Part") -> None:
        self.each, self.parts = each, parts


@dataclass(init=False, slots=True)
class Case:
    """Parts that stand when a condition holds; without one, when none before it did."""

    condition: str
    parts: tuple["Part", ...]

    def __init__(self, condition: str, *parts: "Part") -> None:
        self.condition, self.parts = condition, parts


@dataclass(init=False, slots=True)
class Cases:
    """The first of the cases that holds."""

    cases: tuple[Case, ...]

    def __init__(self, *cases: Case) -> None:
        self.cases = cases


Part = (
    Title | Words | Opening | Prose | Numbered | Clause | Facts | FactsOf | FactPairs | Table
    | Signature | Signatures | Headed | Each | Cases
)  # fmt: skip


def shown(value: str) -> str:
    """A text as it is; a field in its braces, a dash where it is empty."""
    return value if "{" in value else f"{{{{ {value} or '—' }}}}"


def commands(cases: Cases) -> list[tuple[str, tuple[Part, ...]]]:
    """The cases with what stands before each: if …, elif …, else."""
    pairs = []
    for number, case in enumerate(cases.cases):
        word = "elif" if number else "if"
        pairs.append((f"{word} {case.condition}" if case.condition else "else", case.parts))
    return pairs
