"""Clauses of a regulation by their refs, and the framework regulation they begin from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kooperacja.ui.polish import paragraph as heading_of

_MARKS = ("ust.", "lit.")
_BLANK = re.compile(r"\[\[([^\]]*)\]\]")
DATA_RULES = "zał.3"
# Of a whole regulation; the framework has 71 clauses and 9,600 letters.
MOST_CLAUSES, MOST_LETTERS, MOST_LINES = 200, 150_000, 3_000
BLANKS = {
    "area": "obszar działania",
    "lead_name": "nazwa Lidera",
    "frequency": "częstość spotkań",
    "meeting_place": "miejsce spotkań",
    "risk_notice": "jak szybko",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; its ref is "paragraph.subsection.letter", one number alone heads a paragraph."""

    ref: str
    text: str

    @property
    def depth(self) -> int:
        return self.ref.count(".")

    @property
    def is_annex(self) -> bool:
        return self.ref.startswith("zał")

    @property
    def part(self) -> str:
        """The paragraph or annex it belongs to."""
        return self.ref if self.is_annex else self.ref.partition(".")[0]

    @property
    def named(self) -> str:
        """Its text with the blanks named in Polish: [obszar działania]."""
        return _BLANK.sub(lambda match: f"[{BLANKS.get(match[1], match[1])}]", self.text)

    @property
    def heading(self) -> str:
        """The line above a paragraph: § 1. Postanowienia ogólne."""
        return heading_of(self.name, self.text)

    @property
    def number(self) -> str:
        """The number that is printed before the text: "3." or "a)", empty for a heading."""
        if self.is_annex or self.depth == 0:
            return ""
        last = self.ref.rpartition(".")[2]
        return f"{last})" if self.depth == 2 else f"{last}."

    @property
    def name(self) -> str:
        """The name by which it is cited: § 1 ust. 3 lit. a, § 9, załącznik nr 3."""
        if self.is_annex:
            return f"załącznik nr {self.ref.partition('.')[2]}"
        paragraph, *rest = self.ref.split(".")
        parts = zip(_MARKS, rest, strict=False)
        return " ".join([f"§ {paragraph}", *(f"{mark} {number}" for mark, number in parts)])


def order(clause: Clause) -> tuple[int, int, int, str]:
    """The place of a clause; annexes come last."""
    if clause.is_annex:
        return (1_000, 0, 0, clause.ref)
    paragraph, *rest = clause.ref.split(".")
    subsection = int(rest[0]) if rest else 0
    return (int(paragraph), subsection, 0, rest[1] if len(rest) > 1 else "")


_LIMITS = (
    (MOST_CLAUSES, "ustępów, liter i tytułów"),
    (MOST_LETTERS, "znaków"),
    (MOST_LINES, "wierszy"),
)


def too_long(
    clauses: Iterable[Mapping[str, str]], was: Iterable[Mapping[str, str]] | None = None
) -> str:
    """Words for what is too much in the text of a regulation; none if it is not.

    A text that was too long before may be shortened bit by bit, as long as nothing of it grows.
    """
    sizes, former = _sizes(clauses), _sizes(was or ())
    if all(has <= had for has, had in zip(sizes, former, strict=True)):
        return ""
    for has, (most, of_what) in zip(sizes, _LIMITS, strict=True):
        if has > most:
            shown, limit = f"{has:,}".replace(",", "\xa0"), f"{most:,}".replace(",", "\xa0")
            return f"Cały regulamin może mieć najwyżej {limit} {of_what}, a miałby {shown}. Skróć tekst."
    return ""


def _sizes(clauses: Iterable[Mapping[str, str]]) -> tuple[int, int, int]:
    texts = [clause["text"] for clause in clauses]
    return len(texts), sum(map(len, texts)), sum(text.count("\n") for text in texts)


def unknown_blanks(text: str) -> list[str]:
    """Names in double brackets that no field of a regulation fills."""
    return [name for name in _BLANK.findall(text) if name not in BLANKS]


@cache
def _framework() -> tuple[Clause, ...]:
    lines = files(__package__).joinpath("framework.txt").read_text(encoding="utf-8")
    # A line that is indented goes on with the clause above it.
    whole = lines.replace("\n  ", "\v").split("\n")[:-1]
    pairs = (line.partition(" ") for line in whole)
    return tuple(Clause(ref, text.replace("\v", "\n")) for ref, _, text in pairs)


def framework() -> list[dict[str, str]]:
    """The framework regulation word for word, blanks in double brackets: [{"ref", "text"}]."""
    return [{"ref": clause.ref, "text": clause.text} for clause in _framework()]
