"""Names of people in a text: a given name with a surname, and a surname after "pani" or "rodzina"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kooperacja.guard import lexicon
from kooperacja.guard.kinds import Finding, Kind
from kooperacja.guard.known import Known
from kooperacja.guard.lexicon import Form, Reading
from kooperacja.guard.vocabulary import (
    BODIES,
    COUPLE,
    ENDINGS,
    FAMILY,
    FOREIGN,
    FUNCTIONS,
    MEN,
    NAMED_AFTER,
    NO_SURNAMES,
    PERSON,
    ROMAN,
    STREETS,
    TITLES,
    WITH_STOP,
    WOMEN,
)

_TOKEN = re.compile(r"([^\W\d_]+(?:['-][^\W\d_]+)*)(\.?)")
_GAP = re.compile(r"[ \t]{0,3}\n?[ \t]{0,3}")
_LONGEST = 40  # letters; no name has more
_REACH = 5  # words from "pani" to a surname at most


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text, and whether nothing but space parts it from the next one."""

    word: str
    start: int
    end: int
    has_stop: bool
    is_joined: bool
    is_wrapped: bool  # the next one stands in the next line

    @property
    def is_big(self) -> bool:
        return self.word[0].isupper()

    @property
    def is_initial(self) -> bool:
        return len(self.word) == 1 and self.is_big and self.has_stop

    @property
    def is_acronym(self) -> bool:
        return len(self.word) < 6 and self.word.isupper()

    @property
    def parts(self) -> list[str]:
        """The words as the dictionary is asked for them: each of a double surname."""
        shape = str.title if self.is_big else str.lower
        return [shape(part) for part in self.word.split("-")]


def names(text: str, known: Known) -> Iterator[Finding]:
    """Names that nobody of the register bears."""
    found = _Text(text).found(known)
    taken = -1
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if finding.start >= taken:
            taken = finding.end
            yield finding


def _tokens(text: str) -> list[Token]:
    found = list(_TOKEN.finditer(text))
    tokens = []
    for place, one in enumerate(found):
        following = found[place + 1].start() if place + 1 < len(found) else None
        has_stop = bool(one[2])
        bare = one[1].lower()
        may_join = not has_stop or len(bare) == 1 or bare in TITLES | WITH_STOP | NAMED_AFTER
        may_join = may_join or bool(STREETS.match(bare))
        is_joined = (
            may_join
            and following is not None
            and _GAP.fullmatch(text, one.end(), following) is not None
        )
        is_wrapped = is_joined and "\n" in text[one.end() : following]
        tokens.append(Token(one[1], one.start(), one.end(1), has_stop, is_joined, is_wrapped))
    return tokens


