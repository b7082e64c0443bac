"""Finding types of services by everyday words: inflected, without diacritics, mistyped (REG §3.4).

Each word of the types is known in all its forms, which Morfeusz gives, and by the everyday words
that mean the same; a word that no dictionary knows is taken for the one it resembles most.
"""

import re
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from heapq import nsmallest
from math import log
from operator import add, or_
from typing import Any
from unicodedata import normalize

from kooperacja.guard import lexicon
from kooperacja.ui.polish import fold
from kooperacja.ui.search import MAX_WORDS
from tenants.services.everyday import everyday
from tenants.services.types import ServiceType, types
from tenants.services.vocabulary import vocabulary

MOST = 10
_MOST_WORDS = 40  # that are read; those that say something are fewer
_WORD = re.compile(r"[^\W_]+")
# What a verb has of its person, as "straciłem": the dictionary takes it for a word apart.
_OF_PERSON = re.compile(r"(?<=[łl])(em|eś|es)$|(?<=[łl][aoiy])(m|ś|s|śmy|smy|ście|scie)$")
_IN_SENTENCE = 0.4  # a word of the sentence about a type says less than one of its names
# How many letters a word must have to be taken for a mistyped one, and how near it must be: one
# that a dictionary knows was rather meant as it stands.
_UNKNOWN, _KNOWN = (4, 0.8), (5, 0.85)
_LONGEST_PARTICLE = 5
_SHORT = "brev"  # the tag of an abbreviation, such as "w." of "wiek"
_CANDIDATES = 40
_FAR_BELOW = 0.25  # of the best one's score, where the rest is no answer any more
# Stand in what anybody says.
_EVERYWHERE = {"ja", "on", "ten", "sam", "kto", "coś", "ktoś", "być", "mieć", "móc", "chcieć"}

Bases = frozenset[str]
Term = tuple[Bases, ...]
Said = MutableMapping[str, Any]


def found(phrase: str) -> list[ServiceType]:
    """The types that a phrase may mean, the likeliest first; none where no word is known."""
    return _whole(vocabulary().added).found(phrase)


@cache
def _index() -> "Index":
    return Index(types())


# Words of the file are read once, those that were added as soon as they change.
@lru_cache(maxsize=32)
def _whole(added: tuple[ServiceType, ...]) -> "Index":
    return Index(added, _index()) if added else _index()


def known_bases() -> Bases:
    """The words of all types, in their base form."""
    return _whole(vocabulary().added).all_bases


