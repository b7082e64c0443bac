"""Text is kept without what no reader sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kooperacja.ui.text import tidy_line, tidy_lines, visible


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("  Jan\u00a0\u2009Kowalski ", "Jan Kowalski"),
        ("Jan\u200b\u00ad \u2060Ko\ufeffwalski", "Jan Kowalski"),
        ("\u202eiksuleZ\u202c \u2066Jan\u2069", "iksuleZ Jan"),
        ("Z\u0307o\u0301l\u0301w", "\u017b\u00f3\u013aw"),
        ("Bielsko\u2011Biała, 12\u22123", "Bielsko-Biała, 12-3"),
        ("2020–2030 — plan", "2020–2030 — plan"),
        ("pierwszy\r\ndrugi\x85trzeci\u2028czwarty", "pierwszy drugi trzeci czwarty"),
        ("a\ud800b\ue000c", "abc"),
    ],
)
def test_a_line_is_tidied(sent: str, kept: str) -> None:
    assert tidy_line(sent) == kept


def test_a_text_of_several_lines_keeps_them() -> None:
    assert tidy_lines("\n a\r\n\r\nb\u00a0\u00a0c  \r\n") == "a\n\nb  c"


@given(st.text())
def test_tidied_text_holds_nothing_hidden_and_is_tidied_once(text: str) -> None:
    for tidy in (tidy_line, tidy_lines):
        kept = tidy(text)
        assert tidy(kept) == kept
        assert unicodedata.is_normalized("NFC", kept)
        assert not {unicodedata.category(sign) for sign in kept if sign not in "\n\t\0"} & {
            *("Cc", "Cf", "Cs", "Co", "Cn")
        }


def test_names_that_were_kept_before_are_shown_without_hidden_signs() -> None:
    assert visible("Jan\u202e\u0000\u200b\nKowalski") == "Jan Kowalski"
