"""Estimates whether a paper takes too long to be made while its reader waits."""

from collections.abc import Mapping
from typing import Any

from kooperacja.documents.models import DOCX, PDF
from kooperacja.documents.papers import Paper

AT_ONCE_SECONDS = 2.0
# As measured on one core: lines and signs are laid out in a PDF alone.
_A_LINE, _A_SIGN = 0.0007, 0.00003
_A_ROW_OF_WORD = 0.004
# Two more programs begin, and files are opened, read and written.
_FILES_AT_ALL, _A_BYTE_OF_FILE = 0.7, 0.1e-6


def is_long(paper: Paper, context: Mapping[str, Any], content_type: str = PDF) -> bool:
    """It takes more than some two seconds."""
    rows, lines, signs = _amount(context)
    if content_type == DOCX:
        return rows * _A_ROW_OF_WORD > AT_ONCE_SECONDS
    files = _seconds_of_files(context["enclosed"]) if paper.encloses else 0.0
    own = rows * paper.row_seconds + lines * _A_LINE + signs * _A_SIGN
    return own + files > AT_ONCE_SECONDS


def _seconds_of_files(rows: list[Mapping[str, Any]]) -> float:
    size: int = sum(row["size"] for row in rows)
    return _FILES_AT_ALL + size * _A_BYTE_OF_FILE if rows else 0.0


def _amount(value: Any) -> tuple[int, int, int]:
    """The rows of all lists, and the lines and signs of all texts."""
    if isinstance(value, str):
        return 0, value.count("\n"), len(value)
    if not isinstance(value, Mapping | list):
        return 0, 0, 0
    inner = value.values() if isinstance(value, Mapping) else value
    own = len(value) if isinstance(value, list) else 0
    rows, lines, signs = map(sum, zip((0, 0, 0), *map(_amount, inner), strict=True))
    return own + rows, lines, signs
