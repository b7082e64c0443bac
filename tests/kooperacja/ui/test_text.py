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
        ("O\u2800\ufe01P\u180e\u180bS\U0001d159", "OPS"),
        ("\u2800 \U000e0100", ""),
        ("\u0301\u0316 \u0301", ""),
        ("\0", "\0"),
    ],
)
def test_a_line_is_tidied(sent: str, kept: str) -> None:
    assert tidy_line(sent) == kept


# Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt), and fillers beside it.
IGNORABLE = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5)),
    *((0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8)),
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
FILLERS = "\u2800\U0001d159\U00016fe4"


def test_a_sign_that_shows_nothing_is_neither_kept_nor_shown() -> None:
    unseen = [chr(code) for first, last in IGNORABLE for code in range(first, last + 1)]
    for sign in [*unseen, *FILLERS]:
        assert tidy_line(sign) == tidy_lines(sign) == visible(sign) == "", hex(ord(sign))
        assert tidy_line(f"biuro@op{sign}s.pl") == "biuro@ops.pl"


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
