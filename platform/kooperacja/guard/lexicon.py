"""Readings of words by the dictionary of Morfeusz: given names, surnames, in any form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

_SURNAMES = {"nazwisko", "nazwisko_(odmężowskie)", "nazwisko_(odojcowskie)", "człon_nazwiska"}
_ALL_NAMES = _SURNAMES | {"imię", "patronimicum", "przydomek", "pseudonim"}
_PLACES = {"nazwa_geograficzna", "człon_nazwy_geograficznej"}
_OLD = {"daw.", "przest.", "arch.", "rzad."}
_PARTICLES = {"conj", "comp", "part", "prep", "interj", "adv"}

Case = tuple[str, str]  # number and case


@dataclass(frozen=True, slots=True)
class Form:
    """A reading as a name: its base, and in which numbers, cases and genders it stands."""

    base: str
    cases: frozenset[Case]
    gender: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The names and words that one form may be."""

    given: tuple[Form, ...] = ()
    surnames: tuple[Form, ...] = ()
    common: frozenset[str] = frozenset()  # bases of words that are no name and not archaic
    is_particle: bool = False  # also a conjunction, a preposition or the like
    is_adjective: bool = False  # as a common word nothing but an adjective
    is_unknown: bool = False


UNREAD = Reading()
_lock = Lock()


@cache
def _morfeusz() -> Any:
    """The dictionary, loaded with the first text."""
    # It takes 0.1 s and 45 MB, which a process that looks at no text saves.
    from morfeusz2 import Morfeusz

    return Morfeusz(generate=False)


def read(words: Iterable[str]) -> Mapping[str, Reading]:
    """Each word with its reading, all in one call.

    Nothing is remembered between two texts: a word asked for before would be answered sooner.
    """
    wanted = sorted(set(words))
    interpretations: dict[str, list[tuple[str, str, list[str], list[str]]]] = {}
    with _lock:  # one object for all threads: it is not made for several at once
        found = _morfeusz().analyse("\n".join(wanted))
    for _, _, (word, base, tag, names, labels) in found:
        interpretations.setdefault(word, []).append((base, tag, names, labels))
    return {word: _reading(interpretations.get(word, [])) for word in wanted}


def _reading(found: list[tuple[str, str, list[str], list[str]]]) -> Reading:
    given, surnames, common, kinds = [], [], set(), set()
    for base, tag, names, labels in found:
        bare, labelled = base.partition(":")[0].lower(), set(names)
        if "imię" in labelled:
            given.append(_form(bare, tag))
        if labelled & _SURNAMES:
            surnames.append(_form(bare, tag))
        if tag == "ign" or labelled & (_ALL_NAMES | _PLACES) or _OLD & set(labels):
            continue
        common.add(bare)
        kinds.add(tag.partition(":")[0])
    return Reading(
        tuple(given),
        tuple(surnames),
        frozenset(common),
        is_particle=bool(kinds & _PARTICLES),
        is_adjective=kinds == {"adj"},
        is_unknown=not found or all(tag == "ign" for _, tag, _, _ in found),
    )


def _form(base: str, tag: str) -> Form:
    """subst:sg.pl:nom.gen:m1 → in each number, in each case."""
    parts = [*tag.split(":"), "", "", ""]
    cases = {(number, case) for number in parts[1].split(".") for case in parts[2].split(".")}
    return Form(base, frozenset(cases), parts[3])
