"""All personal data in one text."""

import re
import unicodedata

from kooperacja.guard.addresses import addresses, emails
from kooperacja.guard.kinds import Finding
from kooperacja.guard.known import Known
from kooperacja.guard.names import names
from kooperacja.guard.numbers import pesels, phones

LONGEST = 20_000  # signs of one text; a field of a form has fewer
_SIGNS = str.maketrans("\u00a0\u202f\u2009–—‑−’\r", "   ----' ")
_OTHER_DIGITS = re.compile(r"(?![0-9])\d")


def find(text: str, known: Known) -> list[Finding]:
    """Personal data that are not public, in the order of the text."""
    plain = _OTHER_DIGITS.sub(lambda one: str(unicodedata.decimal(one[0])), text)
    plain = plain.translate(_SIGNS)
    posted = list(addresses(plain, known))
    numbered = [*pesels(plain), *emails(plain, known)]
    rest = _without(plain, [*posted, *numbered])
    found = [*posted, *numbered, *phones(rest, known), *names(_without(plain, numbered), known)]
    return sorted(found)


def _without(text: str, found: list[Finding]) -> str:
    """The text with what was found blotted out, so that no part of it is found again."""
    parts, place = [], 0
    for one in sorted(found):
        if one.start >= place:
            parts += [text[place : one.start], "\0" * (one.end - one.start)]
            place = one.end
    return "".join([*parts, text[place:]])
