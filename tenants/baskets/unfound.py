"""Words of a search that found nothing, as they may be kept: no numbers, no names (REG §5.1.h)."""

import re

from kooperacja.guard import lexicon
from tenants.services.finding import known_bases

MOST_WORDS, LONGEST = 5, 100
# A word with a digit in it is a number of something; what follows "ul." names a street.
_ADDRESS = re.compile(r"\S*[\d@]\S*|\b(ul|al|os|pl|ulic\w*|osiedl\w*|alej\w*)\b\.?\s*\S*")
_WORD = re.compile(r"[^\W\d_]+")


def kept_words(phrase: str) -> str:
    """The common words of a phrase in their base form; whatever may name somebody is left out."""
    plain = _ADDRESS.sub(" ", phrase.lower())
    words = list(dict.fromkeys(_WORD.findall(plain)))
    # As a name a word is known by its capital letter alone.
    readings = lexicon.read([*words, *map(str.capitalize, words)])
    kept = (_base(word, readings[word], readings[word.capitalize()]) for word in words)
    return " ".join(sorted({one for one in kept if one})[:MOST_WORDS])[:LONGEST]


def may_name_somebody(phrase: str) -> bool:
    """A number, an address, or a word that is known as a name alone."""
    plain = phrase.lower()
    if _ADDRESS.search(plain):
        return True
    words = list(dict.fromkeys(_WORD.findall(plain)))
    readings = lexicon.read([*words, *map(str.capitalize, words)])
    return any(_is_name(readings[word], readings[word.capitalize()]) for word in words)


def _is_name(reading: lexicon.Reading, as_name: lexicon.Reading) -> bool:
    is_named = bool(as_name.given or as_name.surnames)
    return is_named and not reading.is_particle and not reading.common & known_bases()


def _base(word: str, reading: lexicon.Reading, as_name: lexicon.Reading) -> str:
    """Empty for a name, for a word that no dictionary knows, for one that only joins others."""
    if reading.is_particle or not reading.common:
        return ""
    # Some surnames are words for help too, such as Opieka.
    if _is_name(reading, as_name):
        return ""
    return word if word in reading.common else min(reading.common)
