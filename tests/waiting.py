"""Waiting for what another process does, without sleeping longer than it takes."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


# A busy machine may take minutes for what takes a moment: only what never comes meets the deadline.
PATIENCE_SECONDS = 180.0


def until(check: Callable[[], Found], what: str = "") -> Found:
    """What `check` gives as soon as it is true; fails at the deadline."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := check()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {PATIENCE_SECONDS} s: {what or check}")
        time.sleep(0.02)
    return found