def get_ready() -> None:
    """Make what the first search would make: it takes half a second."""
    _index()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A type by the bases of its words."""

    type: ServiceType
    terms: tuple[Term, ...]
    words: Bases  # of all its terms
    sentence: Bases

    def has(self, bases: Bases) -> float:
        """How much a word with these bases says of the type."""
        if bases & self.words:
            return 1
        return _IN_SENTENCE if bases & self.sentence else 0


class Index:
    """Types in all forms of their words, beside those of another index."""

    def __init__(self, known: Iterable[ServiceType], other: "Index | None" = None) -> None:
        known = tuple(known)
        texts = [text for one in known for text in (*one.words, *one.everyday, one.about)]
        self._bases = _bases_of({word for text in texts for word in _WORD.findall(text)})
        bases = Bases().union(*self._bases.values())
        self.all_bases: Bases = bases | (other.all_bases if other else Bases())
        self._entries: list[_Entry] = [*(other._entries if other else ()), *map(self._entry, known)]
        forms: Said = _forms_of({base: {base} for base in bases} | _meant(bases))
        self._forms: Said = _beside(forms, other._forms, or_) if other else forms
        grams: Said = {}
        for form in {fold(form) for form in forms}:
            for gram in _grams_of(form):
                grams.setdefault(gram, []).append(form)
        self._grams: Said = _beside(grams, other._grams, add) if other else grams

    def found(self, phrase: str, most: int = MOST) -> list[ServiceType]:
        """The likeliest types; words that are known and mean none are taken for mistyped ones last."""
        words = list(dict.fromkeys(_WORD.findall(normalize("NFC", phrase).lower())))[:_MOST_WORDS]
        readings = dict(_read(words))
        asked = [self._asked(word, reading) for word, reading in readings.items()]
        if not any(asked):
            asked = [self._nearly(word, *_KNOWN) for word in readings]
        known = list(dict.fromkeys(bases for bases in asked if bases))
        scores = self._scores(known[:MAX_WORDS])
        order = sorted(scores, key=lambda place: (-scores[place], place))[:most]
        least = _FAR_BELOW * max(scores.values(), default=0)
        return [self._entries[place].type for place in order if scores[place] >= least]

    def _entry(self, one: ServiceType) -> _Entry:
        terms = tuple(tuple(self._words_of(words)) for words in (*one.words, *one.everyday))
        every = (word for term in terms for word in term)
        return _Entry(one, terms, Bases().union(*every), Bases().union(*self._words_of(one.about)))

    def _words_of(self, text: str) -> Iterator[Bases]:
        return (bases for word in _WORD.findall(text) if (bases := self._bases[word]))

    def _asked(self, word: str, reading: lexicon.Reading) -> Bases:
        """The bases that a word may have; none where it says nothing of any type."""
        if word in self._forms or not reading.is_unknown:
            return Bases(self._forms.get(word, ()))
        return Bases(self._forms.get(fold(word), ())) or self._nearly(word, *_UNKNOWN)

    def _nearly(self, word: str, least: int, near: float) -> Bases:
        """The bases of the forms that it resembles most."""
        bare = fold(word)
        if len(bare) < least:
            return Bases()
        shared = Counter(form for gram in _grams_of(bare) for form in self._grams.get(gram, ()))
        candidates = nsmallest(
            _CANDIDATES, shared, key=lambda form: (-shared[form], len(form), form)
        )
        close = get_close_matches(bare, candidates, n=2, cutoff=near)
        return Bases().union(*(self._forms[form] for form in close))

    def _scores(self, asked: list[Bases]) -> dict[int, float]:
        """By the place of a type: rare words count more, and again where they make up a whole name."""
        worth = {bases: self._worth(bases) for bases in asked}
        scores: dict[int, float] = {}
        for place, entry in enumerate(self._entries):
            score = sum(entry.has(bases) * worth[bases] for bases in asked)
            if score:
                whole = max(self._wholeness(term, worth) for term in entry.terms)
                scores[place] = score + whole
        return scores

    def _worth(self, bases: Bases) -> float:
        count = sum(1 for entry in self._entries if entry.has(bases))
        return log(1 + len(self._entries) / count)

    def _wholeness(self, term: Term, worth: Mapping[Bases, float]) -> float:
        """The worth of the words of a name that were asked for, by how much of the name they are."""
        hit = [max((worth[one] for one in worth if one & word), default=0.0) for word in term]
        return sum(hit) * sum(map(bool, hit)) / len(term) if term else 0


def _read(words: list[str]) -> Iterator[tuple[str, lexicon.Reading]]:
    """Each word with its reading; a verb without its person where it is known so alone."""
    plain = {word: _OF_PERSON.sub("", word) for word in words}
    readings = lexicon.read([*plain, *plain.values()])
    for word, bare in plain.items():
        known = bare if readings[word].is_unknown and not readings[bare].is_unknown else word
        yield known, readings[known]


def _bases_of(words: set[str]) -> dict[str, Bases]:
    """Each word of the types with its bases; none of one that only joins others."""
    readings = lexicon.read(word.lower() for word in words)
    found = {}
    for word in words:
        reading = readings[word.lower()]
        # "AA" is an interjection too.
        is_joining = reading.is_particle and not word.isupper() and len(word) <= _LONGEST_PARTICLE
        is_idle = is_joining or reading.common & _EVERYWHERE
        found[word] = Bases() if is_idle else reading.common or Bases({word.lower()})
    return found


def _beside(own: Said, others: Said, join: Callable[[Any, Any], Any]) -> Said:
    """Words with all that both say of them, without a copy of the others."""
    both = {
        word: join(others[word], said) if word in others else said for word, said in own.items()
    }
    return ChainMap(both, others)


def _meant(bases: Bases) -> dict[str, set[str]]:
    """Everyday words with the bases that they stand for, beside their own where it is known."""
    readings = lexicon.read({word for means in everyday().values() for word in means})
    known = {word: (reading.common | {word}) & bases for word, reading in readings.items()}
    return {
        word: set[str]().union({word} & bases, *(known[meant] for meant in means))
        for word, means in everyday().items()
    }


def _forms_of(words: Mapping[str, set[str]]) -> dict[str, Bases]:
    """Every form of the words, as it is written and without diacritics, with the bases it may mean."""
    # As in the lexicon: a process that finds nothing saves the dictionary.
    from morfeusz2 import Morfeusz

    morfeusz, found = Morfeusz(analyse=False), dict[str, set[str]]()
    for word, bases in words.items():
        every = morfeusz.generate(word)
        forms = {form for form, _, tag, *_ in every if not tag.startswith(_SHORT)}
        for form in {word, *forms}:
            for written in (form.lower(), fold(form)):
                found.setdefault(written, set()).update(bases)
    return {form: Bases(each) for form, each in found.items()}


def _grams_of(word: str) -> set[str]:
    """Each two letters that stand together, and the first one."""
    return {f" {word}"[place : place + 2] for place in range(len(word))}
