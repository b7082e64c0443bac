"""The marks by which a listed service is found: words of its name, words of its text, what it is for (REG §3.4).

They stand in one column with one index, so that a question is answered by one look into it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.db.models import BooleanField, F, Func, Q, Value

from kooperacja.guard import lexicon
from kooperacja.ui.polish import fold
from kooperacja.ui.search import MAX_WORDS

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40  # letters of a word; a text may be one word from its beginning to its end
_NAME, _TEXT = "name", "text"
ANY = "ANY"  # of an age or a place: it is found whatever is chosen
# Of a word that no dictionary knows, since it has no diacritics, what stands before its ending.
_STEM, _ENDING = 5, 2


def mark(kind: str, code: str) -> str:
    """The mark that a service and the choice of a reader share."""
    return f"{kind}:{code}"


def words_marked(name: Iterable[str], text: Iterable[str]) -> set[str]:
    """The marks of words, each as it is written and in its base form."""
    said = {_NAME: name, _TEXT: text}
    return {
        mark(kind, form)
        for kind, texts in said.items()
        for word in _words(" ".join(texts))
        for form in _forms(word)
    }


def kept(marks: Iterable[str]) -> str:
    """Marks as the column keeps them, so that the same ones are the same text."""
    return " ".join(_quoted(one) for one in sorted(set(marks), key=str.encode))


def one_of(*questions: str) -> str:
    return f"({' | '.join(questions)})"


def all_of(*questions: str) -> str:
    return " & ".join(one for one in questions if one)


def is_marked(kind: str, code: str) -> str:
    """The question that finds one mark."""
    return _quoted(mark(kind, code))


def fits(question: str) -> Q:
    """The condition that the marks of a service answer a question; an empty one is answered by all."""
    if not question:
        return Q()
    asked = Func(Value(question), template="(%(expressions)s)::tsquery")
    return Q(
        Func(
            F("marks"),
            asked,
            arg_joiner=" @@ ",
            template="%(expressions)s",
            output_field=BooleanField(),
        )
    )


def resembles(phrase: str) -> Q:
    """The condition that a name has words much like these, in their order."""
    return Q(
        Func(
            Value(fold(phrase)),
            F("title"),
            template="%(expressions)s",
            arg_joiner=" <%% ",
            output_field=BooleanField(),
        )
    )


class Phrase:
    """The words of a reader, as questions to the marks."""

    def __init__(self, phrase: str) -> None:
        words = list(dict.fromkeys(_words(phrase)))
        readings = lexicon.read(words)
        telling = [one for one in words if not readings[one].is_particle] or words
        self._words = [_forms_asked(one, readings[one]) for one in telling[:MAX_WORDS]]

    def __bool__(self) -> bool:
        return bool(self._words)

    @property
    def in_name(self) -> str:
        """Each word stands in the name of the service or of its institution."""
        return all_of(*(one_of(*_in(_NAME, forms)) for forms in self._words))

    @property
    def in_text(self) -> str:
        """Each word stands somewhere, not all of them in the name."""
        anywhere = [one_of(*_in(_NAME, forms), *_in(_TEXT, forms)) for forms in self._words]
        return all_of(*anywhere, f"!({self.in_name})")


def _in(kind: str, forms: Iterable[tuple[str, bool]]) -> Iterator[str]:
    return (is_marked(kind, form) + (":*" if is_begun else "") for form, is_begun in forms)


def _forms_asked(word: str, reading: lexicon.Reading) -> list[tuple[str, bool]]:
    """Forms in which a word may be written, each with True where more letters may follow."""
    bare = fold(word)
    if reading.is_unknown:
        return [(bare[: max(_STEM, len(bare) - _ENDING)], True)]
    return [(bare, True), *((fold(base), False) for base in sorted(reading.common - {word}))]


def _words(text: str) -> list[str]:
    return [word[:_LONGEST] for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=20_000)
def _forms(word: str) -> frozenset[str]:
    """A word of a service that is listed, as it is written and in its base forms."""
    return frozenset(fold(form)[:_LONGEST] for form in {word, *lexicon.read([word])[word].common})


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
