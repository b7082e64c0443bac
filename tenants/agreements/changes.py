"""Differences between two versions of the text of an agreement, clause by clause."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kooperacja.ui.difference import Piece, difference
from tenants.agreements.numbering import Line

Kept = Mapping[str, str]  # key, name and text of a clause, as a version keeps them

_SIGNS = ".;"
_OUTSIDE = {
    "title": "Tytuł",
    "preamble": "Preambuła",
    "support": "Wsparcie samorządu województwa",
    "annex": "Załącznik",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that reads otherwise; `how` says it in a word."""

    key: str
    name: str
    how: str
    pieces: tuple[Piece, ...]


def kept(lines: Iterable[Line]) -> list[dict[str, str]]:
    """The lines as a version keeps them."""
    return [
        {"key": one.key, "name": one.name or _OUTSIDE.get(one.key, ""), "text": one.text}
        for one in lines
    ]


def changes(before: Iterable[Kept], after: Iterable[Kept]) -> list[Change]:
    """The clauses that differ, in the order of the new text; what went stands at the end.

    A clause is known by its key, so one whose number alone has moved is no change, nor is the sign
    at the end of a point that is no longer the last one.
    """
    old, new = ({row["key"]: row for row in rows} for rows in (before, after))
    return list(_changes(old, new))


def _changes(old: Mapping[str, Kept], new: Mapping[str, Kept]) -> Iterator[Change]:
    for key in dict.fromkeys([*new, *old]):
        was, now = (rows[key]["text"] if key in rows else "" for rows in (old, new))
        if was.rstrip(_SIGNS) == now.rstrip(_SIGNS):
            continue
        how = "nowe" if key not in old else "zmienione" if key in new else "usunięte"
        yield Change(key, (new.get(key) or old[key])["name"], how, difference(was, now))
