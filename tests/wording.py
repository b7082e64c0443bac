"""Faults of wording that a machine can find, in a source text or in a page as it is read."""

import html
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
    "zero of people": re.compile(rf"(?:^|[a-ząćęłńóśźż] )0[ \u00a0]{NOUNS}"),
    "Django's own words": re.compile(r"Upewnij się, że|Wprowadź poprawn|zbyt podobne do email"),
    "email": re.compile(r"(?<![\w.@/_-])[Ee]mail(?![\w@/_=-]|\.\w)"),
    "post for e-mail": re.compile(r"\b(?:wysyłamy|przychodzi|wyślemy|przyjdzie) pocztą\b"),
    "a participle with (a)": re.compile(r"ł\(a\)"),
    "a verb of a person": re.compile(r"ła osoba:"),
    "nested quotes": re.compile(r"„[^”„]{0,200}„"),
}
# Faults that only what is read shows, since a value made them.
READ_FAULTS = {
    "a value of Python": re.compile(r"(?<![\w\"„])(?:None|True|False|nan)(?![\w\"”])"),
    "an empty bracket": re.compile(r"\(\s*[-–,;.]?\s*\)"),
    "one of many": re.compile(
        r"(?<![\w,.–-])1[ \u00a0](?:osób|kooperantów|instytucji|wpisów|wierszy|głosów|kodów|dni|"
        r"godzin|jednostek|rezygnacji|deklaracji|plików|stron)\b"
    ),
    "a space before a stop": re.compile(r"[\w”)] [,.;](?=\s|$)"),
    "two commas": re.compile(r",\s*,"),
    "two spaces": re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)"),
    "a template's own sign": re.compile(r"\{\{|\{%|%\}|\}\}|%\(\w+\)s"),
}
_SKIPPED = re.compile(r"<(script|style|head|svg|pre|code)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|del|em|i|ins|mark|small|span|strong|time)\b[^>]*>")


def faults(text: str) -> list[tuple[str, str]]:
    """Each fault with the words around it."""
    return _found(text, FAULTS)


def read_faults(text: str) -> list[tuple[str, str]]:
    """Each fault of a text as a person reads it."""
    return _found(text, FAULTS | READ_FAULTS)


def lines_of(page: str) -> list[str]:
    """The lines of a page as they are read: a block's words stand together, spaces are one."""
    text = re.sub(r"<[^>]*>", "\n", _INLINE.sub("", _SKIPPED.sub("\n", re.sub(r"\s+", " ", page))))
    lines = (re.sub(" +", " ", line).strip() for line in text.split("\n"))
    return [html.unescape(line) for line in lines if line]


def _found(text: str, known: dict[str, re.Pattern[str]]) -> list[tuple[str, str]]:
    return [
        (name, text[max(found.start() - 30, 0) : found.end() + 30])
        for name, pattern in known.items()
        for found in pattern.finditer(text)
    ]
