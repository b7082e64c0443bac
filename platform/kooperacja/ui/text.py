"""Text that people and programs send, cleaned of what no reader sees."""

import re
import unicodedata
from collections.abc import Iterator

# Hyphens and minuses that other programs put in place of the one on the keyboard.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\ufe63\uff0d"), "-")
_DASHES |= {0x2015: "–", 0xFE58: "—"}
_BREAKS = {"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"}
# NUL stays: Django's own validator says what is wrong.
_KEPT = "\n\t\0"
# Letters, marks and symbols that show nothing: Default_Ignorable_Code_Point of Unicode without its
# category C, and fillers beside it (a blank of braille, a note without a head).
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U00016fe4\U0001d159\U000e0100-\U000e01ef]"
)
_MOST_MARKS = 30  # upon one letter (UAX 15, stream-safe text): normalising longer runs is quadratic
_SPACES = re.compile(r"[^\S\n]+")


class InLanguage(str):
    """A text whose language is known, so that a page is read out in it (WCAG 3.1.2)."""

    lang: str

    def __new__(cls, text: str, lang: str) -> "InLanguage":
        made = super().__new__(cls, text)
        made.lang = lang
        return made


def visible(text: str) -> str:
    """The text without signs that show nothing: bidi, zero-width, control; a break is a space."""
    if not text.isprintable():
        text = "".join(
            sign if unicodedata.category(sign)[0] != "C" else " " if sign in "\n\t\r" else ""
            for sign in text
        )
    return _UNSEEN.sub("", text)


def dialled(phone: str) -> str:
    """A telephone as a link dials it, without its extension."""
    return re.sub(r"[^0-9+]", "", re.split(r"[,a-z]", phone, maxsplit=1)[0])


def tidy_lines(text: str) -> str:
    """A text of several lines: NFC, no invisible signs, plain spaces and hyphens, trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DASHES)
    signs = "".join(_signs(_UNSEEN.sub("", text)))
    lines = unicodedata.normalize("NFC", signs).split("\n")
    kept = "\n".join(line.rstrip() for line in lines).strip()
    return kept if any(unicodedata.category(sign)[0] not in "MZ" for sign in kept) else ""


def tidy_line(text: str) -> str:
    """A text of one line, with single spaces between its words."""
    return _SPACES.sub(" ", tidy_lines(text).replace("\n", " "))


def _signs(text: str) -> Iterator[str]:
    """The signs that are kept, no more marks upon one letter than anybody can read."""
    marks = 0
    for sign in text:
        category = unicodedata.category(sign)
        if category[0] == "M":
            marks += len(unicodedata.normalize("NFD", sign))
            if marks <= _MOST_MARKS:
                yield sign
        elif sign in _BREAKS or category == "Zs":
            marks = 0
            yield _BREAKS.get(sign, " ")
        elif category[0] != "C" or sign in _KEPT:
            marks = 0
            yield sign
