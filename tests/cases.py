"""Files that other programs made, with known answers, when a folder of them is there (docs/testing.md)."""

import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("KOOPERACJA_CASES", "")
TERC = os.environ.get("KOOPERACJA_TERC", "")


def folder(kind: str) -> Path:
    """`signed-pdf`, `word-templates` or `other`; without the folder the test is skipped."""
    if not FOLDER:
        pytest.skip("KOOPERACJA_CASES names no folder of files")
    return Path(FOLDER) / kind


def whole_country() -> bytes:
    """The official TERC file of the whole country as of 1 January 2025."""
    if not TERC:
        pytest.skip("KOOPERACJA_TERC names no file of the whole country")
    return Path(TERC).read_bytes()
