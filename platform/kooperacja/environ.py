"""Settings from the environment: a malformed one ends the start with a sentence that names it."""

import os
import re
import sys
from urllib.parse import SplitResult, unquote, urlsplit

_WORDS = {"": False, "0": False, "false": False, "no": False, "1": True, "true": True, "yes": True}


def number(name: str, default: int, *, least: int = 0, most: int = 2**31 - 1) -> int:
    """A whole number; an empty variable is none."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    is_number = text.isascii() and text.isdigit() and len(text) < 12
    if not is_number or not least <= int(text) <= most:
        sys.exit(f"{name}: „{text}” nie jest liczbą całkowitą od {least} do {most}.")
    return int(text)


def port(name: str, default: int) -> int:
    return number(name, default, most=65535)


def flag(name: str) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text not in _WORDS:
        sys.exit(f"{name}: „{text}” to nie 1 ani 0 (można też true i false, yes i no).")
    return _WORDS[text]


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    text = os.environ.get(name, "").strip() or default
    if text not in among:
        sys.exit(f"{name}: „{text}” to żadna z wartości: {', '.join(among)}.")
    return text


def address(name: str) -> SplitResult:
    """The parts of a URL; its password is never said."""
    try:
        parts = urlsplit(os.environ.get(name, ""))
        _ = parts.port
    except ValueError:
        sys.exit(f"{name}: to nie jest poprawny adres (na przykład zły numer portu).")
    return parts


def mailbox(name: str) -> str:
    """The address of a box whose local part leaves room for what is added to it; or none."""
    text = os.environ.get(name, "").strip().lower()
    if text and not re.fullmatch(r"[a-z0-9._-]{1,10}@[a-z0-9-]+(\.[a-z0-9-]+)*", text):
        sys.exit(
            f"{name}: „{text}” to nie adres skrzynki, który ma przed @ od 1 do 10 liter, cyfr, "
            "kropek i kresek."
        )
    return text


def imap(name: str) -> str:
    """The URL of a mailbox that is read by IMAP; or none."""
    text = os.environ.get(name, "").strip()
    parts = address(name)
    is_whole = parts.scheme in ("imap", "imaps") and parts.hostname and unquote(text).isascii()
    if text and not is_whole:
        sys.exit(f"{name}: to nie adres imaps://użytkownik:hasło@serwer/skrzynka (znaki ASCII).")
    return text