class _Text:
    """The words of one text with their readings."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.exempt = self._exempt()
        self.readings = lexicon.read(self._asked())

    # --- what is asked of the dictionary ------------------------------------------------------

    def _asked(self) -> Iterator[str]:
        """Words that may be part of a name: big ones beside each other, and those after "pani"."""
        near = 0
        for place, token in enumerate(self.tokens):
            if self._is_address(token):
                near = _REACH
                continue
            before = self.tokens[place - 1] if place else None
            beside = token.is_joined or (before is not None and before.is_joined)
            if len(token.word) <= _LONGEST and (near or (token.is_big and beside)):
                yield from token.parts
                if near and not token.is_big:
                    yield from (part.title() for part in token.parts)
            near = near - 1 if near and token.is_joined else 0

    def _exempt(self) -> set[int]:
        """Places of words that name a street, a patron or a body."""
        exempt: set[int] = set()
        for place, token in enumerate(self.tokens):
            word = token.word.lower()
            most = 0
            if word in NAMED_AFTER or token.word in BODIES:
                most = 5
            elif STREETS.match(word) and (token.has_stop or len(word) > 2):
                most = 6
            while most and self.tokens[place].is_joined:
                place, most = place + 1, most - 1
                following = self.tokens[place]
                if not (following.is_big or following.has_stop or len(following.word) < 4):
                    break
                exempt.add(place)
        return exempt

    def _is_address(self, token: Token) -> bool:
        word = token.word.lower()
        if word in WITH_STOP:
            return token.has_stop and token.is_joined
        return word in FAMILY | COUPLE | PERSON and token.is_joined and not token.has_stop

    # --- one word ------------------------------------------------------------------------------

    def _next(self, place: int) -> int | None:
        return place + 1 if self.tokens[place].is_joined else None

    def _beside(self, place: int) -> int | None:
        """The next word; in the next line only one that is nothing but a name."""
        after = self._next(place)
        if after is None or not self.tokens[place].is_wrapped:
            return after
        reading = self._reading(self.tokens[after])
        is_more = reading.is_unknown or (reading.common and not reading.is_adjective)
        return None if is_more else after

    def _reading(self, token: Token) -> Reading:
        """Read a word; the last part decides for a double surname."""
        return self.readings.get(token.parts[-1], lexicon.UNREAD)

    def _starts_sentence(self, place: int) -> bool:
        start = self.tokens[place].start
        before = self.text[max(0, start - 8) : start].rstrip(' \t"„(-')[-1:]
        return before in ("", ".", "!", "?", ":", "\n", "\u2022")

    def _is_given(self, place: int) -> bool:
        token = self.tokens[place]
        if not token.is_big or place in self.exempt or len(token.word) < 2:
            return False
        if token.word.lower() in FAMILY | COUPLE | PERSON:
            return False
        reading = self._reading(token)
        return bool(reading.given) or (reading.is_unknown and is_foreign(token.word))

    def _may_be_surname(self, place: int) -> bool:
        token = self.tokens[place]
        if not token.is_big or place in self.exempt or len(token.word) < 2:
            return False
        if token.word.lower() in FAMILY | COUPLE | PERSON or ROMAN.match(token.word):
            return False
        reading = self._reading(token)
        if reading.surnames:
            return not {form.base for form in reading.surnames} <= NO_SURNAMES
        return reading.is_unknown and len(token.word) > 2 and not self._is_acronym(place)

    def _is_acronym(self, place: int) -> bool:
        """OPS; but not where all is written in capitals."""
        around = self.tokens[max(0, place - 1) : place + 2]
        return self.tokens[place].is_acronym and not all(one.word.isupper() for one in around)

    def _is_function(self, place: int) -> bool:
        token = self.tokens[place]
        if token.word.lower() in TITLES:
            return True
        return bool(self._reading(token).common & FUNCTIONS)

    def _bases(self, place: int) -> frozenset[str]:
        """The forms under which a register may have this word."""
        token = self.tokens[place]
        bases = set()
        for part in token.parts:
            reading = self.readings.get(part.title(), self.readings.get(part, lexicon.UNREAD))
            bases |= {form.base for form in (*reading.given, *reading.surnames)}
            bases |= {part.lower()} if reading.surnames or reading.given else guesses(part)
        return frozenset(bases)

    # --- names ---------------------------------------------------------------------------------

    def found(self, known: Known) -> Iterator[Finding]:
        for place, token in enumerate(self.tokens):
            if self._is_address(token):
                yield from self._addressed(place, known)
            elif token.is_initial and place not in self.exempt:
                yield from self._initialled(place, known)
            elif self._is_given(place):
                yield from self._given_first(place, known)
            elif self._may_be_surname(place):
                yield from self._surname_first(place, known)

    def _finding(self, kind: Kind, first: int, last: int) -> Finding:
        start, end = self.tokens[first].start, self.tokens[last].end
        return Finding(start, end, kind, " ".join(self.text[start:end].split()))

    def _given_first(self, first: int, known: Known) -> Iterator[Finding]:
        """Anna Kowalska, Annie Marii Kowalskiej, Jana M. Nowaka."""
        last = self._beside(first)
        if last is not None and (self._is_given(last) or self.tokens[last].is_initial):
            after = self._beside(last)
            if after is not None and self._may_be_surname(after):
                last = after
        if last is None or not self._may_be_surname(last) or self._has_roman_after(last):
            return
        given, surname = self._reading(self.tokens[first]), self._reading(self.tokens[last])
        if surname.common and (given.is_particle or not _agree(given.given, surname.surnames)):
            return
        if given.common and self._is_function(last):
            return
        if known.has_institution(self.tokens[first].word, self.tokens[last].word):
            return
        if not known.has_person(self._bases(first), self._bases(last)):
            yield self._finding(Kind.NAME, first, last)

    def _has_roman_after(self, place: int) -> bool:
        after = self._beside(place)
        return after is not None and bool(ROMAN.match(self.tokens[after].word))

    def _surname_first(self, first: int, known: Known) -> Iterator[Finding]:
        """Kowalska Anna, as in lists."""
        last = self._beside(first)
        if last is None or not self._is_given(last) or self._is_function(first):
            return
        surname, given = self._reading(self.tokens[first]), self._reading(self.tokens[last])
        if not _agree(surname.surnames, given.given) or given.is_particle:
            return
        if surname.common and self._starts_sentence(first) and not surname.is_adjective:
            return
        after = None if self.tokens[last].is_wrapped else self._next(last)
        if (
            after is not None
            and self._may_be_surname(after)
            and self._reading(self.tokens[after]).surnames
            and not self._is_given(after)
        ):
            return  # the given name belongs to what follows
        if not known.has_person(self._bases(last), self._bases(first)):
            yield self._finding(Kind.NAME, first, last)

    def _initialled(self, first: int, known: Known) -> Iterator[Finding]:
        """A. Kowalska, J. M. Nowak."""
        last: int | None = first
        for _ in range(_REACH):
            if last is None or not self.tokens[last].is_initial:
                break
            last = None if self.tokens[last].is_wrapped else self._next(last)
        if last is None or not self._may_be_surname(last) or self._is_function(last):
            return
        reading = self._reading(self.tokens[last])
        if reading.is_unknown or (reading.common and not reading.is_adjective):
            return
        if not known.has_person(self._bases(last)):
            yield self._finding(Kind.NAME, first, last)

    def _addressed(self, first: int, known: Known) -> Iterator[Finding]:
        """Rodziny Kowalskich, panu Nowakowi, p. Wiśniewską, pani dyrektor Kowalska."""
        word = self.tokens[first].word.lower()
        last = self._beside(first)
        for _ in range(_REACH):
            if last is None or not (self._is_function(last) or self.tokens[last].is_initial):
                break
            last = self._beside(last)
        if last is None or last in self.exempt or self._is_named_in_full(last):
            return
        if not self._is_surname_after(word, last):
            return
        is_person = word in PERSON
        if not (is_person and known.has_person(self._bases(last))):
            yield self._finding(Kind.SURNAME, first, last)

    def _is_named_in_full(self, place: int) -> bool:
        """A given name with a surname after it is found by itself."""
        after = None if self.tokens[place].is_wrapped else self._next(place)
        return self._is_given(place) and after is not None and self._may_be_surname(after)

    def _is_surname_after(self, word: str, place: int) -> bool:
        token = self.tokens[place]
        if len(token.word) > _LONGEST:
            return False
        if token.is_big:
            if not self._may_be_surname(place) or self._is_given_alone(word, place):
                return False
            reading = self._reading(token)
            return reading.is_unknown or _fits(word, reading.surnames)
        return self._is_small_surname(word, token)

    def _is_given_alone(self, word: str, place: int) -> bool:
        """Panie Janie, pani Anna: a given name that somebody may also have as a surname."""
        genders = {"m1"} if word in MEN else {"f"} if word in WOMEN else {"f", "m1"}
        return word in PERSON and any(
            form.gender in genders and number == "sg"
            for form in self._reading(self.tokens[place]).given
            for number, _ in form.cases
        )

    def _is_small_surname(self, word: str, token: Token) -> bool:
        """Written without a capital: pani kowalska, but no rodzina śląska."""
        if len(token.word) < 3:
            return False
        small = self.readings.get(token.parts[-1], lexicon.UNREAD)
        big = self.readings.get(token.parts[-1].title(), lexicon.UNREAD)
        if not _fits(word, big.surnames) or big.given:
            return False
        return not small.common or (word in PERSON and small.is_adjective and is_ski(token.word))


def _agree(some: tuple[Form, ...], others: tuple[Form, ...]) -> bool:
    """Both may stand in one case; a name that the dictionary does not have may stand in any."""
    if not some or not others:
        return True
    return any(one.cases & other.cases for one in some for other in others)


def _fits(word: str, forms: tuple[Form, ...]) -> bool:
    """After "rodzina" and "państwo" stands a plural, or the surname as it is called."""
    good = [form for form in forms if form.base not in NO_SURNAMES]
    if word in PERSON:
        return bool(good)
    return any(
        (case[0] == "pl" and form.gender.startswith("m1"))
        or (case == ("sg", "nom") and (word in FAMILY or form.gender.startswith("m1")))
        for form in good
        for case in form.cases
    )


def is_foreign(word: str) -> bool:
    """A given name from abroad, in whichever case."""
    small = word.lower()
    if not small.startswith(FOREIGN):
        return False
    return any(small.startswith(stem) and len(small) - len(stem) < 6 for stem in FOREIGN)


def is_ski(word: str) -> bool:
    return bool(re.search(r"[sc]k(?:i|a|iego|iej|iemu|im|ą|ich)\Z", word))


def guesses(word: str) -> set[str]:
    """The bases that a surname unknown to the dictionary may have."""
    small = word.lower()
    stem = ENDINGS.sub("", small, count=1)
    shorter = {small, stem, small[:-1], small[:-2]}
    return {one + end for one in shorter if len(one) > 2 for end in ("", "a", "o", "i", "y", "e")}
