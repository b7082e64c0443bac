"""Text that people and programs send, cleaned of what no reader sees."""

import re
import unicodedata

# Hyphens and minuses that other programs put in place of the one on the keyboard.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212\ufe63\uff0d"), "-")
_DASHES |= {0x2015: "–", 0xFE58: "—"}
_BREAKS = {"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0b": "\n", "\x0c": "\n"}
# NUL stays: Django's own validator says what is wrong.
_KEPT = "\n\t\0"
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe0e\ufe0f"  # fillers that are letters
_SPACES = re.compile(r"[^\S\n]+")


def visible(text: str) -> str:
    """The text without signs of category C: bidi, zero-width, control; a break becomes a space."""
    if text.isprintable():
        return text
    return "".join(
        sign if unicodedata.category(sign)[0] != "C" else " " if sign in "\n\t\r" else ""
        for sign in text
    )


def tidy_lines(text: str) -> str:
    """A text of several lines: NFC, no invisible signs, plain spaces and hyphens, trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DASHES)
    signs = "".join(map(_sign, text))
    lines = unicodedata.normalize("NFC", signs).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def tidy_line(text: str) -> str:
    """A text of one line, with single spaces between its words."""
    return _SPACES.sub(" ", tidy_lines(text).replace("\n", " "))


def _sign(sign: str) -> str:
    if sign in _BREAKS:
        return _BREAKS[sign]
    category = unicodedata.category(sign)
    if category == "Zs":
        return " "
    is_hidden = category[0] == "C" and sign not in _KEPT
    return "" if is_hidden or sign in _INVISIBLE else sign
