"""Faults of wording that a machine can find, in a source text or in a page as it is read."""

import re

NOUNS = r"(?:kooperan|osób|osoby|osoba|instytucj|kod[óy]?|jednostek|rezygnacj|głos[óy]?w?\b)"
FAULTS = {
    "two full stops": re.compile(r"(?<!\.)\.\.(?=[\s\"<”]|$)"),
    "a preposition and a colon": re.compile(r"(?<![\w.])(?:w|z|do|dla|na|od): (?=[A-ZĄĆĘŁŃÓŚŹŻ{])"),
    "brakuje before a nominative": re.compile(
        r"\b[Bb]rakuje:? (?:wspólny|wskazano|ramy|osoba|pełna|kanały)"
    ),
    "a verb after jest or brak": re.compile(
        r"\b(?:jest|brak): (?:wskazano|zaakceptowano|dołączono)"
    ),
    "zero of people": re.compile(rf"[a-ząćęłńóśźż] 0[ \u00a0]{NOUNS}"),
    "Django's own words": re.compile(r"Upewnij się, że|Wprowadź poprawn|zbyt podobne do email"),
    "email": re.compile(r"(?<![\w.@/_-])[Ee]mail(?![\w@/_=-]|\.\w)"),
    "post for e-mail": re.compile(r"\b(?:wysyłamy|przychodzi|wyślemy|przyjdzie) pocztą\b"),
    "a participle with (a)": re.compile(r"ł\(a\)"),
    "nested quotes": re.compile(r"„[^”„]{0,200}„"),
}


def faults(text: str) -> list[tuple[str, str]]:
    """Each fault with the words around it."""
    return [
        (name, text[max(found.start() - 30, 0) : found.end() + 30])
        for name, pattern in FAULTS.items()
        for found in pattern.finditer(text)
    ]
