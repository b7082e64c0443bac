"""Citations of clauses in texts that people type: § 2 ust. 4 i 5, ust. 3, [§ 2 ust. 4] (POR)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

# A reference inside a text that is not numbered yet; no form lets these two signs in.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
LOST = "…………"  # where a clause was that is cited and no longer there
# After the level of a number that was typed: it alone follows its clause, the words around it stay.
_NUMBER_OF = "="

_POINT = r"(?:\s+pkt\s?\d++)?+"
_WHOLE = rf"§§?\s?\d++(?:\s+ust\.\s?\d++)?+{_POINT}"
_INSIDE = rf"\bust\.\s?\d++{_POINT}"
_THINGS = (
    "%|zł|dni|osób|raz|lat|godz|stycz|lut|mar[ca]|kwie|maj|czerw|lip|sierp|wrze|paźdz|listop|grud"
)
_AND = r"\s*(?:,|–|-|\b(?:i|oraz|lub|albo|do)\b)\s*"
_NEXT = rf"(?:{_WHOLE}|{_INSIDE}|\bpkt\s?\d++|\d++(?!\s*(?:{_THINGS})))(?!\w)"
_LISTS = re.compile(
    rf"(?P<article>\bart\.\s*\w+\s+)?(?:{_WHOLE}|{_INSIDE})(?!\w)(?:{_AND}{_NEXT})*"
)
_ONE = re.compile(rf"{_WHOLE}|{_INSIDE}|\bpkt\s?\d++|\d++")
_SUCH = r"ww\.|wyżej|tej|tego|niniejsze\w+|(?:wymienion|powołan|przywołan|cytowan|wskazan)\w+"
_OF_ANOTHER = re.compile(
    rf"\s+(?:lit\.|rodo\b|(?:(?:{_SUCH})\s+){{0,2}}(?:ustaw|rozporządzen|regulamin|uchwał|statut|"
    r"zarządzen|kodeks|konstytuc|umow|załączni|aneks|dyrektyw|wytyczn|standard|procedur|instrukc)\w*)",
    re.IGNORECASE,
)
_UNITS = ("§", "ust.", "pkt")
_NUMBER = re.compile(r"(?P<unit>§|ust\.|pkt)?\s?(?P<number>\d+)")
_KEYED = re.compile(r"\(\(([^()]+)\)\)")  # as an aneks keeps it
_NAMED = re.compile(r"\[(§[^\[\]]*)\]")  # as it is typed


@dataclass(frozen=True, slots=True)
class _Cited:
    """A clause that a text cites: where, and which number of its name each number there is."""

    key: str
    start: int
    end: int
    numbers: list[tuple[int, int, int]]


def _cited_in(text: str, keys: Mapping[str, str], here: str) -> Iterator[_Cited]:
    """The clauses that a text cites by their numbers, and none of another act.

    `here` is the name of the clause that cites: "ust. 3" alone is of the same paragraph.
    """
    for found in _LISTS.finditer(text):
        if not found["article"] and not _OF_ANOTHER.match(text, found.end()):
            yield from _each(found, keys, here.split()[1:2])


def _each(found: re.Match[str], keys: Mapping[str, str], path: list[str]) -> Iterator[_Cited]:
    """Each of a list; one that says no more than a number is beside the one before it."""
    for one in _ONE.finditer(found.string, found.start(), found.end()):
        numbers = []
        for row in _NUMBER.finditer(found.string, one.start(), one.end()):
            level = _UNITS.index(row["unit"]) if row["unit"] else len(path) - 1
            path = [*path[:level], row["number"]]
            numbers.append((*row.span("number"), level))
        name = " ".join(" ".join(pair) for pair in zip(_UNITS, path, strict=False))
        if len(path) == numbers[-1][2] + 1 and name in keys:
            yield _Cited(keys[name], one.start(), one.end(), numbers)


def pointing(text: str, keys: Mapping[str, str], here: str) -> str:
    """A text whose numbers of clauses follow these from now on; it reads as before."""
    found = [
        (start, end, f"{_OPEN}{level}{_NUMBER_OF}{cited.key}{_CLOSE}")
        for cited in _cited_in(text, keys, here)
        for start, end, level in cited.numbers
    ]
    return _with(text, found)


def _with(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    """The text with other words in some places, which are in order."""
    done, at = "", 0
    for start, end, words in parts:
        done, at = f"{done}{text[at:start]}{words}", end
    return f"{done}{text[at:]}"


def marked(key: str) -> str:
    """A reference to a clause by its whole name."""
    return f"{_OPEN}{key}{_CLOSE}"


def pointed_at(text: str) -> list[str]:
    """The keys of the clauses that a text points at, each once."""
    return list(dict.fromkeys(one.rpartition(_NUMBER_OF)[2] for one in _MARKED.findall(text)))


def read(text: str, name: Callable[[str], str], names: Mapping[str, str]) -> str:
    """The text with the names and numbers of today; `name` says how a clause is named in it."""

    def said(found: re.Match[str]) -> str:
        level, is_number, key = found[1].rpartition(_NUMBER_OF)
        if not is_number:
            return name(names.get(key, "")) or LOST
        numbers = re.findall(r"\d+", names.get(key, ""))
        return numbers[int(level)] if numbers else LOST

    return _MARKED.sub(said, text)


def followed(text: str, keys: Mapping[str, str], here: str, names: Mapping[str, str]) -> str:
    """A text that cites clauses by numbers which have moved since, by their numbers of now."""
    return read(pointing(text, keys, here), str, names)


def keyed(typed: str, keys: Mapping[str, str], here: str = "") -> tuple[str, list[str]]:
    """A typed text with its references, [§ 2 ust. 4], as keys; and those that name no clause.

    A citation without brackets is one too, unless it is of another act.
    """
    wrong: list[str] = []

    def key(found: re.Match[str]) -> str:
        name = " ".join(found[1].split())
        if name not in keys:
            wrong.append(name)
        return f"(({keys.get(name, name)}))"

    text = _NAMED.sub(key, typed.replace(_OPEN, "").replace(_CLOSE, ""))
    bare = [(one.start, one.end, f"(({one.key}))") for one in _cited_in(text, keys, here)]
    return _with(text, bare), wrong


def marking(kept: str, keys: Iterable[str]) -> str:
    """The references that an aneks keeps as keys; what names no clause is a text like any other."""
    known = set(keys)
    return _KEYED.sub(lambda one: marked(one[1]) if one[1] in known else one[0], kept)


def spelled(kept: str, names: Mapping[str, str], form: str = "{}") -> str:
    """A kept text with the names of the clauses that it refers to."""
    return _KEYED.sub(lambda one: form.format(names[one[1]]) if one[1] in names else one[0], kept)


def typed(kept: str, names: Mapping[str, str]) -> str:
    """A kept text as it was typed."""
    return spelled(kept, names, "[{}]")
