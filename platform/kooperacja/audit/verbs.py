"""Verbs of the journal in Polish."""

from functools import cache

from kooperacja import offers


@cache
def all_verbs() -> dict[str, str]:
    """Code → words, of all apps."""
    return {code: words for verbs in offers.of(offers.Verbs) for code, words in verbs.words.items()}


def label(code: str) -> str:
    return all_verbs().get(code, code)
