"""A text far beyond its greatest length is refused before anything reads it sign by sign."""

import time
import unicodedata
from contextlib import suppress
from typing import Any

import pytest
from django import forms

from kooperacja.documents.uploads import clean_name
from kooperacja.ui import fields
from kooperacja.ui.fields import DayField, Line
from kooperacja.ui.text import tidy_lines
from tests.kooperacja.ui.test_fields import EVERY

# Marks whose order each normaliser has to put right: quadratic in their number.
MARKS = "a" + "\u0301\u0316" * 500_000
LETTERS = "ż" * 4_900_000
BLANKS = "\u2800 " * 500_000
TEXTS = [
    (f"{form.__module__}.{form.__qualname__}.{name}", field)
    for form in EVERY
    for name, field in form.base_fields.items()
    if isinstance(field, forms.CharField | DayField)
]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long the texts were that were normalised or tidied."""
    lengths: list[int] = []

    def watched(function: Any, at: int) -> Any:
        def watching(*args: Any) -> Any:
            lengths.append(len(args[at]))
            return function(*args) if len(args[at]) < 100_000 else args[at]

        return watching

    monkeypatch.setattr(unicodedata, "normalize", watched(unicodedata.normalize, 1))
    for tidy in ("tidy_line", "tidy_lines"):
        monkeypatch.setattr(fields, tidy, watched(getattr(fields, tidy), 0))
    return lengths


def test_every_text_of_every_form_is_measured_before_it_is_read(read: list[int]) -> None:
    assert len(TEXTS) > 100
    for name, field in TEXTS:
        for sent in (MARKS, LETTERS, BLANKS):
            read.clear()
            with suppress(forms.ValidationError):
                field.clean(sent)
                assert name.startswith("kooperacja.accounts."), name  # bounded when it is asked
            most = getattr(field, "max_length", None) or 20
            assert max(read, default=0) <= 4 * most + 100, name


def test_a_text_that_tidying_makes_short_enough_is_taken() -> None:
    assert Line(max_length=3).clean("a\u200b" * 3 + " " * 50) == "aaa"
    assert DayField().clean(" " * 50 + "2026-11-28").isoformat() == "2026-11-28"


def test_how_much_is_too_much_is_said() -> None:
    with pytest.raises(forms.ValidationError, match="najwięcej znaków: 3"):
        Line(max_length=3).clean(LETTERS)


@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0f73", "\u0344", "\u0301\ufe0f\u0316\u034f"])
def test_no_letter_bears_more_marks_than_a_stream_safe_text(marks: str) -> None:
    began = time.process_time()
    kept = unicodedata.normalize("NFD", tidy_lines("a" + marks * 20_000 + "b" + marks * 20_000))
    assert time.process_time() - began < 2
    assert kept.count("a") == kept.count("b") == 1
    assert 29 <= len(kept[1 : kept.index("b")]) <= 30


def test_a_name_of_a_file_is_measured_too(read: list[int]) -> None:
    assert clean_name(MARKS + "/skan.pdf") == "skan.pdf"
    assert clean_name("umowa\u2800\ufe0f\U000e0100.pdf") == "umowa.pdf"
    assert len(clean_name(MARKS)) < 200
    assert max(read) <= 600
