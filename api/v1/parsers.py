"""JSON that programs send, read with a bound on its size and depth."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20


class Unreadable(ParseError):
    """Content that can't be read, with the reason in Polish."""


class BoundedJSONParser(JSONParser):
    """JSON in UTF-8 (with a BOM or without), UTF-16 or UTF-32, as the bytes themselves tell."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise Unreadable("Treść żądania jest za duża: najwyżej 1 MB.")
        try:
            value = json.loads(content, parse_constant=_no_number)
        except RecursionError:
            raise _too_deep() from None
        except UnicodeDecodeError:
            raise Unreadable("Treść żądania nie jest tekstem w kodowaniu UTF-8.") from None
        except json.JSONDecodeError as wrong:
            where = f"wiersz {wrong.lineno}, znak {wrong.colno}"
            raise Unreadable(f"Treść żądania nie jest poprawnym JSON ({where}).") from None
        except ValueError:  # a number of thousands of digits, NaN
            raise Unreadable("W treści żądania jest liczba, której nie da się odczytać.") from None
        _check(value, MAX_DEPTH)
        return value


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _too_deep() -> Unreadable:
    return Unreadable(f"Treść żądania jest zagnieżdżona głębiej niż {MAX_DEPTH} poziomów.")


def _check(value: Any, room: int) -> None:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Unreadable("W treści żądania jest połowa znaku Unicode (surogat).") from None
    elif isinstance(value, dict | list):
        if not room:
            raise _too_deep()
        for inner in value:
            _check(inner, room - 1)
        if isinstance(value, dict):
            for inner in value.values():
                _check(inner, room - 1)
