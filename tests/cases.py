"""Files that other programs made, with known answers, when a folder of them is there (docs/testing.md)."""

import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("KOOPERACJA_CASES", "")


def folder(kind: str) -> Path:
    """`signed-pdf`, `word-templates` or `other`; without the folder the test is skipped."""
    if not FOLDER:
        pytest.skip("KOOPERACJA_CASES names no folder of files")
    return Path(FOLDER) / kind
